package system

import (
	"slices"

	"fyne.io/fyne/v2"
)

// Heard reports whether the window gets a key through Hear, whichever control has
// the focus.
func Heard(key fyne.KeyName) bool {
	return key == fyne.KeyEscape || slices.Contains(functionKeys(), key)
}

func functionKeys() []fyne.KeyName {
	return []fyne.KeyName{
		fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12,
	}
}
