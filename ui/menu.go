package ui

import (
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client"
	"sseconsole/server"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/form"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording/catalogue"
)

// menu is the main menu. Every action of the window stands in it, with its
// shortcut.
type menu struct {
	w       *window
	main    *fyne.MainMenu
	further map[string]func() // second shortcuts of an item, by their names
	checks  []func()          // set the check marks
}

const (
	ctrl      = fyne.KeyModifierShortcutDefault
	ctrlShift = fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift
	alt       = fyne.KeyModifierAlt
)

func newMenu(w *window) *menu {
	m := &menu{w: w, further: map[string]func(){}}
	for _, second := range []struct {
		key      fyne.KeyName
		modifier fyne.KeyModifier
		run      func()
	}{
		{fyne.KeyEqual, ctrlShift, w.log.LargerText}, {fyne.KeyPlus, ctrl, w.log.LargerText}, {fyne.KeyPlus, ctrlShift, w.log.LargerText},
		{fyne.KeyEnter, ctrl, w.form.DoSend},
	} {
		s := &desktop.CustomShortcut{KeyName: second.key, Modifier: second.modifier}
		m.further[s.ShortcutName()] = second.run
		w.k.Win.Canvas().AddShortcut(s, func(fyne.Shortcut) { second.run() })
	}
	w.k.Text(m.build)
	return m
}

// item makes an entry with its shortcut.
func (m *menu) item(key string, action func(), shortcut fyne.Shortcut) *fyne.MenuItem {
	i := fyne.NewMenuItem(m.w.k.T("menu."+key), action)
	i.Shortcut = shortcut
	return i
}

func on(key fyne.KeyName, modifier fyne.KeyModifier) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: modifier}
}

// choice makes an entry with a check mark that is there while chosen is true.
func (m *menu) choice(key string, action func(), shortcut fyne.Shortcut, chosen func() bool) *fyne.MenuItem {
	i := m.item(key, func() {
		action()
		m.refresh()
	}, shortcut)
	m.checks = append(m.checks, func() { i.Checked = chosen() })
	return i
}

// sub makes an entry with a menu of its own.
func (m *menu) sub(key string, items []*fyne.MenuItem) *fyne.MenuItem {
	i := m.item(key, nil, nil)
	i.ChildMenu = fyne.NewMenu("", items...)
	return i
}

// build makes the menu in the window's language.
func (m *menu) build() {
	w := m.w
	m.checks = nil
	quit := m.item("quit", w.history.AskClose, on(fyne.KeyQ, ctrl))
	quit.IsQuit = true
	separator := fyne.NewMenuItemSeparator

	language := func(key, name string, shortcut fyne.Shortcut) *fyne.MenuItem {
		return m.choice(key, func() { w.setLanguage(name) }, shortcut, func() bool { return w.con.Settings().Language == name })
	}
	variant := func(key, name string, shortcut fyne.Shortcut) *fyne.MenuItem {
		return m.choice(key, func() { w.setTheme(name) }, shortcut, func() bool { return w.con.Settings().Theme == name })
	}
	method := func(key, name string, shortcut fyne.Shortcut) *fyne.MenuItem {
		return m.choice(key, func() {
			w.con.UpdateSettings(func(s *settings.Settings) { s.Method = name })
		}, shortcut, func() bool { return w.con.Settings().Method == name })
	}
	side := func(key string, side int, shortcut fyne.Shortcut) *fyne.MenuItem {
		return m.choice(key, func() { w.form.Target.SetSide(side) }, shortcut, func() bool { return w.form.Target.Chosen() == side })
	}

	var shown []*fyne.MenuItem
	for i, g := range w.log.Kinds.Groups {
		key := fyne.KeyName(fmt.Sprint(i + 1))
		shown = append(shown, m.choice("show_"+g.Name, func() { w.log.Kinds.Toggle(i) }, on(key, ctrl), func() bool { return w.log.Kinds.Checks[i].Checked }))
	}
	var columns []*fyne.MenuItem
	for i, c := range w.log.View.Columns() {
		key := fyne.KeyName(fmt.Sprint(i + 1))
		columns = append(columns, m.choice("column_"+c.Key, func() { w.log.ToggleColumn(i) }, on(key, ctrlShift|alt), func() bool { return !w.log.View.Columns()[i].Hidden }))
	}
	w.log.View.OnHeaderMenu = func(at fyne.Position) {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", columns...), w.k.Win.Canvas(), at)
	}
	var engines []*fyne.MenuItem
	for i, name := range client.Engines() {
		key := fyne.KeyName(fmt.Sprint(i + 1))
		engines = append(engines, m.choice("engine_"+name, func() { w.form.ChooseEngine(i) }, on(key, ctrl|alt), func() bool { return w.form.Engine.SelectedIndex() == i }))
	}
	var tabs []*fyne.MenuItem
	for i, name := range []string{"tab_data", "tab_raw", "tab_connection", "tab_timing"} {
		key := fyne.KeyName(fmt.Sprint(i + 1))
		tabs = append(tabs, m.choice(name, func() { w.log.Details.Choose(i) }, on(key, ctrlShift), func() bool { return w.log.Details.Tab() == i }))
	}

	var sections []*fyne.MenuItem
	for i, name := range []string{"lab_sessions", "lab_send", "lab_faults", "lab_scenarios", "lab_settings"} {
		key := fyne.KeyName(fmt.Sprint(i + 1))
		sections = append(sections, m.item(name, func() { w.server.Open(i) }, on(key, alt|fyne.KeyModifierShift)))
	}
	sections = append(sections, separator(), m.item("lab_faults_off", w.con.Embedded.ClearFaults, on(fyne.Key0, alt|fyne.KeyModifierShift)),
		m.item("lab_stop_plays", w.con.Embedded.StopPlays, on(fyne.Key9, alt|fyne.KeyModifierShift)))

	m.main = fyne.NewMainMenu(
		fyne.NewMenu(w.k.T("menu.file"),
			m.item("send_file", w.form.ChooseFile, on(fyne.KeyO, ctrl)),
			separator(),
			m.item("open_run", w.history.ChooseRun, on(fyne.KeyO, ctrlShift)),
			m.item("open_file", w.history.ChooseOpen, on(fyne.KeyO, alt)),
			m.item("this_run", w.history.Banner.Back.OnTapped, on(fyne.KeyB, ctrlShift)),
			m.item("keep_runs", w.history.AskKeep, on(fyne.KeyK, ctrl|alt)),
			separator(),
			m.item("save", w.history.AskSave, on(fyne.KeyS, ctrl)),
			m.item("save_bundle", w.history.SaveBundle, on(fyne.KeyS, ctrlShift)),
			m.item("secrets", w.history.AskSecrets, on(fyne.KeyM, ctrl|alt)),
			separator(),
			quit),
		fyne.NewMenu(w.k.T("menu.edit"),
			m.item("cut", func() { w.edit(&fyne.ShortcutCut{Clipboard: w.k.App.Clipboard()}) }, &fyne.ShortcutCut{}),
			m.item("copy", func() { w.edit(&fyne.ShortcutCopy{Clipboard: w.k.App.Clipboard()}) }, &fyne.ShortcutCopy{}),
			m.item("paste", func() { w.edit(&fyne.ShortcutPaste{Clipboard: w.k.App.Clipboard()}) }, &fyne.ShortcutPaste{}),
			m.item("select_all", func() { w.edit(&fyne.ShortcutSelectAll{}) }, &fyne.ShortcutSelectAll{}),
			separator(),
			m.item("copy_row", w.log.Details.Copy, on(fyne.KeyC, ctrlShift)),
			m.item("copy_curl", func() { w.targets.CopyCurl(false) }, on(fyne.KeyC, ctrl|alt)),
			m.item("copy_curl_secrets", func() { w.targets.CopyCurl(true) }, on(fyne.KeyC, ctrlShift|alt)),
			separator(),
			m.item("clear", w.log.Clear, on(fyne.KeyL, ctrl)),
			m.item("show_all", w.log.ShowAll, on(fyne.KeyL, ctrlShift)),
			m.item("newest", func() { w.showLog(); w.log.View.ScrollToEnd() }, on(fyne.KeyEnd, ctrl)),
			m.item("next_problem", w.log.NextProblem, on(fyne.KeyP, ctrl)),
			m.item("previous_problem", w.log.PreviousProblem, on(fyne.KeyP, ctrlShift)),
			separator(),
			m.item("filter", w.log.Bar.Focus, on(fyne.KeyF, ctrl)),
			m.choice("filter_only", w.log.Bar.Toggle, on(fyne.KeyF, ctrlShift), func() bool { return w.log.Bar.Only.Checked }),
			m.item("find_next", w.log.FindNext, on(fyne.KeyG, ctrl)),
			m.item("find_previous", w.log.FindPrevious, on(fyne.KeyG, ctrlShift)),
			m.item("jump", w.log.AskTime, on(fyne.KeyJ, ctrl))),
		fyne.NewMenu(w.k.T("menu.subscription"),
			m.item("subscribe", w.form.DoSubscribe, on(fyne.KeyU, ctrl)),
			m.item("send", w.form.DoSend, on(fyne.KeyReturn, ctrl)),
			m.item("close", w.form.DoClose, on(fyne.KeyD, ctrl)),
			m.item("server_only", w.form.DoCloseServerOnly, on(fyne.KeyD, ctrlShift)),
			separator(),
			m.item("drop", w.form.DropConnection, on(fyne.KeyX, ctrlShift)),
			m.item("reconnect", w.form.AskReconnect, on(fyne.KeyR, ctrlShift)),
			separator(),
			m.item("next", func() { w.form.Strip.Step(1) }, on(fyne.KeyPageDown, ctrl)),
			m.item("previous", func() { w.form.Strip.Step(-1) }, on(fyne.KeyPageUp, ctrl)),
			m.item("dismiss_closed", w.dismissClosed, on(fyne.KeyK, ctrl)),
			separator(),
			m.sub("engine", engines),
			m.choice("chromium", func() {
				w.con.UpdateSettings(func(s *settings.Settings) { s.Chromium = !s.Chromium })
			}, on(fyne.Key0, ctrl|alt), func() bool { return w.con.Settings().Chromium }),
			m.choice("origin", w.askOrigin, on(fyne.KeyO, ctrl|alt), func() bool { return w.con.Settings().Origin != "" }),
			m.sub("method", []*fyne.MenuItem{
				method("method_auto", "", on(fyne.Key1, alt)),
				method("method_get", settings.MethodGET, on(fyne.Key2, alt)),
				method("method_post", settings.MethodPOST, on(fyne.Key3, alt))})),
		fyne.NewMenu(w.k.T("menu.server"),
			side("embedded", form.SideEmbedded, on(fyne.KeyE, ctrl)),
			side("remote", form.SideRemote, on(fyne.KeyR, ctrl)),
			side("saved", form.SideSaved, on(fyne.KeyT, ctrlShift)),
			m.item("flip", w.form.Target.Flip, on(fyne.KeyT, ctrl)),
			separator(),
			m.item("manage", w.targets.Manage, on(fyne.KeyM, ctrl)),
			m.item("from_curl", w.targets.TargetFromCurl, on(fyne.KeyV, ctrlShift)),
			m.item("keep_address", w.targets.KeepAddress, on(fyne.KeyM, ctrlShift)),
			separator(),
			m.item("start_stop", w.form.Target.ToggleServer, on(fyne.KeyE, ctrlShift)),
			m.item("copy_url", func() { w.k.App.Clipboard().SetContent(w.con.Embedded.Status().URL) }, on(fyne.KeyU, ctrlShift)),
			m.item("allow_origin", w.allowOrigin, on(fyne.KeyA, ctrlShift)),
			separator(),
			m.sub("laboratory", sections)),
		fyne.NewMenu(w.k.T("menu.view"),
			m.choice("tab_log", w.showLog, on(fyne.KeyL, alt), func() bool { return w.tabs.Chosen == tabLog }),
			m.choice("tab_server", func() { w.tabs.Choose(tabServer) }, on(fyne.KeyS, alt), func() bool { return w.tabs.Chosen == tabServer }),
			separator(),
			m.sub("show", shown),
			m.sub("columns", columns),
			m.sub("details", tabs),
			separator(),
			variant("theme_system", "", on(fyne.Key4, alt)),
			variant("theme_light", kit.LightTheme, on(fyne.Key5, alt)),
			variant("theme_dark", kit.DarkTheme, on(fyne.Key6, alt)),
			separator(),
			m.item("text_larger", w.log.LargerText, on(fyne.KeyEqual, ctrl)),
			m.item("text_smaller", w.log.SmallerText, on(fyne.KeyMinus, ctrl)),
			m.item("text_normal", w.log.NormalText, on(fyne.Key0, ctrl)),
			separator(),
			language("language_system", "", on(fyne.Key7, alt)),
			language("language_english", catalogue.English, on(fyne.Key8, alt)),
			language("language_chinese", catalogue.Chinese, on(fyne.Key9, alt))),
		fyne.NewMenu(w.k.T("menu.help"),
			m.item("keys", w.showKeys, on(fyne.KeyF1, 0)),
			m.item("about", w.about, on(fyne.KeyF1, ctrl))),
	)
	m.refresh()
	w.k.Win.SetMainMenu(m.main)
}

// refresh brings the check marks up to date.
func (m *menu) refresh() {
	for _, check := range m.checks {
		check()
	}
	m.main.Refresh()
}

// edit passes an editing shortcut on to what has the focus.
func (w *window) edit(s fyne.Shortcut) {
	if focused, ok := w.k.Win.Canvas().Focused().(fyne.Shortcutable); ok {
		focused.TypedShortcut(s)
	}
}

func (w *window) dismissClosed() {
	for _, s := range w.con.Subscriptions() {
		w.con.Dismiss(s.Pair)
	}
	w.refresh()
}

// allowOrigin allows the origin of the selected row, if it tells of one.
func (w *window) allowOrigin() {
	if w.log.Details.Allow.Visible() {
		w.log.Details.Allow.OnTapped()
	}
}

// askOrigin asks for the origin of a page in whose name streams are asked for.
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
		w.menu.refresh()
	})
}

func (w *window) about() {
	if w.k.Asking() {
		return
	}
	dialog.ShowInformation("SSE Console "+w.version, w.k.T("about"), w.k.Win)
}

// further runs the shortcuts that are second names of a menu's item, and reports
// whether s was one.
func (w *window) further(s fyne.Shortcut) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	run := w.menu.further[custom.ShortcutName()]
	if run == nil {
		return false
	}
	run()
	return true
}
