package ui

import (
	"errors"
	"io/fs"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"sseconsole/client/mask"
	"sseconsole/client/regularfile"
	"sseconsole/ui/console"
)

// chooseFile asks for a file and puts it into the form as the content.
func (w *window) chooseFile() {
	if w.asking() {
		return
	}
	w.chooseOldFile(w.words.T("file.choose"), w.words.T("file.take"), func(path string) {
		w.work(func() {
			var content string
			file, err := regularfile.Open(path)
			if err == nil {
				content, err = console.ReadFile(file)
			}
			w.post(func() {
				if err != nil {
					w.tell(err)
					return
				}
				w.form.setLarge(content)
				w.refresh()
			})
		})
	})
}

// asking tells whether a dialog is open already; shortcuts still reach the menu
// then.
func (w *window) asking() bool { return w.win.Canvas().Overlays().Top() != nil }

// dismiss closes the dialog on top, as its Cancel does, and tells whether there
// was one.
func (w *window) dismiss() bool {
	overlays := w.win.Canvas().Overlays()
	top := overlays.Top()
	switch {
	case top == nil:
		return false
	case w.manager != nil && w.manager.popup.Visible() && len(overlays.List()) == 1:
		w.manager.leave(w.manager.hide) // which asks what to do with changes
	default:
		overlays.Remove(top)
	}
	return true
}

// dialogSize leaves a little of the window around a dialog.
func (w *window) dialogSize() fyne.Size {
	size := w.win.Canvas().Size()
	return fyne.NewSize(min(900, size.Width*0.9), min(600, size.Height*0.85))
}

// tell says in a dialog what went wrong with a file.
func (w *window) tell(err error) {
	text := w.words.fileError(err)
	if errors.Is(err, console.ErrTooLarge) {
		text = w.words.T("file.too_large", "Size", w.words.size(console.MaxFile))
	}
	dialog.ShowInformation(w.words.T("file.title"), text, w.win)
}

// fileError words why a file was not read.
func (w *words) fileError(err error) string {
	var refused *regularfile.Error
	var system *fs.PathError
	switch {
	case errors.As(err, &refused):
		return w.T("file.refused."+string(refused.Kind), "Size", w.size(refused.Most))
	case errors.As(err, &system):
		return w.T("file.not_read", "Detail", system.Err.Error())
	}
	return w.T("file.not_read", "Detail", mask.Error(err).Error())
}
