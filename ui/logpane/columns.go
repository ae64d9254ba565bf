package logpane

import (
	"sseconsole/ui/console/settings"
	"sseconsole/ui/widgets"
)

// FirstColumns returns the columns of a first run, without titles.
func (p *Pane) FirstColumns() []widgets.Column {
	return []widgets.Column{
		{Key: "time", Width: 12},
		{Key: "target", Width: 9, Min: 4, Yields: true},
		{Key: "client_id", Width: 8, Min: 4},
		{Key: "kind", Width: 11},
		{Key: "type", Width: 8, Min: 4},
		{Key: "id", Width: 14, Min: 4},
		{Key: "took", Width: 8, Min: 6},
		{Key: "data", Width: 20, Flexible: true},
	}
}

// columns returns the columns as saved in the settings, with their titles.
func (p *Pane) columns() []widgets.Column {
	columns, saved := p.FirstColumns(), p.con.Settings().Columns
	for i := range columns {
		c := &columns[i]
		c.Title = p.k.T("column." + c.Key)
		if s, ok := saved[c.Key]; ok {
			c.Hidden = s.Hidden
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
	for i, first := range p.FirstColumns() {
		if c := columns[i]; c.Width != first.Width || c.Hidden {
			changed[c.Key] = settings.Column{Width: c.Width, Hidden: c.Hidden}
		}
	}
	p.con.UpdateSettings(func(s *settings.Settings) { s.Columns = changed })
}

// ToggleColumn shows or hides a column. The last visible one cannot be hidden.
func (p *Pane) ToggleColumn(i int) {
	columns, shown := p.View.Columns(), 0
	columns[i].Hidden = !columns[i].Hidden
	for _, c := range columns {
		if !c.Hidden {
			shown++
		}
	}
	if shown == 0 {
		return
	}
	p.View.SetColumns(columns)
	p.rememberColumns(columns)
}
