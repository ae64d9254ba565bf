package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Ask shows fields in a dialog, focuses the first one, and calls agreed if the user
// presses the button labeled agree, or Return in a single-line field. The button is
// disabled while a field is invalid. Fyne's own form dialog ignores Return, and accepts an
// invalid field while it has the focus (https://github.com/fyne-io/fyne/issues/3023).
func (k *Kit) Ask(title, agree string, fields []*widget.FormItem, agreed func()) {
	form := widget.NewForm(fields...)
	d := k.NewDialog(title, form, 560)
	d.Cancel()
	ok := d.Agree(agree, func() {
		d.Hide()
		agreed()
	})
	for _, item := range fields {
		if field, isField := item.Widget.(*Field); isField {
			field.AlwaysShowValidationError = true
			if !field.MultiLine {
				field.OnSubmitted = func(string) { d.Submit() }
			}
		}
	}
	form.SetOnValidationChanged(func(err error) { SetEnabled(ok, err == nil) })
	d.Show(fields[0].Widget.(fyne.Focusable))
}

// Menu opens a menu below a control.
func (k *Kit) Menu(below fyne.CanvasObject, items []*fyne.MenuItem) {
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), k.Win.Canvas())
	menu.ShowAtRelativePosition(fyne.NewPos(0, below.Size().Height), below)
}

// Asking reports whether a dialog is open. Commands check it, because shortcuts
// reach the menu even then.
func (k *Kit) Asking() bool { return k.Win.Canvas().Overlays().Top() != nil }

// Dismiss closes the topmost dialog as its Cancel button does, and reports whether
// there was one.
func (k *Kit) Dismiss() bool {
	top := k.Win.Canvas().Overlays().Top()
	if top == nil {
		return false
	}
	if !k.Leave() {
		k.Win.Canvas().Overlays().Remove(top)
	}
	return true
}

// DialogSize returns the largest size of a dialog, which leaves a margin around it.
func (k *Kit) DialogSize() fyne.Size {
	size := k.Win.Canvas().Size()
	return fyne.NewSize(min(900, size.Width*0.9), min(600, size.Height*0.85))
}

// Tell shows in a dialog what went wrong with a file.
func (k *Kit) Tell(err error) {
	k.Inform(k.T("file.title"), k.FileError(err))
}

// Inform shows a text in a dialog.
func (k *Kit) Inform(title, text string) {
	label := widget.NewLabel(k.ShownText(text))
	label.Wrapping = fyne.TextWrapWord
	d := k.NewDialog(title, Flush(label), 560)
	d.Agree(k.T("fyne.OK"), d.Hide)
	d.Show(nil)
}
