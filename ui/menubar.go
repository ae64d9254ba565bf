package ui

import (
	"runtime"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/command"
)

// mnemonic returns the key that opens a menu, with Alt.
func mnemonic(menu command.Menu) fyne.KeyName {
	return map[command.Menu]fyne.KeyName{
		command.File: fyne.KeyF, command.Edit: fyne.KeyE, command.Subscription: fyne.KeyB,
		command.Server: fyne.KeyR, command.View: fyne.KeyV, command.Help: fyne.KeyH,
	}[menu]
}

// menuTitle returns the title of a menu with its mnemonic underlined; a title that has no
// such letter gets it in brackets, as is usual in Chinese.
func menuTitle(title string, key fyne.KeyName) string {
	if runtime.GOOS == "darwin" { // the system draws its menus, and has no mnemonics
		return title
	}
	const underline = "\u0332"
	letter := unicode.ToLower(rune(key[0]))
	for i, r := range title {
		if unicode.ToLower(r) == letter {
			return title[:i+1] + underline + title[i+1:]
		}
	}
	return title + "(" + string(key) + underline + ")"
}

// menuBarCommands returns the commands that open the menu bar.
func (w *window) menuBarCommands() []command.Command {
	commands := []command.Command{{ID: "menu_bar", Keys: command.On(fyne.KeyF10, 0), Run: w.toggleMenu}}
	for i, menu := range command.Menus() {
		commands = append(commands, command.Command{
			ID: "menu_" + string(menu), Keys: command.On(mnemonic(menu), command.Alt), Run: func() { w.openMenu(i) },
		})
	}
	return commands
}

// toggleMenu opens the menu bar, or closes it.
func (w *window) toggleMenu() {
	if bar, ok := w.k.Win.Canvas().(interface{ ToggleMenu() }); ok && !w.k.Asking() {
		bar.ToggleMenu()
	}
}

// openMenu opens the i-th menu of the bar, unless a dialog is open. Fyne can only open the
// first; the next ones follow it in the order of Tab.
func (w *window) openMenu(i int) {
	if w.menuOpen() {
		w.toggleMenu()
	}
	w.toggleMenu()
	for range i {
		if w.menuOpen() {
			w.k.Win.Canvas().FocusNext()
		}
	}
}

// menuOpen reports whether a menu has the keyboard.
func (w *window) menuOpen() bool {
	switch w.k.Win.Canvas().Focused().(type) {
	case *widget.PopUpMenu, interface{ Child() *widget.Menu }: // the latter is an item of the bar
		return true
	}
	return false
}

// quiet is a shortcut that runs its menu item, but is not drawn by Fyne, which draws
// shortcuts in a fifth of the text's colour. The label of the item has its keys instead.
type quiet string

// ShortcutName implements fyne.Shortcut.
func (q quiet) ShortcutName() string { return string(q) }

// setKeys sets the shortcuts of the items of a menu and appends their keys to the labels,
// one below the other.
func setKeys(items []*fyne.MenuItem, keys map[*fyne.MenuItem]command.Key) {
	size := fyne.CurrentApp().Settings().Theme().Size(theme.SizeNameText)
	width := func(s string) float32 { return fyne.MeasureText(s, size, fyne.TextStyle{}).Width }
	var widest float32
	for _, item := range items {
		widest = max(widest, width(item.Label))
	}
	for _, item := range items {
		key, ok := keys[item]
		switch {
		case !ok:
		case runtime.GOOS == "darwin":
			item.Shortcut = key.Shortcut()
		default:
			item.Shortcut = quiet(key.Shortcut().ShortcutName())
			item.Label += space(widest+2*size-width(item.Label), width) + key.String()
		}
	}
}

// space returns spaces about as wide as given, to a pixel or so.
func space(wide float32, width func(string) float32) string {
	const thin = "\u200a"
	one, fine := width("  ")-width(" "), width(thin+thin)-width(thin)
	n := int(wide / one)
	return strings.Repeat(" ", n) + strings.Repeat(thin, int((wide-float32(n)*one)/fine+0.5))
}
