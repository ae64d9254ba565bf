package runs

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"

	"sseconsole/ui/console/files"
	"sseconsole/ui/kit/chooser"
	"sseconsole/ui/wording"
)

// ChooseOpen asks for a file with records or a stream and shows it.
func (h *History) ChooseOpen() {
	if h.k.Asking() {
		return
	}
	chooser.OldFile(h.k, h.k.T("open.choose"), h.k.T("fyne.Open"), h.OpenFile)
}

// Dropped opens a file that was dragged into the window.
func (h *History) Dropped(_ fyne.Position, files []fyne.URI) {
	if len(files) > 0 && files[0].Scheme() == "file" && !h.k.Asking() {
		h.OpenFile(files[0].Path())
	}
}

// OpenFile reads a file in the background and shows it. If it cannot be read, a
// dialog says why and nothing else changes.
func (h *History) OpenFile(path string) {
	h.con.Files.Open(path, func(opened *files.Opened, err error) {
		h.k.Post(func() {
			switch {
			case errors.Is(err, files.ErrCancelled):
			case err != nil:
				h.k.Inform(h.k.T("open.title"), wording.Of(h.k.Texts).Labelled(filepath.Base(path), wording.Of(h.k.Texts).OpenError(err)))
			default:
				h.Banner.show(shownRun{opened: opened, run: opened.Run}, opened)
			}
			h.cfg.Refresh()
		})
	})
	h.cfg.Refresh()
}
