package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// Ask shows fields in a dialog, with the focus in the first one, and calls
// agreed if the person presses the button that agree names, or Return in a field
// of one line. Fyne's own dialog does not know Return, and takes what is wrong as
// long as its field has the focus. It goes once Fyne's does both; asked for in
// https://github.com/fyne-io/fyne/issues/3023, which was answered with this way.
func (k *Kit) Ask(title, agree string, fields []*widget.FormItem, agreed func()) {
	var d *dialog.FormDialog
	for _, item := range fields {
		if field, ok := item.Widget.(*Field); ok {
			field.AlwaysShowValidationError = true
			if !field.MultiLine {
				field.OnSubmitted = func(string) { d.Submit() }
			}
		}
	}
	d = dialog.NewForm(title, agree, k.T("fyne.Cancel"), fields, func(ok bool) {
		if ok {
			agreed()
		}
	}, k.Win)
	d.Resize(fyne.NewSize(min(560, k.DialogSize().Width), 0))
	d.Show()
	k.Win.Canvas().Focus(fields[0].Widget.(fyne.Focusable))
}

// Asking reports whether a dialog is open already; shortcuts still reach the menu
// then.
func (k *Kit) Asking() bool { return k.Win.Canvas().Overlays().Top() != nil }

// Dismiss closes the dialog on top, as its Cancel does, and reports whether there
// was one.
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

// DialogSize leaves a little of the window around a dialog.
func (k *Kit) DialogSize() fyne.Size {
	size := k.Win.Canvas().Size()
	return fyne.NewSize(min(900, size.Width*0.9), min(600, size.Height*0.85))
}

// Tell says in a dialog what went wrong with a file.
func (k *Kit) Tell(err error) {
	dialog.ShowInformation(k.T("file.title"), k.FileError(err), k.Win)
}

// Inform shows a text in a dialog.
func (k *Kit) Inform(title, text string) {
	label := widget.NewLabel(k.ShownText(text))
	label.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustom(title, k.T("fyne.OK"), label, k.Win)
	d.Resize(fyne.NewSize(min(620, k.DialogSize().Width), 0))
	d.Show()
}
