//go:build !ci

package system

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"

	"sseconsole/ui/kit"
)

// Hear reports input that Fyne does not pass on to the window. Fyne sends keys that
// are not shortcuts to the focused control only, and its own controls (selects,
// check boxes, the buttons of its dialogs) drop those they do not use. So takes is
// called before Fyne for the keys of [Heard], alone or with Shift, and reports
// whether it handled the key. left is called when the mouse has left the window,
// which Fyne ignores. Hear must be called on the UI thread; it retries until the
// window exists or closing reports true.
//
// It can be removed once Fyne passes keys that the focused control does not use to
// the window (https://github.com/fyne-io/fyne/issues/1515).
func Hear(k *kit.Kit, takes func(fyne.KeyName, fyne.KeyModifier) bool, left func(), closing func() bool) {
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
			if action == glfw.Press {
				k.Tip.Clear() // wherever the key goes
			}
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
				k.Post(left) // after Fyne has handled the last movement, which it does later
			}
		})
		heard = true
	})
	if !heard && !closing() {
		k.Post(func() { Hear(k, takes, left, closing) })
	}
}
