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
func (w *window) ask(title, agree string, fields []*widget.FormItem, agreed func()) {
	var d *dialog.FormDialog
	for _, item := range fields {
		if field, ok := item.Widget.(*entry); ok {
			field.AlwaysShowValidationError = true
			if !field.MultiLine {
				field.OnSubmitted = func(string) { d.Submit() }
			}
		}
	}
	d = dialog.NewForm(title, agree, w.words.T("fyne.Cancel"), fields, func(ok bool) {
		if ok {
			agreed()
		}
	}, w.win)
	d.Resize(fyne.NewSize(min(560, w.dialogSize().Width), 0))
	d.Show()
	w.win.Canvas().Focus(fields[0].Widget.(fyne.Focusable))
}
