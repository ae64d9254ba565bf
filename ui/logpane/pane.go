package logpane

import (
	"cmp"
	"context"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/filter"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/console/rowset"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/logpane/details"
	"sseconsole/ui/widgets"
)

// Config is what the log needs from the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	Open      func()             // shows the log's tab
	Changed   func()             // is called when menu items may have to be marked or disabled
	Subscribe func()             // subscribes with what the form says
	CopyCurl  func(secrets bool) // copies the request of the selected row as a curl command
}

// Pane shows the records of a run, the newest at the bottom.
type Pane struct {
	cfg     Config
	k       *kit.Kit
	con     *console.Console
	Kinds   *Kinds
	Bar     *Filter
	Details *details.Details
	View    *widgets.LogView
	Empty   *kit.Empty
	next    func() // what the button of Empty does
	columns []column
	place   *place
	panes   *fyne.Container // the rows and the details

	From    logmodel.Records // the current run's journal, or an earlier run
	Model   *logmodel.Log
	Filter  *filter.Filter // the filter in the bar
	scope   logmodel.Scope
	only    bool  // show matching rows only; otherwise matches are highlighted
	unfold  bool  // show children in rows of their own
	cleared int64 // records up to this number are hidden by Clear
	drawn   drawn // the row that was asked for last

	wanted    int64              // the record to select once its row is known, or 0
	near      bool               // if wanted is not shown, select the row after it
	following bool               // then scroll to the end
	cancel    context.CancelFunc // stops a search; never nil
}

// Limits of the log's text size, in Fyne's units.
const (
	minLogTextSize = 8
	maxLogTextSize = 32
)

// New returns the log of the current run.
func New(cfg Config) *Pane {
	p := &Pane{cfg: cfg, k: cfg.Kit, con: cfg.Console, From: cfg.Console.Journal, columns: columns(), only: true, unfold: cfg.Console.Settings().Unfold, cancel: func() {}}
	p.Kinds = newKinds(p)
	p.Model = logmodel.NewLog(p.From, p.query())
	p.View = widgets.NewLogView(p.k.Fonts, nil)
	p.View.Tip = p.k.Tip
	p.View.SetSource(p)
	p.View.SetTextSize(cmp.Or(p.con.Settings().LogTextSize, look.LogTextSize))
	p.View.OnSelected = func(int64) {
		p.Details.Show(p.Selected())
		p.openDetails()
		p.Bar.refresh()
		p.cfg.Changed()
	}
	p.View.OnCopy = p.copyRows
	p.View.OnColumns = p.rememberColumns
	p.View.OnKey = p.typedKey
	p.View.OnFold, p.View.OnLink, p.View.Whole = p.toggle, p.openWhy, p.whole
	p.View.OnMenu = func(_ int64, at fyne.Position) { p.rowMenu(at) }
	p.View.NewestLabel = func(below int64) string { return p.k.T("log.newest", "N", below) }
	p.k.Text(func() {
		p.View.SetColumns(p.savedColumns())
		p.showEmpty()
		p.View.Refresh()
	})
	p.Empty = kit.NewEmpty(func() { p.next() })
	p.Bar = newFilter(p)
	p.Details = details.New(details.Config{
		Kit: p.k, Console: p.con,
		From:       func() logmodel.Records { return p.From },
		Connection: func(r *record.Record) (_, _ *record.Record) { return p.Model.Connection(r, math.MaxInt) },
		Close:      func() { p.View.Select(-1) },
		FilterBy: func(line string) {
			p.Bar.Field.SetText(line)
			p.Bar.Apply()
		},
	})
	p.place = newPlace(p)
	p.panes = container.New(p.place, p.place.split)
	return p
}

// Layout returns the log with its filter row and details. line is placed
// directly above the rows.
func (p *Pane) Layout(line fyne.CanvasObject) fyne.CanvasObject {
	return kit.Border(container.NewVBox(p.Bar.row, p.Bar.Message, line), nil, nil, nil, p.panes)
}

// Len implements widgets.Source.
func (p *Pane) Len() int64 { return p.Model.Len() }

// query returns which records the log shows.
func (p *Pane) query() logmodel.Query {
	q := logmodel.Query{Scope: p.scope, Shows: p.Kinds.shows(), Cleared: p.cleared, Unfold: p.unfold, Program: p.con.Settings().Notices}
	if p.only {
		q.Filter = p.Filter
	} else {
		q.Mark = p.Filter
	}
	return q
}

// Refresh updates the rows. It takes a bounded time: with very many records it takes
// several calls to show all rows.
func (p *Pane) Refresh() {
	p.changed(p.Model.Refresh())
	if p.wanted > 0 {
		p.selectWanted()
	}
	p.showEmpty()
	p.Bar.refresh()
	p.Kinds.refresh()
}

// changed applies a change of the rows to the view.
func (p *Pane) changed(c logmodel.Change) {
	if c.Reset {
		p.View.SetSource(p)
	}
	if c.Trimmed > 0 {
		p.View.Trimmed(c.Trimmed)
	}
	for _, out := range c.Removed {
		p.View.Removed(out.At, out.N)
	}
	for i, in := range c.Inserted {
		if i == len(c.Inserted)-1 && in.At+in.N == p.Len() {
			p.View.Changed()
		} else {
			p.View.Inserted(in.At, in.N)
		}
	}
}

// selectWanted selects the wanted record, once it is known whether it has a row.
func (p *Pane) selectWanted() {
	if !p.Model.Known(p.wanted) && p.Model.Progress().Working {
		return
	}
	row, shown := p.Model.Row(p.wanted)
	if !shown {
		p.reveal(p.wanted)
		row, shown = p.Model.Row(p.wanted)
	}
	if !shown && !p.near || p.Len() == 0 {
		p.wanted = 0
		p.openDetails() // there is nothing left to show in them
		return
	}
	p.wanted = 0
	p.View.GoTo(min(row, p.Len()-1))
	if p.following {
		p.View.ScrollToEnd()
	}
}

// goTo selects the row of a record, now or once it is known. If the record is not
// shown, near selects the next row.
func (p *Pane) goTo(seq int64, near bool) {
	p.cfg.Open()
	p.wanted, p.near, p.following = seq, near, false
	p.Model.Focus(seq)
	p.selectWanted()
}

// Selected returns the selected record, or nil.
func (p *Pane) Selected() *record.Record {
	if i := p.View.Selected(); i >= 0 && i < p.Len() {
		return p.From.At(p.Model.At(i))
	}
	return nil
}

// position returns the number of the selected record, or the one after the last.
func (p *Pane) position() int64 {
	if i := p.View.Selected(); i >= 0 && i < p.Len() {
		return p.Model.At(i)
	}
	_, last := p.From.Bounds()
	return last + 1
}

// SetScope limits the rows, their counts, finding and saving to a scope.
func (p *Pane) SetScope(s console.Scope) {
	scope := logmodel.Scope{}
	if s.One {
		scope = logmodel.Scope{One: true, Target: s.Pair.Target(), ClientID: s.Pair.ClientID}
	}
	if scope != p.scope {
		p.cancel()
		p.scope = scope
		p.refilter()
	}
}

// Clear hides all current records; ShowAll shows them again.
func (p *Pane) Clear() {
	_, p.cleared = p.From.Bounds()
	p.refilter()
}

// ShowAll shows the records hidden by Clear.
func (p *Pane) ShowAll() {
	p.cleared = 0
	p.refilter()
}

// refilter applies a changed query. The selected record stays selected if it is still
// shown.
func (p *Pane) refilter() {
	p.wanted, p.near, p.following = 0, false, p.View.Following()
	focus := int64(0)
	if r := p.Selected(); r != nil {
		p.wanted = r.Seq
		if !p.following {
			focus, p.near = r.Seq, true
		}
	}
	p.Model.Show(p.From, p.query(), focus)
	p.Refresh()
}

// Show shows an earlier run; nil means the current run.
func (p *Pane) Show(from logmodel.Records) {
	if from == nil {
		from = p.con.Journal
	}
	p.cancel()
	p.View.Select(-1)
	p.From, p.cleared = from, 0
	p.Details.Show(nil)
	p.refilter()
}

// Records returns the records of the run that is shown.
func (p *Pane) Records() logmodel.Records { return p.From }

// Shown returns a copy of the numbers of the records that are shown, in rows or folded.
func (p *Pane) Shown() *rowset.Set { return p.Model.Records() }

// SelectedRows returns the number of selected rows.
func (p *Pane) SelectedRows() int64 { return p.View.SelectedRows() }

// Selection returns the numbers of the records in the selected rows and of their folded
// children.
func (p *Pane) Selection() *rowset.Set { return p.recordsOf(p.View.Selection()) }

func (p *Pane) recordsOf(selected []widgets.Range) *rowset.Set {
	rows := make([]logmodel.Rows, len(selected))
	for i, r := range selected {
		rows[i] = logmodel.Rows{At: r.From, N: r.To - r.From}
	}
	return p.Model.RecordsOf(rows)
}

// End stops the filtering in the background and waits for it.
func (p *Pane) End() { p.Model.Close() }

// LargerText increases the size of the log's and the details' text.
func (p *Pane) LargerText() { p.setTextSize(p.View.TextSize() + 1) }

// SmallerText decreases the size of the log's and the details' text.
func (p *Pane) SmallerText() { p.setTextSize(p.View.TextSize() - 1) }

// NormalText resets the size of the log's and the details' text.
func (p *Pane) NormalText() { p.setTextSize(look.LogTextSize) }

// setTextSize sets the size of the log's and the details' text, within the limits.
func (p *Pane) setTextSize(size float32) {
	size = min(max(size, minLogTextSize), maxLogTextSize)
	p.con.UpdateSettings(func(s *settings.Settings) { s.LogTextSize = size })
	p.View.SetTextSize(size)
	p.Details.SetTextSize(size)
}

// rowMenu opens a menu with what can be copied from the selected row.
func (p *Pane) rowMenu(at fyne.Position) {
	T, r := p.k.T, p.Selected()
	if r == nil {
		return
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(T("menu.copy_row"), p.Details.Copy)}
	if p.canToggle() {
		items = append(items, fyne.NewMenuItem(T("menu.fold"), p.ToggleSelected))
	}
	if row := p.View.Selected(); p.Row(row).Link != "" {
		items = append(items, fyne.NewMenuItem(T("log.why_menu"), func() { p.openWhy(row) }))
	}
	if r.IsRequest() {
		items = append(items,
			fyne.NewMenuItem(T("menu.copy_curl"), func() { p.cfg.CopyCurl(false) }),
			fyne.NewMenuItem(T("menu.copy_curl_secrets"), func() { p.cfg.CopyCurl(true) }))
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), p.k.Win.Canvas(), at)
}
