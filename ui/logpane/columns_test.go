package logpane

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/widgets"
)

// wideRows is a source in which every column has a long text, of several subscriptions.
type wideRows struct{ columns int }

func (wideRows) Len() int64 { return 100 }

func (s wideRows) Row(i int64) widgets.Row {
	cells := make([]widgets.Cell, s.columns)
	for c := range cells {
		cells[c].Text = fmt.Sprintf("10:15:02.003 and more %d", i)
	}
	return widgets.Row{Cells: cells}
}

func TestDataHasMostOfTheWidth(t *testing.T) {
	for _, tt := range []struct {
		name                   string
		width, of, part, scale float32
	}{
		{"log alone, 1200 wide", 1200, 1200, 60, 1},
		{"log alone, 1200 wide, scale 2", 1200, 1200, 60, 2},
		{"beside the details, 1200 wide", 1200 * firstBeside, 1200, 40, 1},
		{"log alone, 800 wide", 800, 800, 50, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			test.NewTempApp(t)
			columns := FirstColumns()
			data := len(columns) - 1
			for i := range columns {
				columns[i].Title = "Some title"
			}
			v := widgets.NewLogView(kittest.Fonts(t), columns)
			v.OnFold = func(int64) {}
			v.SetSource(wideRows{len(columns)})
			c := software.NewCanvas()
			c.SetPadded(false)
			c.SetScale(tt.scale)
			c.SetContent(v)
			c.Resize(fyne.NewSize(tt.width, 500))
			c.Capture()
			if got := v.ColumnWidth(data); got < tt.part/100*tt.of {
				t.Errorf("data has %v of %v", got, tt.of)
			}
			if !v.Shows(0) {
				t.Error("the time has no room")
			}
		})
	}
}

func TestAColumnThatHidesByItselfIsShownOnDemand(t *testing.T) {
	w := filled(t)
	const target = 1
	if w.log.View.Shows(target) {
		t.Fatal("the target is shown though there is one")
	}
	w.log.ToggleColumn(target)
	if !w.log.View.Shows(target) {
		t.Error("it is not shown on demand")
	}
	next := testWindow(t, w.con.Settings())
	if !next.log.View.Shows(target) {
		t.Error("it is not shown in the next window")
	}
	w.log.ToggleColumn(target)
	if w.log.View.Shows(target) || !w.log.View.Columns()[target].Hidden {
		t.Error("it cannot be hidden again")
	}
}
