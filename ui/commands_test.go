//go:build !e2e

package ui

import (
	"flag"
	"fmt"
	"image/color"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/command"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/form"
	"sseconsole/ui/kit/system"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

var update = flag.Bool("update", false, "write the page of keys")

// press presses a key as Fyne's driver does.
func press(w *window, key command.Key) {
	focused := w.k.Win.Canvas().Focused()
	if key.Typed() {
		if !w.hears(key.Name, key.Modifier) && focused != nil {
			focused.TypedKey(&fyne.KeyEvent{Name: key.Name})
		}
		return
	}
	s := key.Shortcut()
	for _, menu := range w.menu.main.Items {
		if item := itemOf(menu, s); item != nil {
			item.Action()
			return
		}
	}
	switch focused := focused.(type) {
	case *widgets.LogView, *widgets.TextView: // they pass it to the canvas
		w.menu.runFurther(s)
	case fyne.Shortcutable:
		focused.TypedShortcut(s)
	default: // the canvas, whose shortcuts do nothing in Fyne's test driver
		w.menu.runFurther(s)
	}
}

func itemOf(menu *fyne.Menu, s fyne.Shortcut) *fyne.MenuItem {
	for _, item := range menu.Items {
		if item.Shortcut != nil && item.Shortcut.ShortcutName() == s.ShortcutName() {
			return item
		}
		if item.ChildMenu != nil {
			if found := itemOf(item.ChildMenu, s); found != nil {
				return found
			}
		}
	}
	return nil
}

func commandOf(t *testing.T, w *window, id string) *command.Command {
	t.Helper()
	i := slices.IndexFunc(w.commands, func(c *command.Command) bool { return c.ID == id })
	if i < 0 {
		t.Fatalf("there is no command %s", id)
	}
	return w.commands[i]
}

func TestCommandsAndKeysAreUnique(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	if err := w.commands.Check(); err != nil {
		t.Error(err)
	}
	if len(w.commands) < 90 {
		t.Errorf("only %d commands", len(w.commands))
	}
}

func TestEveryKeyRunsItsCommandWhereverTheFocusIs(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	ran := ""
	for _, c := range w.commands {
		if c.Run != nil {
			c.Run, c.Enabled = func() { ran = c.ID }, nil
		}
	}
	for _, c := range w.commands {
		if c.Run == nil {
			continue
		}
		for _, key := range slices.Concat(c.Keys, c.Also) {
			if key.Typed() && !system.Heard(key.Name) {
				t.Errorf("%s: the window does not get %v before the focused control", c.ID, key)
			}
			for _, focus := range []fyne.Focusable{
				nil, w.form.Subscribe, w.form.ClientID, w.form.Text, w.form.Target.Where, w.form.Engine, w.log.Bar.Field, w.log.View, w.log.Details.Text,
			} {
				ran = ""
				w.k.Win.Canvas().Focus(focus)
				if press(w, key); ran != c.ID {
					t.Errorf("%v with the focus in %T runs %q, want %s", key, focus, ran, c.ID)
				}
			}
		}
	}
}

func TestKeysTypedIntoAFieldRunCommandsToo(t *testing.T) { // where Hear does not work
	w := testWindow(t, settings.Settings{})
	ran := 0
	commandOf(t, w, "find_next").Run = func() { ran++ }
	for _, focus := range []fyne.Focusable{w.form.Subscribe, w.form.ClientID, w.form.Text, w.log.Bar.Field, w.log.View} {
		focus.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF3})
	}
	if ran != 5 {
		t.Errorf("F3 ran in %d of 5", ran)
	}
}

func TestKeysOfTheMenuDoNothingWhileADialogIsOpen(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	ran := 0
	commandOf(t, w, "find_next").Run = func() { ran++ }
	w.about()
	if w.hears(fyne.KeyF3, 0); ran != 0 {
		t.Error("F3 runs while a dialog is open")
	}
	if !w.hears(fyne.KeyEscape, 0) || w.k.Asking() {
		t.Error("Escape does not close the dialog")
	}
	if w.hears(fyne.KeyEscape, 0) {
		t.Error("Escape does not reach the control although no dialog is open")
	}
	if w.hears(fyne.KeyF3, 0); ran != 1 {
		t.Error("F3 does nothing after the dialog is closed")
	}
}

// A released shortcut must not change its meaning.
func TestShortcutsKeepTheirMeaning(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	got := map[string]string{}
	for _, c := range w.commands {
		for _, key := range slices.Concat(c.Keys, c.Also) {
			if c.Run != nil {
				got[key.String()] = c.ID
			}
		}
	}
	for keys, ids := range map[string]string{
		"F1 Ctrl+F1":                             "keys about",
		"Ctrl+U Ctrl+Enter Ctrl+D Ctrl+Shift+D":  "subscribe send close server_only",
		"Ctrl+T Ctrl+E Ctrl+R Ctrl+Shift+T":      "flip embedded remote saved",
		"Ctrl+M Ctrl+Shift+M Ctrl+Shift+V":       "manage keep_address from_curl",
		"Ctrl+Alt+C Ctrl+Alt+Shift+C":            "copy_curl copy_curl_secrets",
		"Ctrl+Shift+X Ctrl+Shift+R":              "drop reconnect",
		"Ctrl+PgUp Ctrl+PgDn Ctrl+Shift+K":       "previous next dismiss_closed",
		"Ctrl+K":                                 "palette",
		"F2 Ctrl+Shift+PgUp Ctrl+Shift+PgDn":     "tab_rename tab_left tab_right",
		"Ctrl+L Ctrl+Shift+L Ctrl+End":           "clear show_all newest",
		"Ctrl+S Ctrl+Shift+S Ctrl+O Ctrl+Q":      "save save_bundle send_file quit",
		"Alt+O Ctrl+Shift+O Ctrl+Shift+B":        "open_file open_run this_run",
		"Ctrl+Alt+K Ctrl+Alt+M":                  "keep_runs secrets",
		"Ctrl+X Ctrl+C Ctrl+V Ctrl+A":            "cut copy paste select_all",
		"Ctrl+Shift+C":                           "copy_row",
		"Ctrl+1 Ctrl+2 Ctrl+3 Ctrl+4":            "show_events show_comments show_retry show_chunks",
		"Ctrl+5 Ctrl+6 Ctrl+7":                   "show_connection show_problems show_sends",
		"Ctrl+P Ctrl+Shift+P":                    "next_problem previous_problem",
		"Ctrl+F Esc Ctrl+Shift+F Ctrl+J":         "filter escape filter_only jump",
		"Ctrl+G F3 Ctrl+Shift+G Shift+F3":        "find_next find_next find_previous find_previous",
		"Ctrl+Alt+Shift+1 Ctrl+Alt+Shift+8":      "column_time column_data",
		"Ctrl+Shift+1 Ctrl+Shift+2":              "tab_data tab_raw",
		"Ctrl+Shift+3 Ctrl+Shift+4":              "tab_connection tab_timing",
		"Alt+L Alt+S":                            "tab_log tab_server",
		"Alt+Shift+1 Alt+Shift+2 Alt+Shift+3":    "lab_sessions lab_send lab_faults",
		"Alt+Shift+4 Alt+Shift+5":                "lab_scenarios lab_settings",
		"Alt+Shift+0 Alt+Shift+9":                "lab_faults_off lab_stop_plays",
		"Ctrl+Alt+1 Ctrl+Alt+2 Ctrl+Alt+3":       "engine_eventsource engine_stream engine_go-sse",
		"Ctrl+Alt+0 Ctrl+Alt+O":                  "chromium origin",
		"Alt+1 Alt+2 Alt+3":                      "method_auto method_get method_post",
		"Alt+4 Alt+5 Alt+6":                      "theme_system theme_light theme_dark",
		"Alt+7 Alt+8 Alt+9":                      "language_system language_english language_chinese",
		"Ctrl+KP_Enter Ctrl+Shift++":             "send zoom_in",
		"Ctrl++ Ctrl+- Ctrl+0":                   "zoom_in zoom_out zoom_none",
		"Ctrl+Shift+E Ctrl+Shift+U Ctrl+Shift+A": "start_stop copy_url allow_origin",
	} {
		ids := strings.Fields(ids)
		for i, key := range strings.Fields(keys) {
			if got[key] != ids[i] {
				t.Errorf("%s is %q, want %s", key, got[key], ids[i])
			}
		}
	}
}

func TestTheDocumentsNameExistingKeys(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	there := map[string]bool{}
	for _, c := range w.commands {
		for _, key := range c.Keys {
			there[key.String()] = true
		}
	}
	for _, page := range []string{"../README.md", "../docs/tour.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		named := regexp.MustCompile("`((?:Ctrl|Alt)\\+[^`]+|(?:Shift\\+)?F\\d+)`").FindAllStringSubmatch(string(text), -1)
		if len(named) < 7 {
			t.Fatalf("%s: only %d keys are found", page, len(named))
		}
		for _, m := range named {
			if !there[m[1]] {
				t.Errorf("%s names %s", page, m[1])
			}
		}
	}
}

func TestTheMenuDisablesCommandsThatAreNotPossible(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	check := func(when string, enabled bool, ids ...string) {
		t.Helper()
		for _, id := range ids {
			if item := w.menu.items[commandOf(t, w, id)]; item.Disabled == enabled {
				t.Errorf("%s: %s is disabled: %v", when, id, item.Disabled)
			}
		}
	}
	calls := []string{"subscribe", "send", "close", "server_only"}
	check("the server is stopped", false, calls...)
	check("the server is stopped", false, "drop", "reconnect", "next", "dismiss_closed", "copy_url", "this_run", "copy_row", "allow_origin", "lab_faults_off")
	check("the server is stopped", true, "start_stop", "manage", "save", "keys", "quit")
	w.form.Target.SetURL("x:8080/demo/sse")
	w.form.ClientID.SetText("a")
	check("there is an address", true, calls...)
	w.setLanguage(catalogue.Chinese)
	check("in another language", true, calls...)
	w.form.ClientID.SetText("")
	check("there is no clientId", false, calls...)
	w.con.Journal.Append(record.Record{Kind: record.Notice, Type: string(record.NoticeRefusedOrigin), Subject: "http://page.example"})
	w.refresh()
	w.log.View.Select(0)
	check("a refused origin is selected", true, "copy_row", "allow_origin")
	event(w, "x")
	w.log.View.Select(1)
	check("an event is selected", true, "copy_row")
	check("an event is selected", false, "allow_origin")
}

func TestAReopenedMenuShowsWhatIsDisabledNow(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	opened := widget.NewMenu(w.menu.main.Items[2])
	colour := func() color.Color { // of the first item, Subscribe
		opened.Hide()
		opened.Show()
		for _, o := range test.WidgetRenderer(opened.Items[0].(fyne.Widget)).Objects() {
			if text, ok := o.(*canvas.Text); ok && strings.HasPrefix(text.Text, w.k.T("menu.subscribe")+"  ") {
				return text.Color
			}
		}
		t.Fatal("the menu does not begin with Subscribe")
		return nil
	}
	disabled := colour()
	w.form.Target.SetURL("x:8080/demo/sse")
	if colour() == disabled {
		t.Error("Subscribe looks as if it were disabled")
	}
}

func TestTheKeyOfADisabledCommandSaysWhyOrDoesNothing(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	w.k.App.Clipboard().SetContent("kept")
	for _, id := range []string{"subscribe", "send", "close", "server_only", "next", "previous", "dismiss_closed", "copy_url", "this_run", "copy_row", "allow_origin"} {
		press(w, commandOf(t, w, id).Keys[0])
	}
	if first, last := w.con.Journal.Bounds(); last >= first || w.k.App.Clipboard().Content() != "kept" || w.k.Asking() {
		t.Errorf("%d records, clipboard %q", last, w.k.App.Clipboard().Content())
	}
	press(w, commandOf(t, w, "drop").Keys[0])
	if !w.k.Asking() {
		t.Error("no dialog says that there is no connection to drop")
	}
}

func TestCheckMarksFollowWhatIsChosenElsewhere(t *testing.T) {
	w := testWindow(t, settings.Settings{})
	w.form.Target.SetSide(form.SideRemote)
	if embedded, remote := w.menu.items[commandOf(t, w, "embedded")], w.menu.items[commandOf(t, w, "remote")]; embedded.Checked || !remote.Checked {
		t.Errorf("embedded %v, remote %v", embedded.Checked, remote.Checked)
	}
	w.menu.items[commandOf(t, w, "chromium")].Action()
	if !w.con.Settings().Chromium || !w.menu.items[commandOf(t, w, "chromium")].Checked {
		t.Error("an item chosen in the menu has no check mark")
	}
}

func TestThePageOfKeysIsUpToDate(t *testing.T) {
	const page = "../docs/keys.md"
	w := testWindow(t, settings.Settings{})
	en, zh := catalogue.New(catalogue.English).T, catalogue.New(catalogue.Chinese).T
	var b strings.Builder
	b.WriteString("# Keys\n\nThis page is made from the table of commands: `go test -tags ci ./ui -update` writes it. `F1` shows the same list in the window.\n")
	list := func(title string, commands []*command.Command) {
		fmt.Fprintf(&b, "\n## %s · %s\n\n| keys | what they do | 作用 |\n|---|---|---|\n", en(title), zh(title))
		for _, c := range commands {
			if len(c.Keys) > 0 {
				fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.ReplaceAll(c.Keys.String(), ", ", "`, `"), label(en, c), label(zh, c))
			}
		}
	}
	for _, menu := range command.Menus() {
		list("menu."+string(menu), w.commands.Menu(menu))
	}
	list("keys.further", w.commands.Menu(""))
	if *update {
		if err := os.WriteFile(page, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(page); err != nil || string(kept) != b.String() {
		t.Errorf("%s is out of date (%v): run go test -tags ci ./ui -update", page, err)
	}
}
