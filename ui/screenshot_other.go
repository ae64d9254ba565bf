//go:build ci || !(linux || freebsd || netbsd || openbsd)

package ui

import (
	"image"

	"fyne.io/fyne/v2"
)

// screenshot returns what a window shows. It is called on the UI thread.
func screenshot(w fyne.Window) (image.Image, error) { return w.Canvas().Capture(), nil }
