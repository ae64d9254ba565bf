//go:build ci

package kit

import "fyne.io/fyne/v2"

// Hear does nothing without a display.
func (k *Kit) Hear(func(fyne.KeyName, fyne.KeyModifier) bool, func(), func() bool) {}
