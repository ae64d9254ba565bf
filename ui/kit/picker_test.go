package kit_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/wording/catalogue"
)

// picking opens a picker in a window.
func picking(t *testing.T, choices func(typed string) []kit.Choice) *kit.Picker {
	t.Helper()
	k := kittest.New(t, catalogue.English, func(run func()) { run() })
	below := widget.NewLabel("below")
	k.Win.SetContent(container.NewVBox(below))
	k.Win.Resize(fyne.NewSize(600, 300))
	return k.Pick(kit.Picking{Below: below, Width: 400, Filter: "find", Choices: choices}, "")
}

func TestThePickerMovesOverWhatCannotBePicked(t *testing.T) {
	var picked []string
	choice := func(name, why string) kit.Choice {
		return kit.Choice{Title: name, Why: why, Run: func() { picked = append(picked, name) }}
	}
	p := picking(t, func(string) []kit.Choice {
		return []kit.Choice{{Title: "heading"}, choice("a", ""), choice("b", "it is off"), {Title: "heading"}, choice("c", "")}
	})
	key := func(names ...fyne.KeyName) {
		for _, name := range names {
			p.Field.TypedKey(&fyne.KeyEvent{Name: name})
		}
	}
	if p.At != 1 {
		t.Errorf("row %d is highlighted", p.At)
	}
	if key(fyne.KeyDown); p.At != 4 {
		t.Errorf("after Down row %d is highlighted", p.At)
	}
	if key(fyne.KeyDown); p.At != 4 {
		t.Errorf("at the end Down highlights row %d", p.At)
	}
	p.Rows[2].Tapped(nil)
	p.Rows[0].Tapped(nil)
	if _, note, _ := p.Rows[2].Text(); note != "it is off" || len(picked) != 0 || !p.Open() {
		t.Errorf("picked %q, the note is %q", picked, note)
	}
	key(fyne.KeyUp, fyne.KeyReturn)
	if strings.Join(picked, "") != "a" || p.Open() {
		t.Errorf("picked %q, open %v", picked, p.Open())
	}
}

func TestThePickerOffersWhatIsTyped(t *testing.T) {
	var typed []string
	p := picking(t, func(text string) []kit.Choice {
		typed = append(typed, text)
		return []kit.Choice{{Title: text, Run: func() {}}, {Title: "chosen", Chosen: text == "", Run: func() {}}}
	})
	if p.At != 1 {
		t.Errorf("row %d is highlighted, and not the chosen one", p.At)
	}
	p.Field.SetText("x")
	if p.At != 1 || p.Rows[0].Choice.Title != "x" {
		t.Errorf("row %d of %q is highlighted", p.At, p.Rows[0].Choice.Title)
	}
	const lines = "curl \\\n 'http://h'"
	p.Field.TypedShortcut(&fyne.ShortcutSelectAll{})
	p.Field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: kit.Clipboard(lines)})
	if p.Typed() != lines || strings.Contains(p.Field.Text, "\n") {
		t.Errorf("pasted lines become %q, shown as %q", p.Typed(), p.Field.Text)
	}
	p.Field.SetText("y")
	if p.Typed() != "y" {
		t.Errorf("typed over them, %q is left", p.Typed())
	}
}

func TestALongPickerIsToBeNarrowed(t *testing.T) {
	p := picking(t, func(string) []kit.Choice {
		var choices []kit.Choice
		for i := range 1000 {
			choices = append(choices, kit.Choice{Title: fmt.Sprint(i), Run: func() {}})
		}
		return choices
	})
	last := p.Rows[len(p.Rows)-1].Choice
	if len(p.Rows) > 150 || !strings.HasPrefix(last.Title, "900 more") || last.Run != nil {
		t.Errorf("%d rows, the last says %q", len(p.Rows), last.Title)
	}
}

func TestAButtonInThePickerLeavesItOpen(t *testing.T) {
	running := false
	p := picking(t, func(string) []kit.Choice {
		text := map[bool]string{false: "Start", true: "Stop"}[running]
		return []kit.Choice{{Title: "server", Run: func() {}, Side: []kit.Side{{Text: text, Enabled: true, Run: func() { running = !running }}}}}
	})
	p.Rows[0].Buttons[0].OnTapped()
	if !running || !p.Open() || p.Rows[0].Buttons[0].Text != "Stop" {
		t.Errorf("running %v, open %v, %q", running, p.Open(), p.Rows[0].Buttons[0].Text)
	}
	p.Say("it is in use")
	if !p.Says.Visible() {
		t.Error("what is wrong is not shown")
	}
	if p.Field.SetText("x"); p.Says.Visible() {
		t.Error("what was wrong is still shown")
	}
}
