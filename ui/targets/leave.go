package targets

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// leave calls then once the form has no unsaved changes: at once, or after asking
// whether to save or discard them.
func (k *itemList) leave(then func()) {
	if k.Busy {
		return
	}
	if !k.dirty() {
		then()
		return
	}
	T := k.t.k.T
	_, problems := k.kind.read(k.duplicateName()...)
	text := T("manager.unsaved", "Name", k.t.k.Brief(k.Chosen))
	wrong := errorsIn(problems) > 0
	if wrong {
		text += "\n" + T("manager.unsaved_wrong")
	}
	ask := k.t.k.NewDialog(T("manager.unsaved_title"), kit.Flush(widget.NewLabel(text)), 420)
	ask.Button(T("manager.drop"), func() {
		ask.Hide()
		k.choose(k.Chosen)
		then()
	})
	stay := ask.Button(T("manager.stay"), func() { ask.Hide() })
	save := ask.Agree(T("manager.save"), func() {
		ask.Hide()
		k.doSave(then)
	})
	if wrong {
		save.Disable()
	}
	ask.Show(stay)
}
