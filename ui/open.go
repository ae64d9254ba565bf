package ui

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"sseconsole/ui/console"
	"sseconsole/ui/wording"
)

// chooseOpen asks for a file with records or a stream, and shows it.
func (w *window) chooseOpen() {
	if w.k.Asking() {
		return
	}
	w.k.ChooseOldFile(w.k.T("open.choose"), w.k.T("fyne.Open"), w.openFile)
}

// dropped opens a file that was dragged into the window.
func (w *window) dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) > 0 && files[0].Scheme() == "file" && !w.k.Asking() {
		w.openFile(files[0].Path())
	}
}

// openFile reads a file in the background and shows it. If it cannot be read
// nothing changes, and a dialog says why.
func (w *window) openFile(path string) {
	w.con.OpenFile(path, func(opened *console.Opened, err error) {
		w.k.Post(func() {
			switch {
			case errors.Is(err, console.ErrCancelled):
			case err != nil:
				dialog.ShowInformation(w.k.T("open.title"), w.k.ShownText(filepath.Base(path)+": "+wording.Of(w.k.Texts).OpenError(err)), w.k.Win)
			default:
				w.banner.show(shownRun{opened: opened, run: opened.Run}, opened)
			}
			w.refresh()
		})
	})
	w.refresh()
}
