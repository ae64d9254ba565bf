package logpane

import (
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/look"
)

func TestTheDetailsAreBesideAWideLogAndBelowANarrowOne(t *testing.T) {
	w := filled(t)
	w.log.View.Select(0)
	check := func(size fyne.Size, beside, hidden bool) {
		t.Helper()
		w.k.Win.Resize(size)
		details, rows := w.log.Details.Content, w.log.View
		if details.Visible() == hidden {
			t.Errorf("at %v hidden is %v", size, !details.Visible())
		}
		if right := details.Position().X > rows.Position().X; !hidden && right != beside {
			t.Errorf("at %v the details are beside the rows: %v", size, right)
		}
		if hidden && (rows.Size().Height < size.Height/2 || rows.Size().Width < size.Width-20) {
			t.Errorf("at %v the rows have %v", size, rows.Size())
		}
	}
	wide, narrow := fyne.NewSize(1200, 800), fyne.NewSize(800, 500)
	w.log.View.Select(-1)
	check(wide, true, true)
	check(narrow, false, true)
	w.log.View.Select(0)
	check(wide, true, false)
	check(narrow, false, false)
	w.log.PlaceDetails(settings.DetailsRight)
	check(narrow, true, false)
	w.log.PlaceDetails(settings.DetailsBelow)
	check(wide, false, false)
	w.log.PlaceDetails(settings.DetailsHidden)
	check(wide, false, true)
	check(narrow, false, true)
	if got := w.con.Settings().Details; got != settings.DetailsHidden {
		t.Errorf("remembered: %q", got)
	}
	w.log.OpenDetails()
	check(wide, true, false)
}

// Each place has its own divider.
func TestTheDividerStaysWhereItWasInEachPlace(t *testing.T) {
	w := filled(t)
	w.log.View.Select(0)
	w.log.SetSplits(0.5, 0.4)
	wide, narrow := fyne.NewSize(1200, 800), fyne.NewSize(800, 500)
	for range 2 {
		w.k.Win.Resize(wide)
		if got := w.log.View.Size().Width; got < 580 || got > 600 {
			t.Errorf("beside the details the rows are %v wide", got)
		}
		w.k.Win.Resize(narrow)
	}
	w.log.place.split.SetOffset(0.6) // dragged
	w.k.Win.Resize(wide)
	if beside, below := w.log.Splits(); beside != 0.5 || below != 0.6 {
		t.Errorf("the splits are %v and %v", beside, below)
	}
	if w.log.SetSplits(0, 1); w.log.place.split.Offset != 0.5 {
		t.Errorf("the divider moved to %v", w.log.place.split.Offset)
	}
}

// A zoomed window has as little room as a small one.
func TestDetailsGoBelowTheRowsWhenTheZoomGrows(t *testing.T) {
	w := filled(t)
	w.log.View.Select(0)
	w.k.Win.Resize(fyne.NewSize(1200, 800))
	t.Cleanup(func() { look.Use(w.k.App, look.Look{}) })
	for _, zoom := range []float32{1, 2} {
		look.Use(w.k.App, look.Look{Zoom: zoom})
		w.log.panes.Refresh()
		if got := w.log.place.split.Horizontal; got != (zoom == 1) {
			t.Errorf("zoom %v: beside the rows: %v", zoom, got)
		}
	}
}

func TestDetailsOfARowThatAFilterHidesLeaveTheRoomToTheRows(t *testing.T) {
	w := filled(t)
	w.log.View.ScrollToEnd()
	w.log.View.Select(0) // data a0
	filterBy(w, "type:b")
	if w.log.Details.Record() != nil || w.log.Details.Content.Visible() {
		t.Errorf("details of %v are shown", w.log.Details.Record())
	}
	w.log.View.Select(0)
	filterBy(w, "b0")
	if w.log.Details.Record() == nil || !w.log.Details.Content.Visible() {
		t.Error("the details of a row that is still there are gone")
	}
}
