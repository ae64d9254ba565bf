package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/widgets/text"
)

// newAutomatic returns a drawn view of 600×220 units whose columns have automatic widths,
// and a function that shows other rows at its end.
func newAutomatic(t *testing.T, rows ...Row) (l *LogView, add func(rows ...Row)) {
	t.Helper()
	test.NewTempApp(t)
	l = NewLogView(sharedFonts(t), automaticColumns())
	c := show(t, l, 600, 220, 1)
	source := family(rows)
	l.SetSource(&source)
	c.Capture()
	return l, func(rows ...Row) {
		source = append(source, rows...)
		l.Changed()
		c.Capture()
	}
}

func automaticColumns() []Column {
	return []Column{
		{Key: "time", Title: "Time", Max: 12, Min: 6},
		{Key: "client", Title: "Client", Max: 10, Min: 4, Hides: HidesSame},
		{Key: "id", Title: "Id", Max: 14, Min: 6, Hides: HidesEmpty, Cut: text.CutLeft},
		{Key: "data", Title: "Data", Width: 10, Flexible: true, Share: 60},
	}
}

func row(texts ...string) Row { return Row{Cells: cells(texts...)} }

func TestAutomaticWidthsGrowWithWhatIsSeen(t *testing.T) {
	l, add := newAutomatic(t, row("31.681", "", "1-3", "x"))
	if got := l.widths()[0]; got != 6 {
		t.Errorf("the time has %d cells, want those of its text", got)
	}
	if got := l.widths()[2]; got != 3 {
		t.Errorf("the id has %d cells, want 3", got)
	}
	add(row("31.682", "", "1-1000", "x"), row("31.682", "", strings.Repeat("long", 10), "x"))
	if got := l.widths()[2]; got != 14 {
		t.Errorf("the id has %d cells, want its largest width", got)
	}
	for range 30 {
		add(row("1", "", "2", "x"))
	}
	if got := l.widths(); got[0] != 6 || got[2] != 14 {
		t.Errorf("widths shrank to %v", got)
	}
	l.SetSource(family{row("1", "", "2", "x")})
	if got := l.widths(); got[0] != 6 || got[2] != 14 {
		t.Errorf("another source: widths shrank to %v", got)
	}
}

func TestIndentedTextWidensItsColumn(t *testing.T) {
	l, add := newAutomatic(t, row("31.681", "", "", "x"))
	add(Row{Level: 2, Cells: cells("31.681")})
	if got := l.widths()[0]; got != 10 {
		t.Errorf("%d cells, want 10", got)
	}
}

func TestColumnsHideWhileTheySayNothing(t *testing.T) {
	l, add := newAutomatic(t)
	hidden := func() (keys []string) {
		for i, c := range l.columns {
			if !l.Shows(i) {
				keys = append(keys, c.Key)
			}
		}
		return keys
	}
	expect := func(when string, want ...string) {
		t.Helper()
		if got := hidden(); !slices.Equal(got, want) {
			t.Errorf("%s: %v hide, want %v", when, got, want)
		}
	}
	expect("no rows", "client", "id")
	add(row("1", "demo", "", "x"), row("1", "", "", "x"))
	expect("one client", "client", "id")
	add(row("1", "", "7", "x"))
	expect("an id", "client")
	add(row("1", "ann", "7", "x"))
	expect("two clients")
	for range 30 {
		add(row("1", "ann", "", "x"))
	}
	expect("two clients, one out of view")

	l.SetSource(family{})
	l.generate(600, 220)
	expect("no rows of another source")
	l.SetSource(family(slices.Repeat([]Row{row("1", "ann", "", "x")}, 20)))
	l.generate(600, 220)
	expect("a page of one client", "client", "id")
	for _, c := range l.Columns() {
		if c.Hidden {
			t.Errorf("%s is reported as hidden by the user", c.Key)
		}
	}
}

func TestSentenceCountsForNoColumnThatItCovers(t *testing.T) {
	l, _ := newAutomatic(t, Row{Cells: cells("1", "demo", strings.Repeat("long", 5), "x"), Sentence: Cell{Text: "failed"}, SentenceFrom: 1})
	if l.Shows(1) || l.Shows(2) {
		t.Errorf("widths %v", l.widths())
	}
}

func TestFlexibleColumnKeepsItsShare(t *testing.T) {
	l, add := newAutomatic(t, row(strings.Repeat("t", 12), "demo", strings.Repeat("i", 14), "x"))
	add(row("1", strings.Repeat("c", 10), "2", "x"))
	if got := l.ColumnWidth(3); got < 360 {
		t.Errorf("%v of 600 with all columns at their widest, want 60 %%", got)
	}
	if l.widths()[0] >= 12 {
		t.Error("no other column is narrower")
	}
	columns := l.Columns()
	columns[2].Width = 40
	l.SetColumns(columns)
	if got := l.widths(); got[2] != 40 || got[0] != 6 || got[1] != 4 {
		t.Errorf("widths %v: the user's 40 cells are worth more than the share", got)
	}
	columns[2].Width = 75
	l.SetColumns(columns)
	if got := l.widths(); got[3] != 10 {
		t.Errorf("widths %v: nothing is worth more than the data's least width", got)
	}
}

func TestOnlyDraggedWidthsAreReported(t *testing.T) {
	l, add := newAutomatic(t, row("31.681", "demo", "1-3", "x"), row("31.681", "ann", "1-3", "x"))
	var told []Column
	l.OnColumns = func(columns []Column) { told = columns }
	edge := float32(l.border(2, l.widths()))
	press(l, edge, 5, 0)
	drag(l, edge+5*float32(l.font.Cell), 5)
	add(row(strings.Repeat("t", 12), "demo", "1-3", "x"))
	if got := l.widths(); got[0] != 6 || got[2] != 8 {
		t.Errorf("while dragged: widths %v", got)
	}
	l.DragEnd()
	if len(told) != 4 || told[0].Width != 0 || told[1].Width != 0 || told[2].Width != 8 {
		t.Errorf("reported %+v", told)
	}
	if got := l.widths(); got[0] <= 6 || got[2] != 8 {
		t.Errorf("after the drag: widths %v", got)
	}
	for range 2 {
		press(l, float32(l.border(2, l.widths())), 5, 0)
		l.DragEnd()
	}
	l.generate(600, 220)
	if told[2].Width != 0 || l.widths()[2] != 3 {
		t.Errorf("after a double click: reported %+v, widths %v", told[2], l.widths())
	}
}

func TestNewTitlesAreFittedAnew(t *testing.T) {
	l, _ := newAutomatic(t, row("31.681", "", "1-3", "x"))
	columns := l.Columns()
	l.SetColumns(columns)
	if got := l.widths(); got[0] != 6 || got[2] != 3 {
		t.Errorf("the same columns again: widths %v", got)
	}
	columns[0].Title = "时间" // another language
	l.SetColumns(columns)
	l.Resize(fyne.NewSize(600, 200))
	if got := l.widths()[0]; got != 4 {
		t.Errorf("%d cells before the rows are seen, want those of the title", got)
	}
}

// BenchmarkFittedFrame draws a window's log with every row changed, whose columns have
// fixed widths, or automatic ones with texts cut at the left, or sentences.
func BenchmarkFittedFrame(b *testing.B) {
	fixed := automaticColumns()
	for i := range fixed {
		fixed[i] = Column{Title: fixed[i].Title, Width: 12}
	}
	failed := Cell{Text: failure}
	for _, bb := range []struct {
		name    string
		columns []Column
		row     Row
	}{
		{"fixed", fixed, Row{}},
		{"automatic", automaticColumns(), Row{}},
		{"sentences", automaticColumns(), Row{Sentence: failed, SentenceFrom: 1, Spare: [2]int{failedAt, failedAt + 52}, Link: "why"}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			test.NewTempApp(b)
			l := NewLogView(sharedFonts(b), bb.columns)
			show(b, l, 700, 700, 1)
			bb.row.Cells = cells("10:15:02.003", "alice", "9f3a.demo.1-3070000", failure)
			l.SetSource(family(slices.Repeat([]Row{bb.row}, 1000)))
			l.generate(700, 700)
			b.ReportAllocs()
			for b.Loop() {
				l.generate(700, 700)
			}
		})
	}
}
