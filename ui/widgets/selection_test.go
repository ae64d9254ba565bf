package widgets

import (
	"math/rand/v2"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// After any operations, ranges hold the same rows as a plain set.
func TestRangesHoldTheRowsOfAPlainSet(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var r ranges
		plain := make([]bool, 30)
		for range 12 {
			from := random.Int64N(int64(len(plain)))
			to := min(int64(len(plain)), from+1+random.Int64N(6))
			switch random.IntN(4) {
			case 0, 1:
				r = r.with(Range{from, to})
				for i := from; i < to; i++ {
					plain[i] = true
				}
			case 2:
				r = r.without(Range{from, to})
				for i := from; i < to; i++ {
					plain[i] = false
				}
			case 3:
				n := random.Int64N(4)
				if random.IntN(2) == 0 {
					r = r.inserted(from, n)
					plain = slices.Insert(plain, int(from), make([]bool, n)...)
				} else {
					r = r.trimmed(n)
					plain = append(plain[n:], make([]bool, n)...)
				}
			}
		}
		count := int64(0)
		for i, in := range plain {
			if r.has(int64(i)) != in {
				t.Fatalf("row %d in %v: %v, want %v", i, r, r.has(int64(i)), in)
			}
			if in {
				count++
			}
		}
		if r.count() != count || !slices.IsSortedFunc(r, func(a, b Range) int { return int(a.To - b.From) }) {
			t.Fatalf("%v counts %d rows, want %d", r, r.count(), count)
		}
	}
}

func TestSeveralRowsAreSelected(t *testing.T) {
	shift, ctrl := fyne.KeyModifierShift, fyne.KeyModifierShortcutDefault
	click := func(row int64, modifier fyne.KeyModifier) func(*LogView) {
		return func(l *LogView) {
			press(l, 50, float32((row-l.scroll.top)*19+5), modifier)
			l.MouseUp(nil)
		}
	}
	shiftKey := func(names ...fyne.KeyName) func(*LogView) {
		return func(l *LogView) {
			l.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
			key(l, names...)
			l.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
		}
	}
	all := func(l *LogView) { l.TypedShortcut(&fyne.ShortcutSelectAll{}) }
	for _, tt := range []struct {
		name  string
		do    []func(*LogView)
		want  []Range
		focus int64
	}{
		{"Shift and a click extend", []func(*LogView){click(91, 0), click(94, shift)}, []Range{{91, 95}}, 94},
		{"and shrink again, and reverse", []func(*LogView){click(94, 0), click(97, shift), click(92, shift)}, []Range{{92, 95}}, 92},
		{"Ctrl and a click add", []func(*LogView){click(91, 0), click(94, ctrl), click(92, ctrl)}, []Range{{91, 93}, {94, 95}}, 92},
		{"and remove", []func(*LogView){click(91, 0), click(94, shift), click(92, ctrl)}, []Range{{91, 92}, {93, 95}}, 94},
		{"all but the last", []func(*LogView){click(91, 0), click(91, ctrl)}, nil, -1},
		{"Shift and the arrows", []func(*LogView){click(91, 0), shiftKey(fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)}, []Range{{91, 94}}, 93},
		{"Shift and a page", []func(*LogView){click(95, 0), shiftKey(fyne.KeyPageUp)}, []Range{{84, 96}}, 84},
		{"Shift and Home", []func(*LogView){click(95, 0), shiftKey(fyne.KeyHome)}, []Range{{0, 96}}, 0},
		{"Ctrl+A", []func(*LogView){click(95, 0), all}, []Range{{0, 100}}, 95},
		{"Escape leaves one", []func(*LogView){click(95, 0), all, func(l *LogView) { key(l, fyne.KeyEscape) }}, []Range{{95, 96}}, 95},
		{"a click leaves one", []func(*LogView){all, click(93, 0)}, []Range{{93, 94}}, 93},
		{"dragging", []func(*LogView){func(l *LogView) { press(l, 50, 40, 0); drag(l, 60, 100) }}, []Range{{91, 95}}, 94},
		{"dragging out at the top scrolls", []func(*LogView){func(l *LogView) {
			press(l, 50, 40, 0)
			for range 5 {
				drag(l, 60, -10)
			}
		}}, []Range{{84, 92}}, 84},
	} {
		t.Run(tt.name, func(t *testing.T) {
			l, _, _ := newLog(t, 100)
			told := 0
			l.OnSelection = func() { told++ }
			for _, do := range tt.do {
				do(l)
			}
			if got := l.Selection(); !slices.Equal(got, tt.want) || l.Selected() != tt.focus {
				t.Errorf("selected %v with the focus on %d, want %v and %d", got, l.Selected(), tt.want, tt.focus)
			}
			if told == 0 {
				t.Error("the change was not reported")
			}
		})
	}
}

func TestInsertedRowsLeaveViewAndSelectionInPlace(t *testing.T) {
	l, source, _ := newLog(t, 100)
	l.ScrollTo(40)
	l.Select(45)
	l.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	key(l, fyne.KeyDown)
	l.OnSelected = func(row int64) { t.Errorf("reported row %d as selected", row) }
	for _, tt := range []struct{ at, n, top, focus int64 }{
		{0, 1000, 1040, 1046},      // above
		{1150 - 50, 7, 1040, 1046}, // below
		{1040, 3, 1043, 1049},      // just above
		{1047, 2, 1043, 1051},      // in view, before the selected ones
	} {
		source.n += tt.n
		l.Inserted(tt.at, tt.n)
		if l.scroll.top != tt.top || l.Selected() != tt.focus {
			t.Fatalf("%d rows at %d: top %d, row %d selected, want %d and %d", tt.n, tt.at, l.scroll.top, l.Selected(), tt.top, tt.focus)
		}
	}
	if want := []Range{{1050, 1052}}; !slices.Equal(l.Selection(), want) {
		t.Errorf("selected %v, want %v", l.Selection(), want)
	}
}

func TestInsertedRowsLeaveTheEndInView(t *testing.T) {
	l, source, _ := newLog(t, 100)
	source.n += 50
	l.Inserted(0, 50)
	if !l.Following() || l.scroll.top != 139 {
		t.Errorf("following %v, top %d", l.Following(), l.scroll.top)
	}
}

func TestColumnBordersAreDragged(t *testing.T) {
	l, source, c := newLog(t, 100)
	columns := []Column{{Key: "a", Title: "A", Width: 10}, {Key: "b", Title: "B", Width: 8, Hidden: true}, {Key: "c", Title: "C", Width: 6}, {Key: "d", Title: "D", Flexible: true}}
	l.SetColumns(columns)
	var told []Column
	l.OnColumns = func(columns []Column) { told = columns }
	cell := float32(l.font.Cell)
	edge := float32(l.border(0, l.widths()))
	l.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(edge+2, 5)}})
	if l.Cursor() != desktop.HResizeCursor {
		t.Error("the cursor does not show that the border can be moved")
	}
	press(l, edge, 5, 0)
	drag(l, edge+5*cell, 60)
	l.DragEnd()
	if len(told) != 4 || told[0].Width != 15 || told[2].Width != 6 || l.Selected() != -1 {
		t.Errorf("reported %+v, row %d selected", told, l.Selected())
	}
	press(l, edge+5*cell, 5, 0)
	drag(l, -100, 5)
	l.DragEnd()
	if got := l.Columns()[0].Width; got != narrowest {
		t.Errorf("dragged to nothing: %d cells", got)
	}
	if l.borderAt(l.pixels(fyne.NewPos(float32(l.border(3, l.widths())), 5))) == 3 {
		t.Error("the flexible column can be dragged")
	}
	for range 2 {
		press(l, float32(l.border(0, l.widths())), 5, 0)
		l.DragEnd()
	}
	if got := l.Columns()[0].Width; got != len("row 99") {
		t.Errorf("fitted to %d cells", got)
	}
	source.asked = nil
	c.Capture()
	if len(source.asked) == 0 {
		t.Error("nothing drawn")
	}
}

func TestSecondaryClickOpensMenus(t *testing.T) {
	l, _, c := newLog(t, 100)
	l.SetColumns([]Column{{Title: "Text", Width: 10}})
	var rows []int64
	header := 0
	l.OnMenu = func(row int64, _ fyne.Position) { rows = append(rows, row) }
	l.OnHeaderMenu = func(fyne.Position) { header++ }
	test.TapSecondary(l)
	l.TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(50, 60)})
	if header != 1 || !slices.Equal(rows, []int64{l.Selected()}) || l.Selected() < 0 {
		t.Errorf("header %d, rows %v, row %d selected", header, rows, l.Selected())
	}
	_ = c
}

func TestHitsAreHighlighted(t *testing.T) {
	test.NewTempApp(t)
	l := NewLogView(sharedFonts(t), []Column{{Width: 40}})
	c := show(t, l, 400, 220, 1)
	picture := func(hits ...[2]int) string {
		l.SetSource(hitRow(hits))
		c.Capture()
		return string(l.buffer.Pix)
	}
	plain, first, second := picture(), picture([2]int{0, 6}), picture([2]int{7, 9})
	if plain == first || plain == second || first == second {
		t.Error("a hit is not highlighted")
	}
	if first == picture([2]int{0, 6}, [2]int{7, 9}) {
		t.Error("a second hit is not highlighted")
	}
}

type hitRow [][2]int

func (hitRow) Len() int64      { return 1 }
func (r hitRow) Row(int64) Row { return Row{Cells: []Cell{{Text: "订阅 hello", Hits: r}}} }

func TestHoldingTheMouseOutsideKeepsScrolling(t *testing.T) {
	l, _, _ := newLog(t, 100)
	press(l, 50, 40, 0)
	drag(l, 60, -10)
	top := l.scroll.top
	for range 10 * outsideFrames {
		l.outside.frame()
	}
	if l.scroll.top != top-10 || l.Selected() != l.scroll.top {
		t.Errorf("top %d, row %d, want %d for both", l.scroll.top, l.Selected(), top-10)
	}
	drag(l, 60, 50)
	if l.outside.running != nil {
		t.Error("it continues to scroll with the mouse inside")
	}
	drag(l, 60, 500)
	l.DragEnd()
	if l.outside.running != nil {
		t.Error("it continues to scroll with the button up")
	}
}

func TestDraggingOutKeepsTheFocus(t *testing.T) {
	l, _, c := newLog(t, 100)
	press(l, 50, 40, 0)
	drag(l, 60, -10)
	c.Unfocus() // as Fyne does
	l.DragEnd()
	if c.Focused() != fyne.Focusable(l) {
		t.Error("the focus is lost")
	}
}

func TestRemovedRowsAreDeselected(t *testing.T) {
	l, source, _ := newLog(t, 100)
	l.Select(10)
	l.SelectAll()
	told := 0
	l.OnSelection = func() { told++ }
	source.n = 50
	l.Changed()
	if want := []Range{{0, 50}}; !slices.Equal(l.Selection(), want) || l.Selected() != 10 || told != 1 {
		t.Errorf("selected %v with the focus on %d, reported %d times", l.Selection(), l.Selected(), told)
	}
}

func TestMenuKeyOpensTheMenuOfTheFocusedRow(t *testing.T) {
	l, _, _ := newLog(t, 100)
	var rows []int64
	var at fyne.Position
	l.OnMenu = func(row int64, pos fyne.Position) { rows, at = append(rows, row), pos }
	key(l, desktop.KeyMenu)
	l.Select(91)
	key(l, desktop.KeyMenu)
	if want := []int64{91}; !slices.Equal(rows, want) || at.Y != 3*19 {
		t.Errorf("rows %v at %v", rows, at)
	}
}

func TestAWidthIsReportedWhenTheDragEnds(t *testing.T) {
	l, _, _ := newLog(t, 100)
	l.SetColumns([]Column{{Title: "A", Width: 10}, {Title: "B", Flexible: true}})
	told := 0
	l.OnColumns = func([]Column) { told++ }
	edge := float32(l.border(0, l.widths()))
	press(l, edge, 5, 0)
	for x := range 5 {
		drag(l, edge+float32(x*20), 5)
	}
	if told != 0 {
		t.Error("reported while the border is being dragged")
	}
	l.DragEnd()
	press(l, edge, 5, 0)
	l.MouseUp(nil)
	if told != 1 {
		t.Errorf("reported %d times", told)
	}
}

func TestBothEndsOfTenBillionRowsAreReachable(t *testing.T) {
	const n = 10_000_000_000
	l, source, c := newLog(t, n)
	for _, tt := range []struct {
		name       string
		do         func()
		first, end int64
	}{
		{"the end", func() { key(l, fyne.KeyEnd) }, n - 11, n},
		{"a wheel notch before the end", func() { test.Scroll(c, fyne.NewPos(50, 50), 0, 25) }, n - 14, n - 2},
		{"the beginning, by the thumb", func() { press(l, 395, 215, 0); drag(l, 395, -50); l.DragEnd() }, 0, 12},
		{"a wheel notch after the beginning", func() { test.Scroll(c, fyne.NewPos(50, 50), 0, -25) }, 3, 15},
		{"the end, by the thumb", func() { key(l, fyne.KeyHome); press(l, 395, 5, 0); drag(l, 395, 500); l.DragEnd() }, n - 11, n},
	} {
		tt.do()
		source.asked = nil
		c.Capture()
		if len(source.asked) == 0 || source.asked[0] != tt.first || source.asked[len(source.asked)-1] != tt.end-1 {
			t.Errorf("%s: rows %v, want %d to %d", tt.name, source.asked, tt.first, tt.end-1)
		}
	}
	l.SelectAll()
	if want := []Range{{0, n}}; !slices.Equal(l.Selection(), want) {
		t.Errorf("selected %v", l.Selection())
	}
}

func TestRemovedRowsLeaveTheSelection(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var s selection
		s.clear()
		plain := make([]int, 30) // what each row was
		for i := range plain {
			plain[i] = i
		}
		selected := map[int]bool{}
		for range 8 {
			row := random.IntN(30)
			if s.toggle(int64(row)); selected[row] {
				delete(selected, row)
			} else {
				selected[row] = true
			}
		}
		focus, had := int(s.focus), s.focus >= 0
		for range 5 {
			at := random.IntN(len(plain) - 4)
			n := random.IntN(4)
			s.removed(int64(at), int64(n))
			plain = slices.Delete(plain, at, at+n)
		}
		for i, was := range plain {
			if s.rows.has(int64(i)) != selected[was] {
				t.Fatalf("row %d, which was %d, is selected: %v", i, was, !selected[was])
			}
		}
		if now := slices.Index(plain, focus); had && int64(now) != s.focus {
			t.Fatalf("the focus is on row %d, not %d", s.focus, now)
		}
	}
}
