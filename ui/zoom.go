package ui

import (
	"slices"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/look"
)

// zoomLevels are the sizes of the window, in percent of the usual one.
var zoomLevels = [...]int{60, 70, 80, 90, 100, 110, 125, 150, 175, 200, 225, 250}

// zoomOf returns the zoom by the settings, in percent.
func zoomOf(s settings.Settings) int {
	if s.Zoom == 0 {
		return 100
	}
	return min(max(s.Zoom, zoomLevels[0]), zoomLevels[len(zoomLevels)-1])
}

// lookOf returns how the window appears by its settings.
func lookOf(s settings.Settings) look.Look {
	return look.Look{Theme: s.Theme, Zoom: float32(zoomOf(s)) / 100}
}

// zoom shows the window at the next level in a direction, 1 or -1.
func (w *window) zoom(direction int) {
	levels := zoomLevels[:]
	at, found := slices.BinarySearch(levels, zoomOf(w.con.Settings()))
	if !found && direction > 0 {
		at--
	}
	w.setZoom(levels[min(max(at+direction, 0), len(levels)-1)])
}

// setZoom shows the window at a size, in percent of the usual one, and remembers it.
func (w *window) setZoom(percent int) {
	w.con.UpdateSettings(func(s *settings.Settings) {
		s.Zoom = percent
		if percent == 100 {
			s.Zoom = 0
		}
	})
	look.Use(w.k.App, lookOf(w.con.Settings()))
}
