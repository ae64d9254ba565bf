// Package runs is what the window does with runs: it saves what the log shows, opens
// earlier runs and files, and says how well this run is kept.
package runs

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/journal"
	"sseconsole/ui/console"
	"sseconsole/ui/console/files"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/console/rowset"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// Config is what the part of the window needs of the rest.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console
	Log     Log
	Version string // of the program, for reports

	Refresh func()
	Close   func()      // closes the window
	Closing func() bool // reports whether that is under way
}

// Log is the log as saving and opening see it.
type Log interface {
	Show(run logmodel.Records) // shows it instead of this run; with nil this run again
	Records() logmodel.Records // of the run that is shown
	Shown() *rowset.Set        // a copy of the numbers of the rows that are shown
	SelectedRows() int64
	Selection() []widgets.Range
}

// History saves the log, opens earlier runs and files, and says how well this run
// is kept.
type History struct {
	cfg Config
	k   *kit.Kit
	con *console.Console

	Banner *Banner
	Unkept *Unkept
	Jobs   *Jobs
}

func New(cfg Config) *History {
	h := &History{cfg: cfg, k: cfg.Kit, con: cfg.Console}
	h.Banner = newBanner(h)
	h.Unkept = newUnkept(h)
	h.Jobs = newJobs(h)
	return h
}

// Refresh brings all of it up to date.
func (h *History) Refresh() {
	h.Unkept.refresh()
	h.Jobs.refresh()
}

// Banner says that an earlier run is shown, and leads back to this one.
type Banner struct {
	h       *History
	Content *fyne.Container
	Text    *widget.Label
	Back    *kit.Button
	shown   shownRun
	Reader  shownRecords // nil while this run is shown
}

// shownRun is what is shown instead of this run: an earlier one, or a file.
type shownRun struct {
	run    journal.Run
	opened *files.Opened // nil if it is no file
}

// shownRecords are its records.
type shownRecords interface {
	logmodel.Records
	Close() error
}

// shownRun says what is shown.
func shownRunText(w wording.Words, r shownRun) string {
	if r.opened == nil {
		return w.T("run.shown", "Run", w.Run(r.run))
	}
	return w.Join(w.T("run.file", "File", filepath.Base(r.opened.Path)), w.FileFormat(r.opened.Format), w.T("status.rows", "N", r.run.Records), w.Skipped(r.opened.Skipped))
}

func newBanner(h *History) *Banner {
	b := &Banner{h: h, Text: widget.NewLabel("")}
	b.Text.Truncation = fyne.TextTruncateEllipsis
	b.Text.Importance = widget.WarningImportance
	b.Back = kit.NewButton(nil, b.leave)
	b.Content = container.NewBorder(nil, nil, nil, b.Back, b.Text)
	b.Content.Hide()
	h.k.Text(func() {
		b.Back.SetText(h.k.T("run.back"))
		b.Text.SetText(h.k.ShownText(shownRunText(wording.Of(h.k.Texts), b.shown)))
	})
	return b
}

// show shows an earlier run or a file, read-only, or with nil this run again. The banner
// owns the reader from then on.
func (b *Banner) show(run shownRun, reader shownRecords) {
	before := b.Reader
	b.shown, b.Reader = run, reader
	kit.SetVisible(b.Content, reader != nil)
	if reader == nil {
		b.h.cfg.Log.Show(nil)
	} else {
		b.Text.SetText(b.h.k.ShownText(shownRunText(wording.Of(b.h.k.Texts), run)))
		b.h.cfg.Log.Show(reader)
	}
	b.h.cfg.Refresh()
	if before != nil {
		_ = before.Close() // it was only read
	}
}

// leave shows this run again.
func (b *Banner) leave() {
	if b.Reader != nil {
		b.show(shownRun{}, nil)
	}
}

// ChooseRun lists the earlier runs and shows the one that is chosen.
func (h *History) ChooseRun() {
	if h.k.Asking() {
		return
	}
	h.k.Work(func() {
		runs, err := h.con.Files.Kept()
		h.k.Post(func() {
			if err != nil {
				h.k.Tell(err)
				return
			}
			h.ListRuns(runs)
		})
	})
}

// OpenRun opens a run and shows it. It is called off the UI thread.
func (h *History) OpenRun(run journal.Run) {
	reader, err := journal.OpenRun(run.Path)
	h.k.Post(func() {
		if err != nil {
			h.k.Tell(errors.New(run.Path + ": " + err.Error()))
			return
		}
		h.Banner.show(shownRun{run: run}, reader)
	})
}
