package widgets

import (
	"image"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/widgets/text"
)

// family is a source of rows with children, a failed call, and one that is shown for the
// sake of its child.
type family []Row

func (f family) Len() int64      { return int64(len(f)) }
func (f family) Row(i int64) Row { return f[i] }

func cells(texts ...string) (row []Cell) {
	for _, text := range texts {
		row = append(row, Cell{Text: text})
	}
	return row
}

const (
	failure  = "Subscribing to http://127.0.0.1:9/a/very/long/path/that/takes/room failed: nothing is listening there"
	failedAt = len("Subscribing to ")
)

func sampleFamily() family {
	return family{
		{Cells: cells("31.681", "quote", "9f3a.demo.1-307", `{"symbol":"ACME","bid":102.5}`, "0.8 ms")},
		{Cells: cells("33.001", "send", "", "hello", "0.6 ms"), Fold: Folded},
		{Cells: cells("33.406", "send", "", "hello again", "12.5 ms"), Fold: Unfolded, Dim: true},
		{Cells: cells("33.407", "answer", "", "200 OK"), Level: 1},
		{Cells: cells("33.409", "close"), Level: 2},
		{Cells: cells("34.000", "fail"), Link: "why", SentenceFrom: 2,
			Sentence: Cell{Text: failure, Role: Bad, Hits: [][2]int{{len(failure) - 17, len(failure) - 8}}},
			Spare:    [2]int{failedAt, failedAt + 52}},
	}
}

func familyColumns() []Column {
	return []Column{
		{Title: "Time", Width: 6}, {Title: "Kind", Width: 10, Tree: true}, {Title: "Id", Width: 6, Cut: text.CutLeft},
		{Title: "Data", Width: 20, Flexible: true}, {Title: "Took", Width: 8, Right: true},
	}
}

// newFamily returns a view of sampleFamily that records which rows were folded and which
// links were followed.
func newFamily(t *testing.T) (l *LogView, folded, followed *[]int64) {
	t.Helper()
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	l = NewLogView(sharedFonts(t), familyColumns())
	folded, followed = new([]int64), new([]int64)
	l.OnFold = func(row int64) { *folded = append(*folded, row) }
	l.OnLink = func(row int64) { *followed = append(*followed, row) }
	inWindow(t, l, 600, 200)
	l.SetSource(sampleFamily())
	return l, folded, followed
}

func TestFamilyLooksAsBefore(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"family_light.png": theme.VariantLight, "family_dark.png": theme.VariantDark} {
		t.Run(name, func(t *testing.T) {
			l, _, _ := newFamily(t)
			useTheme(t, variant)
			sameAsGolden(t, name, show(t, l, 600, 160, 1).Capture())
		})
	}
}

func TestSignAndLinkAreClicked(t *testing.T) {
	l, folded, followed := newFamily(t)
	y := func(row int) float32 { return float32(l.top() + row*l.font.Line + 5) }
	click := func(x, y float32) { press(l, x, y, 0); l.MouseUp(nil); l.Tapped(&fyne.PointEvent{}) }
	click(8, y(1))
	click(8, y(0)) // no children
	click(8, y(2))
	if want := []int64{1, 2}; !slices.Equal(*folded, want) || l.Selected() != 0 {
		t.Errorf("folded %v, want %v; row %d selected", *folded, want, l.Selected())
	}
	row := sampleFamily()[5]
	link := l.linkAt(&row)
	click(float32(link.Min.X+2), y(5))
	click(float32(link.Min.X+2), y(4)) // no link
	click(float32(link.Min.X-20), y(5))
	if want := []int64{5}; !slices.Equal(*followed, want) {
		t.Errorf("followed %v, want %v", *followed, want)
	}
	for _, tt := range []struct {
		x, y float32
		want desktop.Cursor
	}{
		{8, y(1), desktop.PointerCursor}, {8, y(0), desktop.DefaultCursor},
		{float32(link.Min.X + 2), y(5), desktop.PointerCursor}, {300, y(5), desktop.DefaultCursor}, {300, y(50), desktop.DefaultCursor},
	} {
		l.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(tt.x, tt.y)}})
		if l.Cursor() != tt.want {
			t.Errorf("at %v, %v: cursor %v, want %v", tt.x, tt.y, l.Cursor(), tt.want)
		}
	}
}

func TestKeysFoldUnfoldAndFollow(t *testing.T) {
	l, folded, followed := newFamily(t)
	for _, tt := range []struct {
		at               int64
		key              fyne.KeyName
		folded, followed []int64
		selected         int64
	}{
		{1, fyne.KeyRight, []int64{1}, nil, 1},
		{1, fyne.KeyLeft, nil, nil, 1},
		{2, fyne.KeyLeft, []int64{2}, nil, 2},
		{2, fyne.KeyRight, nil, nil, 3},
		{4, fyne.KeyLeft, nil, nil, 3},
		{3, fyne.KeyLeft, nil, nil, 2},
		{5, fyne.KeyReturn, nil, []int64{5}, 5},
		{5, fyne.KeyEnter, nil, []int64{5}, 5},
		{4, fyne.KeyReturn, nil, nil, 4},
	} {
		*folded, *followed = nil, nil
		l.Select(tt.at)
		key(l, tt.key)
		if !slices.Equal(*folded, tt.folded) || !slices.Equal(*followed, tt.followed) || l.Selected() != tt.selected {
			t.Errorf("%s on row %d: folded %v, followed %v, row %d selected", tt.key, tt.at, *folded, *followed, l.Selected())
		}
	}
}

func TestRowWithoutHandlersHasNoSigns(t *testing.T) {
	l, _, _ := newFamily(t)
	with := l.gutter()
	l.OnFold, l.OnLink = nil, nil
	if l.gutter() >= with {
		t.Error("room for signs that do nothing")
	}
	l.Select(2)
	key(l, fyne.KeyLeft)
	l.Select(5)
	key(l, fyne.KeyReturn) // must not panic
}

func TestSpansOfRows(t *testing.T) {
	l, _, _ := newFamily(t)
	rows, widths := sampleFamily(), l.widths()
	x := func(row, column int) int {
		for _, s := range l.spans(&rows[row], widths) {
			if s.column == column {
				return s.x
			}
		}
		return -1
	}
	if by := x(3, 1) - x(0, 1); by != 2*l.font.Cell {
		t.Errorf("a child is indented by %d pixels", by)
	}
	if x(3, 0) != x(0, 0) || x(3, 3) != x(0, 3) {
		t.Error("other columns of a child are moved")
	}
	if x(0, 4)-x(2, 4) != l.font.Cell {
		t.Error("numbers do not end at one edge")
	}
	sentence := l.spans(&rows[5], widths)
	last := sentence[len(sentence)-1]
	if link := l.linkAt(&rows[5]); len(sentence) != 3 || last.x+last.cells*l.font.Cell > link.Min.X {
		t.Errorf("%d spans, the sentence ends at %d, the link begins at %d", len(sentence), last.x+last.cells*l.font.Cell, link.Min.X)
	}
	rows[5].SentenceFrom, rows[5].Level = 0, 1
	if first := l.spans(&rows[5], widths)[0]; first.x != l.gutter()+2*l.font.Cell {
		t.Errorf("a sentence across all columns begins at %d", first.x)
	}
}

func TestMouseRestingOnWhatIsCutShowsTheWhole(t *testing.T) {
	test.NewTempApp(t)
	l := NewLogView(sharedFonts(t), familyColumns())
	tip := NewTip(sharedFonts(t))
	l.Tip = tip
	inWindow(t, container.NewStack(l, tip), 600, 200)
	l.OnLink = func(int64) {}
	l.SetSource(sampleFamily())
	rest := func(row, cell int) string {
		at := fyne.NewPos(float32(l.gutter()+cell*l.font.Cell+2), float32(l.top()+row*l.font.Line+5))
		l.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at, AbsolutePosition: at}})
		return tip.Text()
	}
	for _, tt := range []struct {
		row, cell int
		want      string
	}{
		{0, 19, "9f3a.demo.1-307"}, {0, 26, ""}, {0, 0, ""}, {5, 30, failure}, {9, 3, ""}, {-1, 3, ""}, {5, 1, ""},
	} {
		if got := rest(tt.row, tt.cell); got != tt.want {
			t.Errorf("row %d, cell %d: %q, want %q", tt.row, tt.cell, got, tt.want)
		}
	}
	l.Whole = func(row int64, column int) string {
		if row == 0 && column == 0 {
			return "2026-11-29 10:15:31.681"
		}
		return ""
	}
	if got := rest(0, 2); got != "2026-11-29 10:15:31.681" {
		t.Errorf("the whole time is %q", got)
	}
	for name, away := range map[string]func(){
		"out":   l.MouseOut,
		"a key": func() { key(l, fyne.KeyDown) },
		"click": func() { press(l, 300, 60, 0); l.MouseUp(nil) },
		"scroll": func() {
			l.Resize(fyne.NewSize(600, 80))
			rest(0, 19)
			l.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 50)})
		},
	} {
		rest(0, 19)
		if away(); tip.Text() != "" {
			t.Errorf("%s: still shows %q", name, tip.Text())
		}
	}
}

func TestCutTitleIsShownWhole(t *testing.T) {
	test.NewTempApp(t)
	l := NewLogView(sharedFonts(t), []Column{{Title: "Time", Width: 6}, {Title: "Reconnection time", Width: 8}, {Title: "Data"}})
	inWindow(t, l, 400, 100)
	for x, want := range map[int]string{2: "", 80: "Reconnection time", 200: ""} {
		if got := l.wholeAt(image.Pt(x, 5)); got != want {
			t.Errorf("at %d: %q, want %q", x, got, want)
		}
	}
}
