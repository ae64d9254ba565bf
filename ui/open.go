package ui

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"sseconsole/client/eventstream"
	"sseconsole/client/export"
	"sseconsole/client/mask"
	"sseconsole/client/record"
	"sseconsole/ui/console"
)

// chooseOpen asks for a file with records or a stream, and shows it.
func (w *window) chooseOpen() {
	if w.asking() {
		return
	}
	w.chooseOldFile(w.words.T("open.choose"), w.words.T("fyne.Open"), w.openFile)
}

// dropped opens a file that was dragged into the window.
func (w *window) dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) > 0 && files[0].Scheme() == "file" && !w.asking() {
		w.openFile(files[0].Path())
	}
}

// openFile reads a file in the background and shows it. If it cannot be read
// nothing changes, and a dialog says why.
func (w *window) openFile(path string) {
	w.con.OpenFile(path, func(opened *console.Opened, err error) {
		w.post(func() {
			switch {
			case errors.Is(err, console.ErrCancelled):
			case err != nil:
				dialog.ShowInformation(w.words.T("open.title"), w.shownText(filepath.Base(path)+": "+w.words.openError(err)), w.win)
			default:
				w.banner.show(shownRun{opened: opened, run: opened.Run}, opened)
			}
			w.refresh()
		})
	})
	w.refresh()
}

// openError says why a file cannot be opened.
func (w *words) openError(err error) string {
	var line *record.LineError
	var large *eventstream.TooLargeError
	switch {
	case errors.As(err, &line):
		return w.T("open.line", "Line", line.Line, "Why", w.fault(line.Fault), "Detail", mask.Error(line.Err).Error())
	case errors.As(err, &large):
		return w.T("open.large_block", "Size", w.size(int64(large.Limit)))
	case errors.Is(err, export.ErrUnknown):
		return w.T("open.unknown")
	case errors.Is(err, export.ErrNotBundle):
		return w.T("open.not_bundle")
	case errors.Is(err, export.ErrNoRecords):
		return w.T("open.no_records")
	case errors.Is(err, export.ErrBomb):
		return w.T("open.bomb", "Times", export.MaxGrowth)
	}
	return w.fileError(err)
}

func (w *words) fault(f record.Fault) string {
	switch f {
	case record.UnknownField:
		return w.T("open.unknown_field")
	case record.UnknownKind:
		return w.T("open.unknown_kind")
	case record.BadValue:
		return w.T("open.bad_value")
	case record.TooLong:
		return w.T("open.too_long")
	}
	return w.T("open.not_json")
}
