package kit_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/wording/catalogue"
)

func TestWarningsStayUntilTheyAreDismissed(t *testing.T) {
	k := kittest.New(t, catalogue.English, func(run func()) { run() })
	w := kit.NewWarnings(k)
	k.Win.SetContent(w.Content)
	add := func(what string) {
		w.Add(kit.Warning{Text: func() (string, string) { return what, "" }})
	}
	if w.Content.Visible() {
		t.Error("visible without a warning")
	}
	for _, what := range []string{"a", "b", "c", "a"} {
		add(what)
	}
	if got := w.Texts(); !slices.Equal(got, []string{"b", "c", "a"}) || !w.Content.Visible() {
		t.Errorf("%q", got)
	}
	if got := labels(w.Content); got != "1 more warning|c|a" {
		t.Errorf("the window shows %q", got)
	}
	w.Dismiss()
	if got := labels(w.Content); got != "b|c" {
		t.Errorf("the window shows %q", got)
	}
	w.Dismiss()
	w.Dismiss()
	if w.Dismiss(); w.Content.Visible() || len(w.Texts()) > 0 {
		t.Error("visible without a warning")
	}
}

func TestAWarningSaysWhatToDoInTheCurrentLanguage(t *testing.T) {
	k := kittest.New(t, catalogue.English, func(run func()) { run() })
	w, ran := kit.NewWarnings(k), 0
	k.Win.SetContent(w.Content)
	w.Add(kit.Warning{
		Text:   func() (string, string) { return k.T("toast.copied_url"), k.T("toast.open_folder") },
		Action: func() string { return k.T("fyne.OK") }, Run: func() { ran++ },
	})
	if got := labels(w.Content); got != "Copied the URL|Open folder" {
		t.Errorf("%q", got)
	}
	var buttons []*kit.Button
	for _, o := range test.LaidOutObjects(w.Content) {
		if b, ok := o.(*kit.Button); ok {
			buttons = append(buttons, b)
		}
	}
	if len(buttons) != 2 || buttons[0].Text != "OK" {
		t.Fatalf("%d buttons", len(buttons))
	}
	buttons[0].OnTapped()
	k.Speak(catalogue.New(catalogue.Chinese))
	if got := labels(w.Content); got != "已复制地址|打开文件夹" || ran != 1 {
		t.Errorf("%q, ran %d times", got, ran)
	}
	buttons[1].OnTapped()
	if w.Content.Visible() {
		t.Error("the button does not dismiss it")
	}
}

// labels returns the visible labels in o.
func labels(o fyne.CanvasObject) string {
	var all []string
	for _, o := range test.LaidOutObjects(o) {
		if l, ok := o.(*widget.Label); ok && l.Visible() {
			all = append(all, l.Text)
		}
	}
	return strings.Join(all, "|")
}
