package widgets

import "fyne.io/fyne/v2"

// SizeNameZoom is the size of a theme that multiplies the sizes of text that the widgets
// here are given. A theme that does not zoom has no such size.
const SizeNameZoom fyne.ThemeSizeName = "zoom"

// Zoom returns by how much a theme enlarges text.
func Zoom(th fyne.Theme) float32 {
	if z := th.Size(SizeNameZoom); z > 0 {
		return z
	}
	return 1
}
