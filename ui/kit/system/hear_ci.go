//go:build ci

package system

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/kit"
)

// Hear does nothing without a display.
func Hear(*kit.Kit, func(fyne.KeyName, fyne.KeyModifier) bool, func(), func() bool) {}
