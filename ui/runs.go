package ui

import (
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/export"
	"sseconsole/client/journal"
	"sseconsole/ui/console"
)

// runBanner says that an earlier run is shown, and leads back to this one.
type runBanner struct {
	w       *window
	content *fyne.Container
	text    *widget.Label
	back    *button
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
func (w *words) shownRun(r shownRun) string {
	if r.opened == nil {
		return w.T("run.shown", "Run", w.run(r.run))
	}
	return w.join(w.T("run.file", "File", filepath.Base(r.opened.Path)), w.fileFormat(r.opened.Format), w.T("status.rows", "N", r.run.Records))
}

func (w *words) fileFormat(f export.Format) string {
	switch f {
	case export.FormatBundle:
		return w.T("save.bundle")
	case export.FormatNDJSON:
		return w.T("save.ndjson")
	}
	return w.T("save.raw")
}

func newRunBanner(w *window) *runBanner {
	b := &runBanner{w: w, text: widget.NewLabel("")}
	b.text.Truncation = fyne.TextTruncateEllipsis
	b.text.Importance = widget.WarningImportance
	b.back = newButton(nil, func() { b.show(shownRun{}, nil) })
	b.content = container.NewBorder(nil, nil, nil, b.back, b.text)
	b.content.Hide()
	w.text(func() {
		b.back.SetText(w.words.T("run.back"))
		b.text.SetText(w.shownText(w.words.shownRun(b.shown)))
	})
	return b
}

// show shows an earlier run or a file, read-only, or with nil this run again. The banner
// owns the reader from then on.
func (b *runBanner) show(run shownRun, reader shownRecords) {
	before := b.reader
	b.shown, b.reader = run, reader
	setVisible(b.content, reader != nil)
	if reader == nil {
		b.w.log.show(nil)
	} else {
		b.text.SetText(b.w.shownText(b.w.words.shownRun(run)))
		b.w.log.show(reader)
	}
	b.w.refresh()
	if before != nil {
		_ = before.Close() // it was only read
	}
}

// run words an earlier run: when, how much, and from where.
func (w *words) run(r journal.Run) string {
	if r.Err != nil {
		return w.join(r.Ended.Format("2006-01-02 15:04"), w.size(r.Bytes), w.T("run.broken", "Detail", r.Err.Error()))
	}
	var targets []string
	for _, t := range r.Targets {
		targets = append(targets, w.targetName(t))
	}
	text := w.join(r.Started.Format("2006-01-02 15:04"), w.T("status.rows", "N", r.Records), w.size(r.Bytes), strings.Join(targets, ", "))
	if r.InUse {
		text = w.join(text, w.T("run.in_use"))
	}
	return text
}

// chooseRun lists the earlier runs and shows the one that is chosen.
func (w *window) chooseRun() {
	if w.asking() {
		return
	}
	go func() {
		runs, err := w.con.Runs()
		w.post(func() {
			if err != nil {
				w.tell(err)
				return
			}
			w.listRuns(runs)
		})
	}()
}

// runList is a list in a dialog that Escape dismisses.
type runList struct {
	widget.List
	w *window
}

// TypedKey implements fyne.Focusable.
func (l *runList) TypedKey(k *fyne.KeyEvent) {
	if k.Name != fyne.KeyEscape || !l.w.dismiss() {
		l.List.TypedKey(k)
	}
}

func (w *window) listRuns(runs []journal.Run) {
	if w.asking() {
		return
	}
	list := &runList{w: w}
	list.Length = func() int { return len(runs) }
	list.CreateItem = func() fyne.CanvasObject {
		label := widget.NewLabel("")
		label.Truncation = fyne.TextTruncateEllipsis
		return label
	}
	list.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) {
		o.(*widget.Label).SetText(w.shownText(w.words.run(runs[i])))
	}
	list.ExtendBaseWidget(list)
	hint := widget.NewLabel(w.words.T("run.none"))
	setVisible(hint, len(runs) == 0)
	d := dialog.NewCustom(w.words.T("run.title"), w.words.T("fyne.Cancel"),
		container.NewStack(list, container.New(layout.NewCenterLayout(), hint)), w.win)
	list.OnSelected = func(i widget.ListItemID) {
		d.Hide()
		go w.openRun(runs[i])
	}
	d.Resize(w.dialogSize())
	d.Show()
	w.win.Canvas().Focus(list)
}

// openRun opens a run and shows it. It is called off the UI thread.
func (w *window) openRun(run journal.Run) {
	reader, err := journal.OpenRun(run.Path)
	w.post(func() {
		if err != nil {
			w.tell(errors.New(run.Path + ": " + err.Error()))
			return
		}
		w.banner.show(shownRun{run: run}, reader)
	})
}
