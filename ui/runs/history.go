package runs

import (
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/journal"
	"sseconsole/ui/console"
	"sseconsole/ui/console/files"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/console/rowset"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// Config is what this package needs from the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console
	Log     Log
	Version string // of the program, for reports

	Refresh func()      // refreshes the window
	Close   func()      // closes the window
	Closing func() bool // reports whether the window is closing
}

// Log is the part of the log that saving and opening use.
type Log interface {
	Show(run logmodel.Records) // shows run; nil means the current run
	Records() logmodel.Records // returns the records of the shown run
	Shown() *rowset.Set        // returns a copy of the numbers of the records shown
	SelectedRows() int64       // returns the number of selected rows
	Selection() *rowset.Set    // returns the numbers of the records in them, with what is folded
}

// History saves the log, opens earlier runs and files, and warns if the current run
// is not written to disk.
type History struct {
	cfg Config
	k   *kit.Kit
	con *console.Console

	Banner *Banner
	Unkept *Unkept
	Jobs   *Jobs
}

// New returns a History that shows the current run.
func New(cfg Config) *History {
	h := &History{cfg: cfg, k: cfg.Kit, con: cfg.Console}
	h.Banner = newBanner(h)
	h.Unkept = newUnkept(h)
	h.Jobs = newJobs(h)
	return h
}

// Refresh updates the warning and the jobs.
func (h *History) Refresh() {
	h.Unkept.refresh()
	h.Jobs.refresh()
}

// Banner says that an earlier run or a file is shown, and has a button to return to
// the current run.
type Banner struct {
	h       *History
	Content *fyne.Container
	Text    *widget.Label
	Back    *kit.Button
	shown   shownRun
	Reader  shownRecords // nil while the current run is shown
}

// shownRun is what is shown instead of the current run: an earlier run or a file.
type shownRun struct {
	run    journal.Run
	opened *files.Opened // nil if it is not a file
}

// shownRecords is the records of a shownRun.
type shownRecords interface {
	logmodel.Records
	Close() error
}

// shownRunText describes what is shown.
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
	b.Content = kit.Border(nil, nil, nil, b.Back, b.Text)
	b.Content.Hide()
	h.k.Text(func() {
		b.Back.SetText(h.k.T("run.back"))
		b.Text.SetText(h.k.ShownText(shownRunText(wording.Of(h.k.Texts), b.shown)))
	})
	return b
}

// show shows an earlier run or a file; a nil reader means the current run. The banner
// owns reader and closes it.
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
		_ = before.Close() // read-only
	}
}

// leave shows the current run again.
func (b *Banner) leave() {
	if b.Reader != nil {
		b.show(shownRun{}, nil)
	}
}

// ShowCurrent shows the current run, if another one is shown, and says so.
func (h *History) ShowCurrent() {
	if h.Banner.Reader != nil {
		h.Banner.leave()
		h.k.Toast(h.k.T("toast.current_run"), "", nil)
	}
}

// ChooseRun opens the list of runs.
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

// OpenRun opens and shows a run. It blocks, and must be called off the UI thread.
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
