package command

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func nothing() {}

func TestCheckFindsDuplicatesAndCommandsThatCannotRun(t *testing.T) {
	save := Command{ID: "save", Keys: On(fyne.KeyS, Ctrl), Run: nothing}
	for want, other := range map[string]Command{
		"":                                   {ID: "open", Keys: On(fyne.KeyO, Ctrl), Run: nothing},
		"duplicate command save":             {ID: "save", Run: nothing},
		"Ctrl+S is a key of both save and x": {ID: "x", Also: On(fyne.KeyS, Ctrl), Run: nothing},
		"x must have either":                 {ID: "x"},
		"y must have either":                 {ID: "y", In: "log", Run: nothing},
	} {
		err := Join([]Command{save}, []Command{other}).Check()
		if got := ""; err != nil {
			if got = err.Error(); want == "" || !strings.Contains(got, want) {
				t.Errorf("%q, want %q", got, want)
			}
		} else if want != "" {
			t.Errorf("no error, want %q", want)
		}
	}
	inLog := Command{ID: "x", In: "log", Keys: On(fyne.KeyS, Ctrl)}
	if err := Join([]Command{save, inLog}).Check(); err != nil {
		t.Errorf("a key with another meaning in the log: %v", err)
	}
}

func TestAMenuIsOrderedByGroupAndContribution(t *testing.T) {
	form := []Command{{ID: "a", Place: At(File, 2)}, {ID: "b", Place: At(Edit, 1)}, {ID: "c", Place: At(File, 1)}}
	log := []Command{{ID: "d", Place: At(File, 2).Under("sub")}, {ID: "e"}}
	table := Join(form, log)
	var ids []string
	for _, c := range table.Menu(File) {
		ids = append(ids, c.ID)
	}
	if got := strings.Join(ids, " "); got != "c a d" {
		t.Errorf("%q", got)
	}
	if further := table.Menu(""); len(further) != 1 || further[0].Text() != "keys.e" || table[0].Text() != "menu.a" {
		t.Errorf("not in a menu: %v", further)
	}
}

func TestAKeyRunsItsCommandUnlessAControlHandlesIt(t *testing.T) {
	table := Join([]Command{
		{ID: "log", In: "log", Keys: On(fyne.KeyEscape, 0)},
		{ID: "a", Keys: On(fyne.KeyG, Ctrl).Or(fyne.KeyF3, 0), Also: On(fyne.KeyEscape, 0), Run: nothing},
	})
	for key, want := range map[Key]bool{{fyne.KeyG, Ctrl}: true, {fyne.KeyF3, 0}: true, {fyne.KeyEscape, 0}: true, {fyne.KeyF3, Shift}: false} {
		if c := table.Pressed(key); (c != nil) != want || c != nil && c.ID != "a" {
			t.Errorf("%v: %+v", key, c)
		}
	}
}

func TestACommandCanRunIfItIsEnabled(t *testing.T) {
	for want, c := range map[bool][]Command{
		true:  {{Run: nothing}, {Run: nothing, Enabled: func() bool { return true }}},
		false: {{}, {Run: nothing, Enabled: func() bool { return false }}},
	} {
		for _, c := range c {
			if c.CanRun() != want {
				t.Errorf("%+v", c)
			}
		}
	}
}

func TestKeysAreNamedAsOnAKeyboard(t *testing.T) {
	for want, keys := range map[string]Keys{
		"F1":                     On(fyne.KeyF1, 0),
		"Ctrl+Alt+K":             On(fyne.KeyK, fyne.KeyModifierControl|Alt),
		"Ctrl+Shift+Esc":         On(fyne.KeyEscape, fyne.KeyModifierControl|Shift),
		"Ctrl++":                 On(fyne.KeyEqual, fyne.KeyModifierControl),
		"Ctrl+Enter":             On(fyne.KeyReturn, fyne.KeyModifierControl),
		"Cmd+PgDn":               On(fyne.KeyPageDown, fyne.KeyModifierSuper),
		"Ctrl+Shift+G, Shift+F3": On(fyne.KeyG, fyne.KeyModifierControl|Shift).Or(fyne.KeyF3, Shift),
	} {
		if got := keys.String(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAKeyIsTheShortcutThatFyneSendsForIt(t *testing.T) {
	for _, want := range []fyne.KeyboardShortcut{
		&fyne.ShortcutCut{}, &fyne.ShortcutCopy{}, &fyne.ShortcutPaste{}, &fyne.ShortcutSelectAll{},
		&desktop.CustomShortcut{KeyName: fyne.KeyC, Modifier: Ctrl | Shift},
	} {
		if got := (Key{want.Key(), want.Mod()}).Shortcut(); got.ShortcutName() != want.ShortcutName() {
			t.Errorf("%s, want %s", got.ShortcutName(), want.ShortcutName())
		}
	}
}
