package ui

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/journal"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// runBanner says that an earlier run is shown, and leads back to this one.
type runBanner struct {
	w       *window
	content *fyne.Container
	text    *widget.Label
	back    *kit.Button
	shown   shownRun
	reader  shownRecords // nil while this run is shown
}

// shownRun is what is shown instead of this run: an earlier one, or a file.
type shownRun struct {
	run    journal.Run
	opened *console.Opened // nil if it is no file
}

// shownRecords are its records.
type shownRecords interface {
	console.Records
	Close() error
}

// shownRun says what is shown.
func shownRunText(w wording.Words, r shownRun) string {
	if r.opened == nil {
		return w.T("run.shown", "Run", w.Run(r.run))
	}
	return w.Join(w.T("run.file", "File", filepath.Base(r.opened.Path)), w.FileFormat(r.opened.Format), w.T("status.rows", "N", r.run.Records))
}

func newRunBanner(w *window) *runBanner {
	b := &runBanner{w: w, text: widget.NewLabel("")}
	b.text.Truncation = fyne.TextTruncateEllipsis
	b.text.Importance = widget.WarningImportance
	b.back = kit.NewButton(nil, func() { b.show(shownRun{}, nil) })
	b.content = container.NewBorder(nil, nil, nil, b.back, b.text)
	b.content.Hide()
	w.k.Text(func() {
		b.back.SetText(w.k.T("run.back"))
		b.text.SetText(w.k.ShownText(shownRunText(wording.Of(w.k.Texts), b.shown)))
	})
	return b
}

// show shows an earlier run or a file, read-only, or with nil this run again. The banner
// owns the reader from then on.
func (b *runBanner) show(run shownRun, reader shownRecords) {
	before := b.reader
	b.shown, b.reader = run, reader
	kit.SetVisible(b.content, reader != nil)
	if reader == nil {
		b.w.log.show(nil)
	} else {
		b.text.SetText(b.w.k.ShownText(shownRunText(wording.Of(b.w.k.Texts), run)))
		b.w.log.show(reader)
	}
	b.w.refresh()
	if before != nil {
		_ = before.Close() // it was only read
	}
}

// chooseRun lists the earlier runs and shows the one that is chosen.
func (w *window) chooseRun() {
	if w.k.Asking() {
		return
	}
	w.k.Work(func() {
		runs, err := w.con.Runs()
		w.k.Post(func() {
			if err != nil {
				w.k.Tell(err)
				return
			}
			w.listRuns(runs)
		})
	})
}

// openRun opens a run and shows it. It is called off the UI thread.
func (w *window) openRun(run journal.Run) {
	reader, err := journal.OpenRun(run.Path)
	w.k.Post(func() {
		if err != nil {
			w.k.Tell(errors.New(run.Path + ": " + err.Error()))
			return
		}
		w.banner.show(shownRun{run: run}, reader)
	})
}
