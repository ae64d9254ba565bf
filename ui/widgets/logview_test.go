package widgets

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
)

// newLog returns a view of 400×220 units over n rows, without a header: text of
// 13 units makes rows of 19 units, so that 11 fit whole.
func newLog(t *testing.T, n int64) (*LogView, *numbered, fyne.Canvas) {
	t.Helper()
	test.NewTempApp(t)
	l := NewLogView(sharedFonts(t), []Column{{Width: 10}})
	c := inWindow(t, l, 400, 220)
	source := &numbered{n: n}
	l.SetSource(source)
	if l.scroll.page != 11 || l.font.Line != 19 {
		t.Fatalf("%d rows of %d pixels in view, not what these tests are made for", l.scroll.page, l.font.Line)
	}
	return l, source, c
}

func TestTenMillionRowsAreShownWithoutGaps(t *testing.T) {
	const n = 10_000_000
	l, source, c := newLog(t, n)
	for _, tt := range []struct {
		name       string
		do         func()
		first, end int64
	}{
		{"at the end", func() { l.ScrollToEnd() }, n - 11, n},
		{"one page up", func() { key(l, fyne.KeyPageUp) }, n - 22, n - 10},
		{"at the beginning", func() { key(l, fyne.KeyHome) }, 0, 12},
		{"anywhere", func() { l.ScrollTo(7_654_321) }, 7_654_311, 7_654_323},
		{"a wheel notch down", func() { test.Scroll(c, fyne.NewPos(50, 50), 0, -25) }, 7_654_314, 7_654_326},
	} {
		tt.do()
		source.asked = nil
		c.Capture()
		if len(source.asked) == 0 || source.asked[0] != tt.first || source.asked[len(source.asked)-1] != tt.end-1 ||
			int64(len(source.asked)) != tt.end-tt.first {
			t.Errorf("%s: rows %v, want %d to %d", tt.name, source.asked, tt.first, tt.end-1)
		}
	}
}

func TestLogViewFollows(t *testing.T) {
	l, source, c := newLog(t, 100)
	l.NewestLabel = func(below int64) string { return fmt.Sprint(below) }
	grow := func() { source.n += 5; l.Changed() }

	grow()
	if !l.Following() || l.scroll.top != 94 {
		t.Fatalf("new rows: following %v, top %d", l.Following(), l.scroll.top)
	}
	test.Scroll(c, fyne.NewPos(50, 50), 0, 25)
	grow()
	if l.Following() || l.scroll.top != 91 || l.newest != "8" {
		t.Fatalf("after the wheel: following %v, top %d, %q below", l.Following(), l.scroll.top, l.newest)
	}
	key(l, fyne.KeyEnd)
	grow()
	if !l.Following() || l.scroll.top != 104 || l.newest != "" {
		t.Fatalf("after End: following %v, top %d, %q below", l.Following(), l.scroll.top, l.newest)
	}
	key(l, fyne.KeyPageUp)
	if l.Following() || l.newest != "11" {
		t.Errorf("after Page Up: following %v, %q below", l.Following(), l.newest)
	}
	if key(l, fyne.KeyPageDown); !l.Following() {
		t.Error("Page Down to the end does not follow")
	}
}

func TestRowsOutOfViewCauseNoRedraw(t *testing.T) {
	l, source, c := newLog(t, 1_000_000)
	c.Capture()
	if l.update() {
		t.Error("redrawn though nothing changed")
	}
	source.n++
	if !l.update() {
		t.Error("not redrawn though a row came into view")
	}
	l.ScrollTo(5)
	source.n++
	if l.update() {
		t.Error("redrawn though the new row is out of view")
	}
	l.NewestLabel = func(below int64) string { return fmt.Sprint(below) }
	source.n++
	if !l.update() {
		t.Error("not redrawn though the count on the button changed")
	}
}

func TestFirstRowsAreDrawnAsTheyArrive(t *testing.T) {
	l, source, _ := newLog(t, 0)
	for range 13 {
		source.n++
		if !l.update() {
			t.Fatalf("row %d is not drawn", source.n)
		}
	}
}

func TestClickSelectsAndFocuses(t *testing.T) {
	l, _, c := newLog(t, 100)
	var selected []int64
	l.OnSelected = func(row int64) { selected = append(selected, row) }
	test.TapCanvas(c, fyne.NewPos(50, 40))
	if l.Selected() != 91 || c.Focused() != fyne.Focusable(l) {
		t.Errorf("row %d selected, focus on %v", l.Selected(), c.Focused())
	}
	press(l, 50, 5, 0)
	l.MouseUp(nil)
	l.Tapped(&fyne.PointEvent{Position: fyne.NewPos(50, 200)}) // for the same click
	if want := []int64{91, 89}; !slices.Equal(selected, want) {
		t.Errorf("selected %v, want %v", selected, want)
	}
}

func TestClickBelowTheRowsSelectsNone(t *testing.T) {
	l, _, c := newLog(t, 3)
	test.TapCanvas(c, fyne.NewPos(50, 100))
	if l.Selected() != -1 {
		t.Errorf("row %d", l.Selected())
	}
}

func TestClickOnTheHeaderSelectsNone(t *testing.T) {
	l, _, c := newLog(t, 100)
	l.SetColumns([]Column{{Title: "Text", Width: 10}})
	test.TapCanvas(c, fyne.NewPos(50, 10))
	if l.Selected() != -1 {
		t.Errorf("row %d", l.Selected())
	}
}

func TestSecondaryButtonSelectsNothing(t *testing.T) {
	l, _, _ := newLog(t, 100)
	l.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonSecondary})
	if l.Selected() != -1 {
		t.Errorf("row %d", l.Selected())
	}
}

func TestArrowKeysMoveTheSelection(t *testing.T) {
	l, _, _ := newLog(t, 100)
	for _, tt := range []struct {
		key      fyne.KeyName
		row, top int64
	}{
		{fyne.KeyUp, 99, 89}, {fyne.KeyDown, 99, 89}, {fyne.KeyUp, 98, 89}, {fyne.KeyHome, 98, 0},
		{fyne.KeyDown, 99, 89}, {fyne.KeyPageUp, 99, 78}, {fyne.KeyUp, 98, 88},
	} {
		if key(l, tt.key); l.Selected() != tt.row || l.scroll.top != tt.top {
			t.Fatalf("%s: row %d, top %d, want %d, %d", tt.key, l.Selected(), l.scroll.top, tt.row, tt.top)
		}
	}
	l.Select(-1)
	l.ScrollTo(0)
	if key(l, fyne.KeyDown); l.Selected() != 0 {
		t.Errorf("Down without a selection: row %d", l.Selected())
	}
}

func TestCopyReportsTheSelectedRows(t *testing.T) {
	l, _, _ := newLog(t, 100)
	var copied []Range
	l.OnCopy = func(rows []Range) { copied = append(copied, rows...) }
	l.TypedShortcut(&fyne.ShortcutCopy{})
	l.Select(42)
	l.TypedShortcut(&fyne.ShortcutCopy{})
	if want := []Range{{42, 43}}; !slices.Equal(copied, want) {
		t.Errorf("copied %v, want %v", copied, want)
	}
}

func TestOtherShortcutsReachTheWindow(t *testing.T) {
	window := software.NewCanvas()
	save := &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl}
	reached := false
	window.AddShortcut(save, func(fyne.Shortcut) { reached = true })
	if passOn(window, save); !reached {
		t.Error("the shortcut did not reach the window")
	}
	passOn(nil, save) // must not panic outside a window
}

func TestScrollBar(t *testing.T) {
	l, _, _ := newLog(t, 1000)
	press(l, 395, 5, 0) // above the thumb, which is at the end
	if l.scroll.top != 1000-22 || l.Following() {
		t.Errorf("a click above the thumb: top %d, following %v", l.scroll.top, l.Following())
	}
	key(l, fyne.KeyHome)
	press(l, 395, 215, 0)
	if l.scroll.top != 11 {
		t.Errorf("a click below the thumb: top %d", l.scroll.top)
	}
	key(l, fyne.KeyHome)
	press(l, 395, 10, 0)
	drag(l, 300, 108) // the mouse may leave the bar
	if l.scroll.top < 450 || l.scroll.top > 550 {
		t.Errorf("the thumb dragged to the middle: top %d", l.scroll.top)
	}
	drag(l, 395, 5000)
	if !l.Following() {
		t.Errorf("the thumb dragged to the end: top %d", l.scroll.top)
	}
	l.DragEnd()
	drag(l, 395, 0)
	if !l.Following() {
		t.Error("dragged after the button was released")
	}
	if l.Selected() != -1 {
		t.Error("the scroll bar selected a row")
	}
}

func TestNewestButtonScrollsToTheEnd(t *testing.T) {
	l, _, c := newLog(t, 100)
	l.NewestLabel = func(below int64) string { return fmt.Sprintf("↓ %d", below) }
	key(l, fyne.KeyHome)
	button := l.newestButton()
	if l.newest != "↓ 89" || button.Empty() {
		t.Fatalf("button %q at %v", l.newest, button)
	}
	test.TapCanvas(c, fyne.NewPos(float32(button.Min.X+5), float32(button.Min.Y+5)))
	if !l.Following() || l.Selected() != -1 || !l.newestButton().Empty() {
		t.Errorf("following %v, row %d selected, button %v", l.Following(), l.Selected(), l.newestButton())
	}
}

func TestRemovedRowsLeaveAValidView(t *testing.T) {
	l, source, c := newLog(t, 100)
	l.Select(60)
	l.ScrollTo(60)
	source.n = 5
	l.Changed()
	c.Capture()
	if l.scroll.top != 0 || l.Selected() != -1 {
		t.Errorf("5 rows: top %d, row %d selected", l.scroll.top, l.Selected())
	}
	l.SetSource(nil)
	c.Capture()
	l.ScrollTo(3)
	key(l, fyne.KeyUp, fyne.KeyDown, fyne.KeyEnd)
	if l.scroll.top != 0 || l.Selected() != -1 || !l.Following() {
		t.Errorf("no rows: top %d, row %d selected, following %v", l.scroll.top, l.Selected(), l.Following())
	}
}

func TestTrimmedRowsLeaveTheViewInPlace(t *testing.T) {
	l, source, _ := newLog(t, 100)
	l.ScrollTo(40)
	l.Select(45)
	source.n -= 30
	l.Trimmed(30)
	if l.scroll.top != 10 || l.Selected() != 15 {
		t.Errorf("top %d, row %d selected, want 10 and 15", l.scroll.top, l.Selected())
	}
	var selected []int64
	l.OnSelected = func(row int64) { selected = append(selected, row) }
	source.n -= 30
	l.Trimmed(30)
	if l.scroll.top != 0 || !slices.Equal(selected, []int64{-1}) {
		t.Errorf("top %d, reported selected rows %v, want 0 and -1", l.scroll.top, selected)
	}
}

func TestResizingKeepsTheEndInView(t *testing.T) {
	l, _, _ := newLog(t, 100)
	l.Resize(fyne.NewSize(300, 120))
	if !l.Following() || l.scroll.top != 100-6 {
		t.Errorf("smaller: top %d", l.scroll.top)
	}
	l.SetTextSize(26)
	if !l.Following() || l.scroll.top != 100-l.scroll.page || l.scroll.page >= 6 {
		t.Errorf("larger text: top %d of %d in view", l.scroll.top, l.scroll.page)
	}
}

func TestOnlyTheVisiblePartOfALongCellIsRead(t *testing.T) {
	test.NewTempApp(t)
	l := NewLogView(sharedFonts(t), []Column{{Width: 10}})
	c := show(t, l, 400, 220, 1)
	picture := func(text string) string {
		l.SetSource(fixedRow(text))
		c.Capture()
		return string(l.buffer.Pix)
	}
	long := picture(strings.Repeat("x", 1<<20))
	if long != picture(strings.Repeat("x", 100)) {
		t.Error("a mebibyte is not drawn like its beginning")
	}
	if long == picture(strings.Repeat("x", 10)) {
		t.Error("nothing shows that the text continues")
	}
}

type fixedRow string

func (fixedRow) Len() int64      { return 1 }
func (r fixedRow) Row(int64) Row { return Row{Cells: []Cell{{Text: string(r)}}} }

// BenchmarkFrame draws a window's log with every row changed.
func BenchmarkFrame(b *testing.B) {
	for _, bb := range []struct {
		name, data string
		scale      float32
	}{
		{"ASCII", `{"price":100.25,"symbol":"ABC","exchange":"XYZ","note":"the quick brown fox jumps over the lazy dog"}`, 1},
		{"Chinese", strings.Repeat("订阅成功你好世界这是一条中文消息", 4), 1},
		{"emoji", strings.Repeat("😀👩‍👩‍👧‍👦🇨🇳👍🏽", 16), 1},
		{"Arabic", strings.Repeat("مرحبا بالعالم 12 ", 12), 1},
		{"Hindi", strings.Repeat("नमस्ते दुनिया ", 12), 1},
		{"scaled", `{"price":100.25,"symbol":"ABC","exchange":"XYZ","note":"the quick brown fox jumps over the lazy dog"}`, 2},
		{"mebibyte", strings.Repeat("订阅 x ", 1<<17), 1},
	} {
		b.Run(bb.name, func(b *testing.B) {
			test.NewTempApp(b)
			l := NewLogView(sharedFonts(b), sampleColumns())
			show(b, l, 1100, 700, bb.scale)
			source := &running{data: bb.data}
			l.SetSource(source)
			w, h := int(1100*bb.scale), int(700*bb.scale)
			l.generate(w, h)
			b.ReportAllocs()
			for b.Loop() {
				source.first++
				l.generate(w, h)
			}
		})
	}
}

// running is a source whose rows change with every frame.
type running struct {
	data  string
	first int64
}

func (r *running) Len() int64 { return 1_000_000 }

func (r *running) Row(i int64) Row {
	return Row{Cells: []Cell{{Text: fmt.Sprintf("10:15:02.%03d", (r.first+i)%1000), Role: Muted}, {Text: "alice"}, {Text: r.data}}}
}
