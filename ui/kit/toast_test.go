package kit_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/wording/catalogue"
)

// toasting returns a kit whose window has a field, with the focus, below its toasts.
func toasting(t *testing.T) (k *kit.Kit, field *widget.Entry, shown func() []fyne.CanvasObject) {
	k = kittest.New(t, catalogue.English, func(run func()) { run() })
	field = widget.NewMultiLineEntry()
	layer := kit.NewToastLayer()
	k.ToastsIn(layer)
	k.Win.SetContent(container.NewStack(field, layer))
	k.Win.Resize(fyne.NewSize(800, 500))
	k.Win.Canvas().Focus(field)
	return k, field, func() []fyne.CanvasObject { return layer.Objects }
}

// textOf returns the text of a toast, and its button or nil.
func textOf(toast fyne.CanvasObject) (text string, button fyne.Tappable) {
	for _, o := range test.WidgetRenderer(toast.(fyne.Widget)).Objects() {
		switch o := o.(type) {
		case *widget.Label:
			text = o.Text
		case fyne.Tappable:
			button = o
		}
	}
	return text, button
}

func texts(shown []fyne.CanvasObject) string {
	var all []string
	for _, o := range shown {
		text, _ := textOf(o)
		all = append(all, text)
	}
	return strings.Join(all, "|")
}

func TestAToastEndsByItself(t *testing.T) {
	k, _, shown := toasting(t)
	if now := time.Now(); k.ToastsDue(now.Add(time.Hour)) {
		t.Error("without a toast there is something to do")
	}
	k.Toast("Copied", "", nil)
	k.EndToasts(time.Now().Add(3 * time.Second))
	if len(shown()) != 1 {
		t.Error("gone after three seconds")
	}
	later := time.Now().Add(6 * time.Second)
	if !k.ToastsDue(later) {
		t.Error("not due after six seconds")
	}
	if k.EndToasts(later); len(shown()) != 0 || k.ToastsDue(later) {
		t.Error("still there after six seconds")
	}
}

func TestALongToastAndOneWithAButtonStayLonger(t *testing.T) {
	k, _, shown := toasting(t)
	k.Toast("Saved", "Open folder", func() {})
	k.Toast(strings.Repeat("word ", 40), "", nil)
	if k.EndToasts(time.Now().Add(7 * time.Second)); len(shown()) != 2 {
		t.Error(texts(shown()))
	}
	if k.EndToasts(time.Now().Add(20 * time.Second)); len(shown()) != 0 {
		t.Error(texts(shown()))
	}
}

func TestAToastTakesNeitherFocusNorKeysNorClicksBesideIt(t *testing.T) {
	k, field, shown := toasting(t)
	k.Toast("Saved", "Open folder", func() {})
	if k.Win.Canvas().Focused() != field || k.Asking() || k.Dismiss() {
		t.Error("the window behaves as if a dialog were open")
	}
	toast := shown()[0]
	if size := k.Win.Canvas().Size(); toast.Position().X < 100 || toast.Position().X+toast.Size().Width > size.Width-100 {
		t.Errorf("a toast is as wide as the window: %v at %v", toast.Size(), toast.Position())
	}
}

func TestAToastStaysWhileItIsInUse(t *testing.T) {
	k, _, shown := toasting(t)
	k.Toast("Saved", "Open folder", func() {})
	_, button := textOf(shown()[0])
	late := time.Now().Add(time.Minute)
	for _, under := range []desktop.Hoverable{shown()[0].(desktop.Hoverable), button.(desktop.Hoverable)} {
		under.MouseIn(&desktop.MouseEvent{})
		if k.EndToasts(late); len(shown()) != 1 {
			t.Fatalf("gone although the mouse is over a %T", under)
		}
		under.MouseOut()
	}
	k.Win.Canvas().Focus(button.(fyne.Focusable))
	if k.EndToasts(late.Add(time.Minute)); len(shown()) != 1 {
		t.Fatal("gone although its button has the focus")
	}
	k.Win.Canvas().Unfocus()
	if k.EndToasts(late.Add(2 * time.Minute)); len(shown()) != 0 {
		t.Error("it stays although the mouse has left")
	}
}

func TestAToastBelowADialogWaits(t *testing.T) {
	k, _, shown := toasting(t)
	k.Toast("Imported 3 targets", "", nil)
	d := dialog.NewInformation("a", "b", k.Win)
	d.Show()
	late := time.Now().Add(time.Minute)
	if k.EndToasts(late); len(shown()) != 1 {
		t.Fatal("gone without having been seen")
	}
	d.Hide()
	if k.EndToasts(late.Add(time.Second)); len(shown()) != 1 {
		t.Error("gone at once after the dialog")
	}
	if k.EndToasts(late.Add(3 * time.Second)); len(shown()) != 0 {
		t.Error("it stays")
	}
}

func TestTheButtonOfAToastRunsItsActionAndReturnsTheFocus(t *testing.T) {
	k, field, shown := toasting(t)
	ran := 0
	k.Toast("Saved", "Open folder", func() { ran++ })
	_, button := textOf(shown()[0])
	button.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{})
	k.Win.Canvas().Unfocus() // as Fyne does after a press
	button.Tapped(&fyne.PointEvent{})
	if ran != 1 || len(shown()) != 0 || k.Win.Canvas().Focused() != field {
		t.Errorf("ran %d times, %d toasts, the focus is in %T", ran, len(shown()), k.Win.Canvas().Focused())
	}
}

func TestAClickDismissesAToast(t *testing.T) {
	k, field, shown := toasting(t)
	k.Toast("Saved", "Open folder", func() { t.Error("the action ran") })
	toast := shown()[0]
	toast.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{})
	k.Win.Canvas().Unfocus()
	toast.(fyne.Tappable).Tapped(&fyne.PointEvent{})
	if len(shown()) != 0 || k.Win.Canvas().Focused() != field {
		t.Errorf("%d toasts, the focus is in %T", len(shown()), k.Win.Canvas().Focused())
	}
}

func TestToastsStackAndTheSameTextReplacesItself(t *testing.T) {
	k, _, shown := toasting(t)
	for _, text := range []string{"a", "b", "a", "c"} {
		k.Toast(text, "", nil)
	}
	if got := texts(shown()); got != "b|a|c" {
		t.Error(got)
	}
	k.Toast("d", "", nil)
	if got := texts(shown()); got != "a|c|d" {
		t.Error(got)
	}
	for i, o := range shown()[:2] {
		if below := shown()[i+1]; o.Position().Y+o.Size().Height > below.Position().Y {
			t.Error("toasts overlap")
		}
	}
}

func TestALongToastIsWrappedWithinTheWindow(t *testing.T) {
	k, _, shown := toasting(t)
	k.Win.Resize(fyne.NewSize(400, 300))
	k.Toast(strings.Repeat("word ", 200), "Open folder", func() {})
	toast := shown()[0]
	if toast.Size().Width > 400-2*12 || toast.Size().Height < 4*20 || toast.Position().Y < 0 {
		t.Errorf("%v at %v", toast.Size(), toast.Position())
	}
	if min := kit.NewToastLayer().MinSize(); !min.IsZero() {
		t.Errorf("toasts make the window at least %v", min)
	}
	k.Toast("short", "", nil)
	if height := shown()[1].Size().Height; height > 2*theme.TextSize()+20 {
		t.Errorf("a short one is %v high", height)
	}
}

func TestToastsMoveToThePanelThatCoversTheWindow(t *testing.T) {
	k, _, shown := toasting(t)
	panel := kit.NewToastLayer()
	popup := widget.NewModalPopUp(container.NewStack(widget.NewLabel("panel"), panel), k.Win.Canvas())
	k.Toast("before", "", nil)
	popup.Show()
	k.ToastsIn(panel)
	k.Toast("there", "", nil)
	if got := texts(panel.Objects); got != "before|there" || len(shown()) != 0 {
		t.Errorf("the panel has %q, the window %q", got, texts(shown()))
	}
	k.EndToasts(time.Now().Add(5 * time.Second))
	if got := texts(panel.Objects); got != "" {
		t.Errorf("%q stays, although it is in view", got)
	}
	k.Toast("after", "", nil)
	popup.Hide()
	k.ToastsIn(nil)
	if got := texts(shown()); got != "after" || len(panel.Objects) != 0 {
		t.Errorf("the window has %q", got)
	}
}

func TestACopyIsAnswered(t *testing.T) {
	k, _, shown := toasting(t)
	k.Copy("the text", "Copied")
	if got := texts(shown()); got != "Copied" || k.App.Clipboard().Content() != "the text" {
		t.Errorf("%q, the clipboard has %q", got, k.App.Clipboard().Content())
	}
}

func TestTheFolderOfAFileIsOpenedByTheSystem(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("xdg-open is of Linux")
	}
	k, _, shown := toasting(t)
	k.Work = func(work func()) { work() }
	bin, asked := t.TempDir(), filepath.Join(t.TempDir(), "asked")
	t.Setenv("PATH", bin)
	k.OpenFolder("/some/where/file.txt")
	if got := texts(shown()); !strings.Contains(got, "/some/where") || !strings.Contains(got, "xdg-open") {
		t.Errorf("without a file manager: %q", got)
	}
	k.EndToasts(time.Now().Add(time.Minute))
	for exit, want := range map[string]bool{"0": true, "3": false} {
		script := "#!/bin/sh\necho \"$@\" > " + asked + "\nexit " + exit + "\n"
		if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		k.OpenFolder("/some/where/file.txt")
		if got, err := os.ReadFile(asked); err != nil || string(got) != "/some/where\n" {
			t.Errorf("xdg-open was given %q, %v", got, err)
		}
		if silent := len(shown()) == 0; silent != want {
			t.Errorf("exit status %s: %q", exit, texts(shown()))
		}
		k.EndToasts(time.Now().Add(time.Minute))
	}
}
