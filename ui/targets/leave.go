package targets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
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
	var ask *dialog.CustomDialog
	stay := widget.NewButton(T("manager.stay"), func() { ask.Hide() })
	drop := widget.NewButton(T("manager.drop"), func() {
		ask.Hide()
		k.choose(k.Chosen)
		then()
	})
	save := widget.NewButton(T("manager.save"), func() {
		ask.Hide()
		k.doSave(then)
	})
	save.Importance = widget.HighImportance
	if n := errorsIn(problems); n > 0 {
		text += "\n" + T("manager.unsaved_wrong")
		save.Disable()
	}
	ask = dialog.NewCustomWithoutButtons(T("manager.unsaved_title"), widget.NewLabel(text), k.t.k.Win)
	ask.SetButtons([]fyne.CanvasObject{drop, stay, save})
	ask.Show()
}
