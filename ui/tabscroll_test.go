//go:build !e2e

package ui

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording/catalogue"
)

func TestTheRowOfTabsStaysWhereTheUserHasScrolledIt(t *testing.T) {
	w := windowOfManyTabs(t)
	w.scope.Choose(w.scope.List[0])
	w.scope.Scroll.ScrollToOffset(fyne.NewPos(300, 0))
	w.scope.List[1].Name = "a longer name"
	w.refresh()
	if x := w.scope.Scroll.Offset.X; x != 300 {
		t.Errorf("after a change it is at %v", x)
	}
}

func TestANewTabIsInViewBesideAllOthers(t *testing.T) {
	w := windowOfManyTabs(t)
	w.refresh()
	tab := w.scope.List[11]
	if left := tab.Position().X - w.scope.Scroll.Offset.X; w.scope.Chosen() != w.scope.All || left < 0 || left+tab.Size().Width > w.scope.Scroll.Size().Width {
		t.Errorf("it is at %v of %v", left, w.scope.Scroll.Size().Width)
	}
	w.scope.Scroll.ScrollToOffset(fyne.NewPos(0, 0))
	w.scope.Choose(w.scope.List[0])
	w.scope.Choose(w.scope.All)
	if x := w.scope.Scroll.Offset.X; x != 0 {
		t.Errorf("once another was chosen, the row is at %v", x)
	}
}

// windowOfManyTabs returns a narrow window with twelve subscriptions, more than it has room
// for.
func windowOfManyTabs(t *testing.T) *window {
	t.Helper()
	w := testWindow(t, settings.Settings{Language: catalogue.English, Side: settings.SideRemote, RemoteURL: "http://127.0.0.1:9"})
	w.k.Win.Resize(fyne.NewSize(800, 500))
	for i := range 12 {
		w.form.ClientID.SetText(fmt.Sprint("somebody", i))
		w.form.DoSubscribe()
	}
	return w
}
