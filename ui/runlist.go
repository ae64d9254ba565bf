package ui

import (
	"cmp"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/journal"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// The columns of the list of runs, by which it is sorted.
const (
	runStarted = iota
	runRecords
	runSize
	runState
	runTargets
)

// runList is the list of the runs that are kept, in a dialog: one is opened, or
// deleted for good. The newest are first until another order is chosen.
type runList struct {
	widget.List
	w      *window
	dialog *dialog.CustomDialog
	runs   []journal.Run
	titles []*kit.Button // of the columns; nil for one that sorts nothing
	total  *widget.Label
	none   *widget.Label
	open   *kit.Button
	remove *kit.Button

	by      int  // a column
	down    bool // from the greatest
	chosen  int  // -1 for none
	clicks  widgets.Clicks
	setting bool // the list is told what is chosen
}

// listRuns shows the list of runs.
func (w *window) listRuns(runs []journal.Run) {
	if w.k.Asking() {
		return
	}
	T := w.k.T
	l := &runList{w: w, runs: runs, by: runStarted, down: true, chosen: -1}
	l.Length = func() int { return len(l.runs) }
	l.CreateItem = func() fyne.CanvasObject { return newRunRow(l) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { o.(*runRow).set(i) }
	l.OnSelected = func(i widget.ListItemID) { l.choose(i) }
	l.ExtendBaseWidget(l)

	var titles []fyne.CanvasObject
	for column, title := range []string{T("run.started"), T("run.records"), T("run.size"), "", T("run.targets")} {
		if title == "" {
			l.titles = append(l.titles, nil)
			titles = append(titles, widget.NewLabel(""))
			continue
		}
		b := kit.NewButton(nil, func() { l.sortBy(column) })
		b.Importance = widget.LowImportance
		b.Alignment = widget.ButtonAlignLeading
		if column == runRecords || column == runSize {
			b.Alignment = widget.ButtonAlignTrailing
		}
		b.IconPlacement = widget.ButtonIconTrailingText
		b.SetText(title)
		l.titles = append(l.titles, b)
		titles = append(titles, b)
	}
	l.none = widget.NewLabel(T("run.none"))
	l.total = widget.NewLabel("")
	l.open = kit.NewButton(theme.FolderOpenIcon(), l.doOpen)
	l.open.SetText(T("run.open"))
	l.open.Importance = widget.HighImportance
	l.remove = kit.NewButton(theme.DeleteIcon(), l.askRemove)
	l.remove.SetText(T("run.delete"))
	cancel := kit.NewButton(theme.CancelIcon(), func() { l.dialog.Hide() })
	cancel.SetText(T("fyne.Cancel"))

	l.dialog = dialog.NewCustomWithoutButtons(T("run.title"),
		container.NewBorder(container.New(runColumns{}, titles...), l.total, nil, nil, container.NewStack(l, container.New(layout.NewCenterLayout(), l.none))), w.k.Win)
	l.dialog.SetButtons([]fyne.CanvasObject{l.remove, cancel, l.open})
	l.sort()
	l.choose(min(0, len(runs)-1))
	l.dialog.Resize(w.k.DialogSize())
	l.dialog.Show()
	w.k.Win.Canvas().Focus(l)
}

// sortBy sorts by a column, or turns the order round if it is sorted by it.
func (l *runList) sortBy(column int) {
	var path string
	if l.chosen >= 0 {
		path = l.runs[l.chosen].Path
	}
	if l.by == column {
		l.down = !l.down
	} else {
		l.by, l.down = column, column != runTargets // the newest and the largest are looked for, and names from A on
	}
	l.sort()
	l.choose(slices.IndexFunc(l.runs, func(r journal.Run) bool { return r.Path == path }))
}

func (l *runList) sort() {
	slices.SortStableFunc(l.runs, func(a, b journal.Run) int {
		order := 0
		switch l.by {
		case runRecords:
			order = cmp.Compare(a.Records, b.Records)
		case runSize:
			order = cmp.Compare(a.Bytes, b.Bytes)
		case runTargets:
			order = cmp.Compare(wording.Of(l.w.k.Texts).TargetNames(a.Targets), wording.Of(l.w.k.Texts).TargetNames(b.Targets))
		}
		if l.by == runStarted || order == 0 {
			order = cmp.Compare(wording.Begun(a).UnixNano(), wording.Begun(b).UnixNano())
		}
		if l.down {
			return -order
		}
		return order
	})
	var bytes int64
	for _, r := range l.runs {
		bytes += r.Bytes
	}
	l.total.SetText(l.w.k.T("run.total", "N", len(l.runs), "Size", l.w.k.Texts.Size(bytes)))
	kit.SetVisible(l.none, len(l.runs) == 0)
	for column, b := range l.titles {
		if b == nil {
			continue
		}
		var icon fyne.Resource
		if column == l.by && l.down {
			icon = theme.MenuDropDownIcon()
		} else if column == l.by {
			icon = theme.MenuDropUpIcon()
		}
		b.SetIcon(icon)
	}
	l.Refresh()
}

// state says why a run cannot be deleted, if it cannot.
func (l *runList) state(r journal.Run) string {
	T := l.w.k.T
	switch {
	case r.Path == l.w.con.Journal.Path():
		return T("run.this")
	case r.InUse:
		return T("run.in_use")
	case l.w.banner.reader != nil && r.Path == l.w.banner.shown.run.Path:
		return T("run.shown_now")
	}
	return ""
}

// choose chooses run i, -1 for none.
func (l *runList) choose(i int) {
	if l.setting {
		return
	}
	l.setting = true
	defer func() { l.setting = false }()
	l.chosen = i
	if i < 0 {
		l.UnselectAll()
	} else {
		l.Select(i)
	}
	kit.SetEnabled(l.open, i >= 0 && l.runs[i].Err == nil)
	kit.SetEnabled(l.remove, i >= 0 && l.state(l.runs[i]) == "")
}

func (l *runList) doOpen() {
	if l.chosen < 0 || l.open.Disabled() {
		return
	}
	run := l.runs[l.chosen]
	l.dialog.Hide()
	l.w.k.Work(func() { l.w.openRun(run) })
}

// askRemove asks whether the chosen run is to be deleted, and does it.
func (l *runList) askRemove() {
	if l.chosen < 0 || l.remove.Disabled() {
		return
	}
	w, T, run := l.w, l.w.k.T, l.runs[l.chosen]
	which := widget.NewLabel(w.k.ShownText(wording.Of(w.k.Texts).Run(run)))
	which.Truncation = fyne.TextTruncateEllipsis
	which.TextStyle.Bold = true
	var ask *dialog.CustomDialog
	end := func() {
		ask.Hide()
		w.k.Win.Canvas().Focus(l)
	}
	stay := kit.NewButton(nil, end)
	stay.SetText(T("fyne.Cancel"))
	remove := kit.NewButton(theme.DeleteIcon(), func() {
		end()
		w.k.Work(func() {
			err := w.con.RemoveRun(run)
			w.k.Post(func() { l.removed(run, err) })
		})
	})
	remove.SetText(T("manager.delete"))
	remove.Importance = widget.DangerImportance
	ask = dialog.NewCustomWithoutButtons(T("run.delete_title"), container.NewVBox(which, widget.NewLabel(T("run.delete_sure"))), w.k.Win)
	ask.SetButtons([]fyne.CanvasObject{stay, remove})
	ask.Resize(fyne.NewSize(min(560, w.k.DialogSize().Width), 0))
	ask.Show()
	w.k.Win.Canvas().Focus(stay)
}

// removed takes a run out of the list, or says why it was not deleted.
func (l *runList) removed(run journal.Run, err error) {
	T := l.w.k.T
	switch {
	case errors.Is(err, journal.ErrInUse):
		l.w.k.Inform(T("run.title"), T("run.deleted_not", "Detail", T("run.still_used")))
		return
	case err != nil:
		l.w.k.Inform(T("run.title"), T("run.deleted_not", "Detail", err.Error()))
		return
	}
	l.runs = slices.DeleteFunc(l.runs, func(r journal.Run) bool { return r.Path == run.Path })
	next := min(l.chosen, len(l.runs)-1)
	l.sort()
	l.choose(-1)
	l.choose(next)
}

// FocusGained implements fyne.Focusable. Fyne would mark a row of its own beside
// the chosen one.
func (l *runList) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *runList) FocusLost() {}

// TypedKey implements fyne.Focusable.
func (l *runList) TypedKey(k *fyne.KeyEvent) {
	const page = 10
	step := 0
	switch k.Name {
	case fyne.KeyEscape:
		l.w.k.Dismiss()
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.doOpen()
	case fyne.KeyDelete, fyne.KeyBackspace:
		l.askRemove()
	case fyne.KeyUp:
		step = -1
	case fyne.KeyDown:
		step = 1
	case fyne.KeyPageUp:
		step = -page
	case fyne.KeyPageDown:
		step = page
	case fyne.KeyHome:
		step = -len(l.runs)
	case fyne.KeyEnd:
		step = len(l.runs)
	}
	if step != 0 && len(l.runs) > 0 {
		l.choose(max(0, min(len(l.runs)-1, l.chosen+step)))
	}
}
