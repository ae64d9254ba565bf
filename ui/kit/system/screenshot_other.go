//go:build ci || !(linux || freebsd || netbsd || openbsd)

package system

import (
	"image"

	"fyne.io/fyne/v2"
)

// Screenshot returns what a window shows. It must be called on the UI thread.
func Screenshot(w fyne.Window) (image.Image, error) { return w.Canvas().Capture(), nil }
