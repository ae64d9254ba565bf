package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// Ask shows fields in a dialog, focuses the first one, and calls agreed if the user
// presses the button labeled agree, or Return in a single-line field. Fyne's own
// form dialog ignores Return, and accepts an invalid field while it has the focus.
// Ask can be removed once Fyne does both
// (https://github.com/fyne-io/fyne/issues/3023, which recommends this workaround).
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
