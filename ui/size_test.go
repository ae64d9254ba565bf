//go:build !e2e

package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording/catalogue"
)

// A laptop of 1366 by 768 pixels at twice the usual scale has room for 683 by 384.
func TestTheWindowFitsASmallScreenAtScale2(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := testWindow(t, settings.Settings{Language: language})
		parts := w.k.Win.Content().(*fyne.Container).Objects[0].(*container.Scroll)
		for tab := range w.tabs.Buttons {
			w.tabs.Choose(tab)
			if size := parts.Content.MinSize(); size.Width > 680 {
				t.Errorf("%s, tab %d: the parts need a width of %v", language, tab, size.Width)
				widest(t, parts.Content, 680)
			}
		}
		if size := w.k.Win.Content().MinSize(); size.Width > 680 || size.Height > 340 {
			t.Errorf("the window needs %v", size)
		}
	}
}

// widest logs the objects that need more than a width.
func widest(t *testing.T, o fyne.CanvasObject, width float32) {
	if !o.Visible() || o.MinSize().Width <= width {
		return
	}
	t.Logf("%T needs %v", o, o.MinSize().Width)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			widest(t, child, width)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			widest(t, child, width)
		}
	}
}
