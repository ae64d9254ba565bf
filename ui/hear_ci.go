//go:build ci

package ui

// hearKeys does nothing without a display.
func (w *window) hearKeys() {}
