//go:build !ci

package ui

import (
	"github.com/go-gl/glfw/v3.4/glfw"
)

// hearEscape lets Escape dismiss the dialog on top whatever has the focus.
// Fyne gives a key to the control with the focus alone, and its own ones (a
// choice, a check box, the buttons of its dialogs) drop Escape. So the window
// hears keys before Fyne does. It is called on the UI thread, and tries again
// until the window is there.
func (w *window) hearEscape() {
	native, ok := w.win.(interface{ RunWithContext(run func()) })
	if !ok {
		return
	}
	var heard bool
	native.RunWithContext(func() {
		window := glfw.GetCurrentContext()
		var before glfw.KeyCallback
		before = window.SetKeyCallback(func(window *glfw.Window, key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) {
			if key != glfw.KeyEscape || action != glfw.Press || mods != 0 || !w.escape() {
				before(window, key, scancode, action, mods)
			}
		})
		heard = true
	})
	if !heard && !w.closing {
		w.post(w.hearEscape)
	}
}
