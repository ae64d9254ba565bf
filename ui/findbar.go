package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets"
)

// findBar looks for something in a text. It is hidden until it is wanted.
type findBar struct {
	k       *kit
	view    *widgets.TextView
	content *fyne.Container
	open    *button // shows it
	field   *findEntry
	count   *widget.Label
}

func newFindBar(k *kit, view *widgets.TextView) *findBar {
	b := &findBar{k: k, view: view, field: &findEntry{}, count: widget.NewLabel("")}
	b.open = newButton(theme.SearchIcon(), b.show)
	b.field.k = k
	b.field.ExtendBaseWidget(b.field)
	b.field.OnChanged = view.Find
	b.field.OnSubmitted = func(string) { b.step(1) }
	b.field.escape = b.hide
	b.field.up = func() { b.step(-1) }
	b.field.down = func() { b.step(1) }
	previous := newButton(theme.MoveUpIcon(), func() { b.step(-1) })
	next := newButton(theme.MoveDownIcon(), func() { b.step(1) })
	done := newButton(theme.CancelIcon(), b.hide)
	b.content = container.NewBorder(nil, nil, nil, container.NewHBox(b.count, previous, next, done), b.field)
	b.content.Hide()
	view.OnFind = b.show
	view.OnFound = func(at, n int) {
		switch {
		case view.Finding() == "":
			b.count.SetText("")
		case n == 0:
			b.count.SetText(k.T("find.none"))
		default:
			b.count.SetText(k.T("find.count", "At", at, "All", n))
		}
	}
	k.text(func() {
		b.field.SetPlaceHolder(k.T("find.hint"))
		b.open.SetText(k.T("find.open"))
	})
	return b
}

func (b *findBar) step(by int) { b.view.FindNext(by) }

func (b *findBar) show() {
	b.content.Show()
	if text := b.view.SelectedText(); text != "" && len(text) < 200 {
		b.field.SetText(text)
	}
	b.k.win.Canvas().Focus(b.field)
	b.field.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// hide ends the search.
func (b *findBar) hide() {
	b.field.SetText("")
	b.content.Hide()
	b.k.win.Canvas().Focus(b.view)
}

// findEntry is a field that Escape leaves, and in which Up and Down step.
type findEntry struct {
	entry
	escape, up, down func()
}

// TypedKey implements fyne.Focusable.
func (e *findEntry) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		e.escape()
	case fyne.KeyUp:
		e.up()
	case fyne.KeyDown:
		e.down()
	default:
		e.entry.TypedKey(k)
	}
}
