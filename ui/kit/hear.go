//go:build !ci

package kit

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// Hear lets the window hear what Fyne tells nobody. Keys that are no shortcuts
// Fyne gives to the control with the focus alone, and its own ones (a choice, a
// check box, the buttons of its dialogs) drop them: so the window hears keys
// before Fyne does: those of [Heard], alone or with Shift. Of a mouse that leaves the
// window Fyne takes no notice. takes reports whether it took a key, left is called when
// the mouse has left. Hear is called on the UI thread, and tries again until the window
// is there or closing.
//
// It goes once Fyne lets a window have keys that its focused control does not
// use (https://github.com/fyne-io/fyne/issues/1515).
func (k *Kit) Hear(takes func(fyne.KeyName, fyne.KeyModifier) bool, left func(), closing func() bool) {
	native, ok := k.Win.(interface{ RunWithContext(run func()) })
	if !ok {
		return
	}
	names := map[glfw.Key]fyne.KeyName{glfw.KeyEscape: fyne.KeyEscape}
	for i, name := range functionKeys() {
		names[glfw.KeyF1+glfw.Key(i)] = name
	}
	var heard bool
	native.RunWithContext(func() {
		window := glfw.GetCurrentContext()
		var before glfw.KeyCallback
		before = window.SetKeyCallback(func(window *glfw.Window, key glfw.Key, scancode int, action glfw.Action, mods glfw.ModifierKey) {
			name, ours := names[key]
			var modifier fyne.KeyModifier
			if mods&glfw.ModShift != 0 {
				modifier = fyne.KeyModifierShift
			}
			if !ours || action != glfw.Press || mods&^glfw.ModShift != 0 || !takes(name, modifier) {
				before(window, key, scancode, action, mods)
			}
		})
		window.SetCursorEnterCallback(func(_ *glfw.Window, entered bool) {
			if !entered {
				k.Post(left) // after Fyne has taken up the last movement, which it does later
			}
		})
		heard = true
	})
	if !heard && !closing() {
		k.Post(func() { k.Hear(takes, left, closing) })
	}
}
