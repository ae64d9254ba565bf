package ui

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server"
	"sseconsole/ui/command"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/wording/catalogue"
)

// ownCommands returns the commands that belong to no part of the window.
func (w *window) ownCommands() []command.Command {
	on, ctrl, shift, alt := command.On, command.Ctrl, command.Shift, command.Alt
	choice := func(id string, place command.Place, key fyne.KeyName, run func(), chosen func() bool) command.Command {
		return command.Command{ID: id, Place: place, Keys: on(key, alt), Run: run, Checked: chosen}
	}
	language := func(id string, key fyne.KeyName, name string) command.Command {
		return choice(id, command.At(command.View, 6), key, func() { w.setLanguage(name) }, func() bool { return w.con.Settings().Language == name })
	}
	variant := func(id string, key fyne.KeyName, name string) command.Command {
		return choice(id, command.At(command.View, 3), key, func() { w.setTheme(name) }, func() bool { return w.con.Settings().Theme == name })
	}
	reading := command.At(command.Subscription, 4)
	method := func(id string, key fyne.KeyName, name string) command.Command {
		return choice(id, reading.Under("method"), key, func() {
			w.con.UpdateSettings(func(s *settings.Settings) { s.Method = name })
		}, func() bool { return w.con.Settings().Method == name })
	}
	tab := func(id string, key fyne.KeyName, tab int) command.Command {
		return choice(id, command.At(command.View, 1), key, func() { w.tabs.Choose(tab) }, func() bool { return w.tabs.Chosen == tab })
	}
	clipboard, editing, help, sizes := w.k.App.Clipboard(), command.At(command.Edit, 1), command.At(command.Help, 1), command.At(command.View, 4)
	commands := []command.Command{
		{ID: "cut", Place: editing, Keys: on(fyne.KeyX, ctrl), Run: func() { w.edit(&fyne.ShortcutCut{Clipboard: clipboard}) }},
		{ID: "copy", Place: editing, Keys: on(fyne.KeyC, ctrl), Run: func() { w.edit(&fyne.ShortcutCopy{Clipboard: clipboard}) }},
		{ID: "paste", Place: editing, Keys: on(fyne.KeyV, ctrl), Run: func() { w.edit(&fyne.ShortcutPaste{Clipboard: clipboard}) }},
		{ID: "select_all", Place: editing, Keys: on(fyne.KeyA, ctrl), Run: func() { w.edit(&fyne.ShortcutSelectAll{}) }},

		{ID: "chromium", Place: reading, Keys: on(fyne.Key0, ctrl|alt), Run: func() {
			w.con.UpdateSettings(func(s *settings.Settings) { s.Chromium = !s.Chromium })
		}, Checked: func() bool { return w.con.Settings().Chromium }},
		{ID: "origin", Place: reading, Keys: on(fyne.KeyO, ctrl|alt), Run: w.askOrigin, Checked: func() bool { return w.con.Settings().Origin != "" }},
		method("method_auto", fyne.Key1, ""),
		method("method_get", fyne.Key2, settings.MethodGET),
		method("method_post", fyne.Key3, settings.MethodPOST),

		{ID: "palette", Place: command.At(command.View, 0), Keys: on(fyne.KeyK, ctrl), Run: w.openPalette},
		{ID: "notify", Place: command.At(command.View, 6), Keys: on(fyne.KeyN, ctrl|alt), Run: w.toggleNotify, Checked: func() bool { return w.con.Settings().Notify }},
		tab("tab_log", fyne.KeyL, tabLog),
		tab("tab_server", fyne.KeyS, tabServer),
		variant("theme_system", fyne.Key4, ""),
		variant("theme_light", fyne.Key5, look.Light),
		variant("theme_dark", fyne.Key6, look.Dark),
		{ID: "theme_contrast", Place: command.At(command.View, 3), Run: func() { w.setTheme(look.Contrast) }, Checked: func() bool {
			return w.con.Settings().Theme == look.Contrast
		}},
		{ID: "zoom_in", Place: sizes, Keys: on(fyne.KeyEqual, ctrl), Also: on(fyne.KeyEqual, ctrl|shift).Or(fyne.KeyPlus, ctrl).Or(fyne.KeyPlus, ctrl|shift), Run: func() { w.zoom(1) }},
		{ID: "zoom_out", Place: sizes, Keys: on(fyne.KeyMinus, ctrl), Run: func() { w.zoom(-1) }},
		{ID: "zoom_none", Place: sizes, Keys: on(fyne.Key0, ctrl), Run: func() { w.setZoom(100) }},
		language("language_system", fyne.Key7, ""),
		language("language_english", fyne.Key8, catalogue.English),
		language("language_chinese", fyne.Key9, catalogue.Chinese),

		{ID: "keys", Place: help, Keys: on(fyne.KeyF1, 0), Run: func() { w.palette.OpenKeys() }},
		{ID: "about", Place: help, Keys: on(fyne.KeyF1, ctrl), Run: w.about},

		{ID: "escape", Keys: on(fyne.KeyEscape, 0), Run: func() { w.k.Dismiss() }, Enabled: w.k.Asking},
		{ID: "tab", In: "controls", Keys: on(fyne.KeyTab, 0).Or(fyne.KeyTab, shift)},
	}
	for i := range commands {
		switch c := &commands[i]; c.ID {
		case "chromium", "method_auto", "method_get", "method_post":
			w.answer(c)
		}
	}
	return commands
}

// answer makes a toast say what a command has switched: only the menu shows it.
func (w *window) answer(c *command.Command) {
	run := c.Run
	c.Run = func() {
		run()
		text := w.k.T("toast.off", "What", label(w.k.T, c))
		if c.Checked() {
			text = w.k.T("toast.on", "What", label(w.k.T, c))
		}
		w.k.Toast(text, "", nil)
	}
}

// edit passes an editing shortcut to the focused control.
func (w *window) edit(s fyne.Shortcut) {
	if focused, ok := w.k.Win.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(s)
	}
}

// askOrigin asks for the origin of the page to simulate, which requests send as Origin.
func (w *window) askOrigin() {
	if w.k.Asking() {
		return
	}
	field := kit.NewField(w.k)
	field.SetText(w.con.Settings().Origin)
	field.SetPlaceHolder("https://page.example")
	field.Validator = func(text string) error {
		if text != "" && !server.ValidOrigin(text) {
			return errors.New(w.k.T("origin.wrong"))
		}
		return nil
	}
	T := w.k.T
	w.k.Ask(T("origin.title"), T("fyne.OK"), []*widget.FormItem{{Text: "Origin", Widget: field, HintText: T("origin.hint")}}, func() {
		w.con.UpdateSettings(func(s *settings.Settings) { s.Origin = field.Text })
		w.k.Toast(T("toast.changed"), "", nil)
		w.menu.refresh()
	})
}

func (w *window) about() {
	if w.k.Asking() {
		return
	}
	w.k.Inform("SSE Console "+w.version, w.k.T("about"))
}
