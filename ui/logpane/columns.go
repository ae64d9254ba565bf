package logpane

import (
	"time"

	"sseconsole/client/filter"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/widgets"
	"sseconsole/ui/widgets/text"
	"sseconsole/ui/wording"
)

// column is a column of the log: its title is the text column.KEY, and it is saved in
// the settings by its key.
type column struct {
	widgets.Column
	number int // of its key, which stays the same in later versions
	// cell returns the text of the column for a record, and its role. It may be called
	// from any goroutine.
	cell func(w wording.Words, r *record.Record) (string, widgets.Role)
	// marked says that matches of the filter in field are marked.
	marked bool
	field  filter.Field
	// whole, if not nil, returns the text that is shown as a tip instead of the cell's.
	whole func(r *record.Record) string
}

// The columns that rows treat in a special way.
const (
	timeColumn = 0
	kindColumn = 3
	dataColumn = 6
)

// columns returns the table of columns in display order, as on a first run. Titles, rows,
// copied rows, menu and settings are made from it.
func columns() []column {
	return []column{
		timeColumn: {
			Column: widgets.Column{Key: "time", Max: 12, Min: 6, Cut: text.CutLeft, Right: true}, number: 1,
			cell:  muted(func(_ wording.Words, r *record.Record) string { return r.Time.Format(wording.TimeLayout) }),
			whole: func(r *record.Record) string { return r.Time.Format(wording.WholeTimeLayout) },
		},
		{
			Column: widgets.Column{Key: "target", Max: 16, Min: 6, Cut: text.CutMiddle, Yields: true, Hides: widgets.HidesSame}, number: 2,
			cell: muted(func(w wording.Words, r *record.Record) string { return w.TargetName(r.Target) }),
		},
		{
			Column: widgets.Column{Key: "client_id", Max: 16, Min: 4, Cut: text.CutMiddle, Hides: widgets.HidesSame}, number: 3,
			cell:   func(_ wording.Words, r *record.Record) (string, widgets.Role) { return r.ClientID, widgets.Normal },
			marked: true, field: filter.Client,
		},
		kindColumn: {
			Column: widgets.Column{Key: "kind", Max: 16, Min: 11, Tree: true}, number: 4,
			cell: func(w wording.Words, r *record.Record) (string, widgets.Role) {
				word, _ := roles(r)
				return w.RowKind(r), word
			},
		},
		{
			Column: widgets.Column{Key: "id", Max: 14, Min: 6, Cut: text.CutLeft, Hides: widgets.HidesEmpty}, number: 6,
			cell:   muted(func(_ wording.Words, r *record.Record) string { return wording.RowID(r) }),
			marked: true, field: filter.ID,
		},
		{
			Column: widgets.Column{Key: "took", Max: 8, Right: true, Extra: true, Hides: widgets.HidesEmpty}, number: 7,
			cell: muted(func(_ wording.Words, r *record.Record) string { return wording.RowTook(r) }),
		},
		dataColumn: {
			Column: widgets.Column{Key: "data", Width: 20, Flexible: true, Share: 63}, number: 8,
			cell: func(w wording.Words, r *record.Record) (string, widgets.Role) {
				_, data := roles(r)
				return w.Summary(r), data
			},
			marked: true, field: filter.Anywhere,
		},
	}
}

// muted returns a cell function for a text with the role Muted.
func muted(text func(wording.Words, *record.Record) string) func(wording.Words, *record.Record) (string, widgets.Role) {
	return func(w wording.Words, r *record.Record) (string, widgets.Role) { return text(w, r), widgets.Muted }
}

// FirstColumns returns the columns of a first run, without titles.
func FirstColumns() []widgets.Column {
	var first []widgets.Column
	for _, c := range columns() {
		first = append(first, c.Column)
	}
	return first
}

// savedColumns returns the columns as saved in the settings, with their titles.
func (p *Pane) savedColumns() []widgets.Column {
	columns, saved := FirstColumns(), p.con.Settings().Columns
	for i := range columns {
		c := &columns[i]
		c.Title = p.k.T("column." + c.Key)
		if i == timeColumn {
			c.Title = wording.Zone(time.Now()) // the times speak for themselves
		}
		if s, ok := saved[c.Key]; ok {
			c.Hidden = s.Hidden
			if s.Shown {
				alwaysShow(c)
			}
			if s.Width > 0 {
				c.Width = s.Width
			}
		}
	}
	return columns
}

// rememberColumns saves how the columns differ from those of a first run.
func (p *Pane) rememberColumns(columns []widgets.Column) {
	changed := map[string]settings.Column{}
	for i, first := range FirstColumns() {
		c := columns[i]
		now := settings.Column{Width: c.Width, Hidden: c.Hidden, Shown: c.Hides != first.Hides}
		if now != (settings.Column{Width: first.Width}) {
			changed[c.Key] = now
		}
	}
	p.con.UpdateSettings(func(s *settings.Settings) { s.Columns = changed })
}

// alwaysShow shows a column that would be hidden because its cells say nothing or there is
// little room.
func alwaysShow(c *widgets.Column) {
	c.Hidden, c.Hides, c.Yields, c.Extra = false, widgets.HidesNever, false, false
}

// ToggleColumn shows or hides a column. The last visible one cannot be hidden. One that is
// hidden by itself is shown from now on.
func (p *Pane) ToggleColumn(i int) {
	columns := p.View.Columns()
	if p.View.Shows(i) {
		columns[i].Hidden = true
	} else {
		alwaysShow(&columns[i])
	}
	for j := range columns {
		if j == i && !columns[i].Hidden || j != i && p.View.Shows(j) {
			p.View.SetColumns(columns)
			p.rememberColumns(columns)
			return
		}
	}
}
