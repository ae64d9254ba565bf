package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/widgets"
	"sseconsole/ui/widgets/text"
)

func TestAButtonShowsItsTipUntilItIsPressedOrLeft(t *testing.T) {
	test.NewTempApp(t)
	fonts, err := text.Bundled()
	if err != nil {
		t.Fatal(err)
	}
	layer := widgets.NewTip(fonts)
	b := NewButton(theme.CancelIcon(), func() {})
	b.SetTip("Close search")
	b.SetTipKeys("Esc")
	other := NewButton(theme.InfoIcon(), nil)
	other.SetTip("Help")
	w := test.NewTempWindow(t, container.NewStack(container.NewHBox(b, other), layer))
	w.Resize(fyne.NewSize(300, 100))
	// The test driver has no animations: a tip that rests is there at once.
	for name, leave := range map[string]func(){
		"mouse": b.MouseOut,
		"click": func() { test.Tap(b) },
		"key":   func() { b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab}) },
	} {
		b.MouseIn(&desktop.MouseEvent{})
		if got := layer.Text(); got != "Close search  (Esc)" {
			t.Errorf("%s: the tip is %q", name, got)
		}
		leave()
		if got := layer.Text(); got != "" {
			t.Errorf("%s: %q is still shown", name, got)
		}
	}
	other.MouseIn(&desktop.MouseEvent{})
	if got := layer.Text(); got != "Help" {
		t.Errorf("the tip of the other is %q", got)
	}
	b.MouseOut() // not its tip
	if layer.Text() == "" {
		t.Error("another control took the tip away")
	}
	other.MouseOut()
	if w.Canvas().Focused() != fyne.Focusable(b) {
		t.Errorf("the focus is at %v", w.Canvas().Focused())
	}
}
