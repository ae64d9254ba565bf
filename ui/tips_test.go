//go:build !e2e

package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording/catalogue"
)

// objects calls visit for o and all that is in it and visible.
func objects(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			objects(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			objects(child, visit)
		}
	}
}

func TestEveryButtonWithoutWordsHasATipInTheWindowsLanguage(t *testing.T) {
	tips := map[string][]string{}
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := testWindow(t, settings.Settings{Language: language})
		w.log.Details.Text.OnFind() // shows the bar
		w.targets.Manage()
		for _, root := range append(w.k.Win.Canvas().Overlays().List(), w.k.Win.Content()) {
			objects(root, func(o fyne.CanvasObject) {
				b, ok := o.(*kit.Button)
				if !ok || b.Text != "" || b.Icon == nil {
					return
				}
				if b.Tip() == "" {
					t.Errorf("%s: a button with %s has no tip", language, b.Icon.Name())
				}
				tips[language] = append(tips[language], b.Tip())
			})
		}
	}
	english, chinese := tips[catalogue.English], tips[catalogue.Chinese]
	if len(english) < 5 || len(english) != len(chinese) {
		t.Fatalf("%d buttons in English, %d in Chinese", len(english), len(chinese))
	}
	for i, tip := range english {
		if tip == chinese[i] {
			t.Errorf("%q in both languages", tip)
		}
	}
}
