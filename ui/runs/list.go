package runs

import (
	"cmp"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/journal"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// The columns of the list of runs.
const (
	runStarted = iota
	RunRecords
	RunSize
	runState
	RunTargets
)

// List is a dialog that lists the runs on disk, to open or delete one. It is sorted
// by start, the newest first, until the user chooses another order.
type List struct {
	widget.List
	h      *History
	dialog *kit.Dialog
	Runs   []journal.Run
	titles []*kit.Button // of the columns; nil for one that cannot be sorted by
	Total  *widget.Label
	none   *widget.Label
	Open   *kit.Button
	Remove *kit.Button

	by      int  // the column sorted by
	down    bool // in descending order
	Chosen  int  // index in Runs, or -1
	clicks  widgets.Clicks
	setting bool // Choose is selecting the row; ignore OnSelected
}

// ListRuns shows the list of runs.
func (h *History) ListRuns(runs []journal.Run) {
	if h.k.Asking() {
		return
	}
	T := h.k.T
	l := &List{h: h, Runs: runs, by: runStarted, down: true, Chosen: -1}
	l.Length = func() int { return len(l.Runs) }
	l.CreateItem = func() fyne.CanvasObject { return NewRow(l) }
	l.UpdateItem = func(i widget.ListItemID, o fyne.CanvasObject) { o.(*row).Set(i) }
	l.OnSelected = func(i widget.ListItemID) { l.Choose(i) }
	l.ExtendBaseWidget(l)

	var titles []fyne.CanvasObject
	for column, title := range []string{T("run.started"), T("run.records"), T("run.size"), "", T("run.targets")} {
		if title == "" {
			l.titles = append(l.titles, nil)
			titles = append(titles, widget.NewLabel(""))
			continue
		}
		b := kit.NewButton(nil, func() { l.SortBy(column) })
		b.Importance = widget.LowImportance
		b.Alignment = widget.ButtonAlignLeading
		if column == RunRecords || column == RunSize {
			b.Alignment = widget.ButtonAlignTrailing
		}
		b.IconPlacement = widget.ButtonIconTrailingText
		b.SetText(title)
		l.titles = append(l.titles, b)
		titles = append(titles, b)
	}
	l.none = widget.NewLabel(T("run.none"))
	l.Total = widget.NewLabel("")
	l.dialog = h.k.NewDialog(T("run.title"),
		kit.Border(container.New(runColumns{}, titles...), kit.Flush(l.Total), nil, nil, container.NewStack(l, container.New(layout.NewCenterLayout(), l.none))), 900)
	l.Remove = l.dialog.Button(T("manager.delete_ask"), l.askRemove)
	l.dialog.Cancel()
	l.Open = l.dialog.Agree(T("run.open"), l.doOpen)
	l.sort()
	l.dialog.ShowOfHeight(h.k.DialogSize().Height, l)
	l.Choose(min(0, len(runs)-1)) // now that the list has its height; before, it would scroll
}

// SortBy sorts by a column, or reverses the order if the list is sorted by it.
func (l *List) SortBy(column int) {
	var path string
	if l.Chosen >= 0 {
		path = l.Runs[l.Chosen].Path
	}
	if l.by == column {
		l.down = !l.down
	} else {
		l.by, l.down = column, column != RunTargets // newest and largest first, but names from A to Z
	}
	l.sort()
	l.Choose(slices.IndexFunc(l.Runs, func(r journal.Run) bool { return r.Path == path }))
}

func (l *List) sort() {
	slices.SortStableFunc(l.Runs, func(a, b journal.Run) int {
		order := 0
		switch l.by {
		case RunRecords:
			order = cmp.Compare(a.Records, b.Records)
		case RunSize:
			order = cmp.Compare(a.Bytes, b.Bytes)
		case RunTargets:
			order = cmp.Compare(wording.Of(l.h.k.Texts).TargetNames(a.Targets), wording.Of(l.h.k.Texts).TargetNames(b.Targets))
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
	for _, r := range l.Runs {
		bytes += r.Bytes
	}
	l.Total.SetText(l.h.k.T("run.total", "N", len(l.Runs), "Size", l.h.k.Texts.Size(bytes)))
	kit.SetVisible(l.none, len(l.Runs) == 0)
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

// State says why a run cannot be deleted; "" if it can.
func (l *List) State(r journal.Run) string {
	T := l.h.k.T
	switch {
	case r.Path == l.h.con.Journal.Path():
		return T("run.this")
	case r.InUse:
		return T("run.in_use")
	case l.h.Banner.Reader != nil && r.Path == l.h.Banner.shown.run.Path:
		return T("run.shown_now")
	}
	return ""
}

// Choose chooses run i, or none if i is -1.
func (l *List) Choose(i int) {
	if l.setting {
		return
	}
	l.setting = true
	defer func() { l.setting = false }()
	l.Chosen = i
	if i < 0 {
		l.UnselectAll()
	} else {
		l.Select(i)
	}
	kit.SetEnabled(l.Open, i >= 0 && l.Runs[i].Err == nil)
	kit.SetEnabled(l.Remove, i >= 0 && l.State(l.Runs[i]) == "")
}

func (l *List) doOpen() {
	if l.Chosen < 0 || l.Open.Disabled() {
		return
	}
	run := l.Runs[l.Chosen]
	l.dialog.Hide()
	l.h.k.Work(func() { l.h.OpenRun(run) })
}

// askRemove asks for confirmation and deletes the chosen run.
func (l *List) askRemove() {
	if l.Chosen < 0 || l.Remove.Disabled() {
		return
	}
	h, T, run := l.h, l.h.k.T, l.Runs[l.Chosen]
	which := widget.NewLabel(h.k.ShownText(wording.Of(h.k.Texts).Run(run)))
	which.Truncation = fyne.TextTruncateEllipsis
	which.TextStyle.Bold = true
	ask := h.k.NewDialog(T("run.delete_title"), container.NewVBox(which, kit.Flush(widget.NewLabel(T("run.delete_sure")))), 560)
	end := func() {
		ask.Hide()
		h.k.Win.Canvas().Focus(l)
	}
	stay := ask.Button(T("fyne.Cancel"), end)
	ask.Button(T("manager.delete"), func() {
		end()
		h.k.Work(func() {
			err := h.con.Files.Remove(run)
			h.k.Post(func() { l.Removed(run, err) })
		})
	}).Importance = widget.DangerImportance
	ask.Show(stay)
}

// Removed removes a deleted run from the list, or says why it could not be deleted.
func (l *List) Removed(run journal.Run, err error) {
	T := l.h.k.T
	switch {
	case errors.Is(err, journal.ErrInUse):
		l.h.k.Inform(T("run.title"), T("run.deleted_not", "Detail", T("run.still_used")))
		return
	case err != nil:
		l.h.k.Inform(T("run.title"), T("run.deleted_not", "Detail", err.Error()))
		return
	}
	l.Runs = slices.DeleteFunc(l.Runs, func(r journal.Run) bool { return r.Path == run.Path })
	next := min(l.Chosen, len(l.Runs)-1)
	l.sort()
	l.Choose(-1)
	l.Choose(next)
}

// FocusGained implements fyne.Focusable. Fyne's list would also mark a focused row,
// which may differ from the chosen one.
func (l *List) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *List) FocusLost() {}

// TypedKey implements fyne.Focusable.
func (l *List) TypedKey(k *fyne.KeyEvent) {
	const page = 10
	step := 0
	switch k.Name {
	case fyne.KeyEscape:
		l.h.k.Dismiss()
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
		step = -len(l.Runs)
	case fyne.KeyEnd:
		step = len(l.Runs)
	}
	if step != 0 && len(l.Runs) > 0 {
		l.Choose(max(0, min(len(l.Runs)-1, l.Chosen+step)))
	}
}
