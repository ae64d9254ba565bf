package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// ask shows fields in a dialog, with the focus in the first one, and calls
// agreed if the person presses the button that agree names, or Return in a field
// of one line. Fyne's own dialog does not know Return, and takes what is wrong as
// long as its field has the focus.
func (k *kit) ask(title, agree string, fields []*widget.FormItem, agreed func()) {
	var d *dialog.FormDialog
	for _, item := range fields {
		if field, ok := item.Widget.(*entry); ok {
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
	}, k.win)
	d.Resize(fyne.NewSize(min(560, k.dialogSize().Width), 0))
	d.Show()
	k.win.Canvas().Focus(fields[0].Widget.(fyne.Focusable))
}

// asking reports whether a dialog is open already; shortcuts still reach the menu
// then.
func (k *kit) asking() bool { return k.win.Canvas().Overlays().Top() != nil }

// dismiss closes the dialog on top, as its Cancel does, and reports whether there
// was one.
func (k *kit) dismiss() bool {
	top := k.win.Canvas().Overlays().Top()
	if top == nil {
		return false
	}
	if !k.leave() {
		k.win.Canvas().Overlays().Remove(top)
	}
	return true
}

// dialogSize leaves a little of the window around a dialog.
func (k *kit) dialogSize() fyne.Size {
	size := k.win.Canvas().Size()
	return fyne.NewSize(min(900, size.Width*0.9), min(600, size.Height*0.85))
}

// tell says in a dialog what went wrong with a file.
func (k *kit) tell(err error) {
	dialog.ShowInformation(k.T("file.title"), k.fileError(err), k.win)
}

// inform shows a text in a dialog.
func (k *kit) inform(title, text string) {
	label := widget.NewLabel(k.shownText(text))
	label.Wrapping = fyne.TextWrapWord
	d := dialog.NewCustom(title, k.T("fyne.OK"), label, k.win)
	d.Resize(fyne.NewSize(min(620, k.dialogSize().Width), 0))
	d.Show()
}
