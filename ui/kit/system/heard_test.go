package system

import (
	"testing"

	"fyne.io/fyne/v2"
)

func TestTheWindowHearsEscapeAndTheFunctionKeys(t *testing.T) {
	for key, want := range map[fyne.KeyName]bool{
		fyne.KeyEscape: true, fyne.KeyF1: true, fyne.KeyF3: true, fyne.KeyF12: true, fyne.KeyUp: false, fyne.KeyReturn: false,
	} {
		if Heard(key) != want {
			t.Errorf("%s: %v", key, !want)
		}
	}
}
