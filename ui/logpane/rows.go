package logpane

import (
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/filter"
	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/logpane/details"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// drawn is the row that was asked for last. The view asks for rows from top to bottom: the
// first one shows its whole time, the others what differs from the row before.
type drawn struct {
	row  int64
	time time.Time
}

// Row implements widgets.Source.
func (p *Pane) Row(i int64) widgets.Row {
	seq := p.Model.At(i)
	r := p.From.At(seq)
	if r == nil { // dropped since the last refresh
		return widgets.Row{}
	}
	w, before := wording.Of(p.k.Texts), time.Time{}
	if p.drawn.row == i-1 {
		before = p.drawn.time
	}
	p.drawn = drawn{i, r.Time}
	row := row(p.columns, w, p.Filter, r)
	row.Cells[timeColumn].Text = wording.RowTime(r.Time, before)
	row.Dim = !p.Model.Matches(seq)
	if p.Model.Parent(seq) > 0 {
		row.Level = 1
	}
	if children, folded := p.Model.Folded(seq); folded {
		row.Fold = widgets.Folded
	} else if children {
		row.Fold = widgets.Unfolded
	}
	p.addSentence(&row, w, r)
	return row
}

// ParentRow implements widgets.Tree.
func (p *Pane) ParentRow(i int64) int64 {
	if parent := p.Model.Parent(p.Model.At(i)); parent > 0 {
		i, _ = p.Model.Row(parent)
	}
	return i
}

// addSentence says across the row how a request went, or why a connection broke.
func (p *Pane) addSentence(row *widgets.Row, w wording.Words, r *record.Record) {
	about := r
	s, broken := w.Broken(r)
	if r.IsRequest() {
		about = p.outcome(r)
		if about == nil {
			return
		}
		s, broken = w.Requested(r, about), wording.IsError(about)
	}
	if s.Text == "" {
		return
	}
	row.Sentence.Text, row.Spare = s.Text, s.Spare
	_, row.Sentence.Role = roles(r)
	row.SentenceFrom = dataColumn
	if broken {
		row.Sentence.Role, _ = roles(about)
		row.SentenceFrom, row.Link = kindColumn, w.T("log.why")
	}
	row.Sentence.Hits = p.Filter.Hits(filter.Anywhere, s.Text)
}

// outcome returns the record that says how a request went, nil as long as there is none.
func (p *Pane) outcome(r *record.Record) (outcome *record.Record) {
	for _, child := range p.Model.Children(r.Seq) {
		switch c := p.From.At(child); {
		case c == nil:
		case c.Kind == record.Answer, c.Kind == record.Open, c.Kind == record.Fail:
			outcome = c
		}
	}
	return outcome
}

// row returns the cells of a record, with the matches of f marked.
func row(table []column, w wording.Words, f *filter.Filter, r *record.Record) widgets.Row {
	cells := make([]widgets.Cell, len(table))
	for i, c := range table {
		cells[i].Text, cells[i].Role = c.cell(w, r)
		if c.marked {
			cells[i].Hits = f.Hits(c.field, cells[i].Text)
		}
	}
	if r.Kind == record.Event {
		cells[kindColumn].Hits = typeHits(f, r.Type, cells[kindColumn].Text)
	}
	return widgets.Row{Cells: cells}
}

// typeHits returns the matches of f in the type of an event, at the end of text.
func typeHits(f *filter.Filter, typ, text string) (hits [][2]int) {
	before := len(text) - len(typ)
	for _, h := range f.Hits(filter.Type, typ) {
		hits = append(hits, [2]int{before + h[0], before + h[1]})
	}
	return hits
}

// whole returns the whole text of a cell whose column shows only a part, "" otherwise.
func (p *Pane) whole(i int64, column int) string {
	if whole := p.columns[column].whole; whole != nil {
		if r := p.From.At(p.Model.At(i)); r != nil {
			return whole(r)
		}
	}
	return ""
}

// roles returns the roles of a record's kind and of its data. Received and sent data
// has the normal role.
func roles(r *record.Record) (word, data widgets.Role) {
	if wording.IsError(r) {
		return widgets.Bad, widgets.Bad
	}
	switch r.Kind {
	case record.Event, record.Text:
		return widgets.Normal, widgets.Normal
	case record.Send:
		return widgets.Accent, widgets.Normal
	case record.Subscribe, record.Close:
		return widgets.Accent, widgets.Muted
	case record.Open:
		return widgets.Good, widgets.Muted
	case record.End, record.Fail, record.Reconnect, record.Discarded, record.Notice:
		return widgets.Warn, widgets.Muted
	case record.Problem:
		switch judge.SeverityOf(r.Type) {
		case judge.Error:
			return widgets.Bad, widgets.Bad
		case judge.Advice:
			return widgets.Accent, widgets.Normal
		}
		return widgets.Warn, widgets.Warn
	case record.Difference:
		return widgets.Warn, widgets.Warn
	}
	return widgets.Muted, widgets.Muted
}

// toggle folds or unfolds the children of a row. The view calls it for rows that have some.
func (p *Pane) toggle(row int64) {
	if row < 0 || row >= p.Len() {
		return
	}
	seq := p.Model.At(row)
	if parent := p.Model.Parent(seq); parent > 0 {
		seq = parent
		p.selectRecord(seq)
	}
	p.changed(p.Model.Toggle(seq))
	p.cfg.Changed()
}

// ToggleSelected folds or unfolds the children of the selected row, or of the one that it
// belongs to.
func (p *Pane) ToggleSelected() { p.toggle(p.View.Selected()) }

// typedKey handles the keys of the log that the view does not know.
func (p *Pane) typedKey(key fyne.KeyName) bool {
	if key == fyne.KeySpace && p.canToggle() {
		p.ToggleSelected()
		return true
	}
	return p.k.TypedKey(key)
}

// canToggle reports whether the selected row has children or belongs to one that has.
func (p *Pane) canToggle() bool {
	i := p.View.Selected()
	if i < 0 || i >= p.Len() {
		return false
	}
	seq := p.Model.At(i)
	children, _ := p.Model.Folded(seq)
	return children || p.Model.Parent(seq) > 0
}

// ToggleUnfold shows all children in rows of their own, or folds them.
func (p *Pane) ToggleUnfold() {
	p.unfold = !p.unfold
	p.con.UpdateSettings(func(s *settings.Settings) { s.Unfold = p.unfold })
	p.refilter()
	p.cfg.Changed()
}

// reveal unfolds the row that record seq is folded into.
func (p *Pane) reveal(seq int64) {
	if parent := p.Model.Parent(seq); parent > 0 && p.Model.Matches(seq) {
		p.changed(p.Model.Toggle(parent))
	}
}

// selectRecord selects the row of a record that has one.
func (p *Pane) selectRecord(seq int64) {
	if row, shown := p.Model.Row(seq); shown {
		p.View.Select(row)
	}
}

// openWhy shows the details of what went wrong in a row.
func (p *Pane) openWhy(i int64) {
	r := p.From.At(p.Model.At(i))
	if r != nil && r.IsRequest() {
		r = p.outcome(r)
	}
	if r == nil {
		return
	}
	p.OpenDetails()
	p.Details.Choose(details.TabData)
	p.Details.Show(r)
}
