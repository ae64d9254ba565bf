package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// newText returns a view that is 20 cells wide: with a cell of 8 units for the
// margin on each side and 12 for the scroll bar, 188 units. Rows are 19 units
// high, the first begins at 4, and 5 fit.
func newText(t *testing.T, text string) (*TextView, fyne.Canvas) {
	t.Helper()
	test.NewTempApp(t)
	v := NewTextView(sharedFonts(t))
	c := inWindow(t, v, 188, 100)
	v.SetText(text)
	if v.cells != 20 || v.scroll.page != 5 {
		t.Fatalf("%d cells, %d rows, not what these tests are made for", v.cells, v.scroll.page)
	}
	return v, c
}

func TestDragSelects(t *testing.T) {
	v, c := newText(t, "hello world\n订阅 e\u0301x\nlast")
	press(v, 8+6*8-3, 10, 0) // the nearest gap between characters counts
	drag(v, 8+4*8+3, 30)
	if got, want := v.SelectedText(), "world\n订阅"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	v.DragEnd()
	press(v, 8+6*8+2, 30, fyne.KeyModifierShift)
	if got, want := v.SelectedText(), "world\n订阅 e\u0301"; got != want {
		t.Errorf("extended: %q, want %q", got, want)
	}
	press(v, 8, 30, 0)
	if got := v.SelectedText(); got != "" {
		t.Errorf("a click selects %q", got)
	}
	if c.Focused() != fyne.Focusable(v) {
		t.Error("not focused")
	}
}

func TestDraggingOutsideScrolls(t *testing.T) {
	v, _ := newText(t, strings.Repeat("line\n", 50))
	press(v, 8, 10, 0)
	for range 10 {
		drag(v, 20, 150)
	}
	if v.scroll.top != 10 || strings.Count(v.SelectedText(), "\n") != 15 {
		t.Errorf("top %d, selected %q", v.scroll.top, v.SelectedText())
	}
}

func TestDoubleClickSelectsTheLine(t *testing.T) {
	v, _ := newText(t, "first\na line that is wrapped over two rows\nlast")
	v.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(30, 50)})
	if got, want := v.SelectedText(), "a line that is wrapped over two rows\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	v.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(30, 90)})
	if got := v.SelectedText(); got != "last" {
		t.Errorf("%q, want the last line", got)
	}
}

func TestCopyIsUnwrappedAndUnchanged(t *testing.T) {
	text := strings.Repeat("wrapped ", 10) + "\x00\t\r\nend\n"
	v, _ := newText(t, text)
	clipboard := test.NewClipboard()
	v.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	if got := clipboard.Content(); got != text {
		t.Errorf("nothing selected: %q", got)
	}
	v.choose(2, 30)
	v.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	if got := clipboard.Content(); got != text[2:30] {
		t.Errorf("a selection: %q", got)
	}
	v.TypedShortcut(&fyne.ShortcutSelectAll{})
	v.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clipboard})
	if got := clipboard.Content(); got != text {
		t.Errorf("all: %q", got)
	}
}

func TestTextViewScrolls(t *testing.T) {
	v, c := newText(t, strings.Repeat("line\n", 50))
	for _, tt := range []struct {
		name string
		do   func()
		top  int64
	}{
		{"begins at the beginning", func() {}, 0},
		{"Down", func() { key(v, fyne.KeyDown) }, 1},
		{"Page Down", func() { key(v, fyne.KeyPageDown) }, 6},
		{"Up", func() { key(v, fyne.KeyUp) }, 5},
		{"the wheel", func() { test.Scroll(c, fyne.NewPos(50, 50), 0, -25) }, 8},
		{"End", func() { key(v, fyne.KeyEnd) }, 46},
		{"Home", func() { key(v, fyne.KeyHome) }, 0},
		{"another text", func() { key(v, fyne.KeyEnd); v.SetText(strings.Repeat("other\n", 50)) }, 0},
	} {
		if tt.do(); v.scroll.top != tt.top {
			t.Errorf("%s: top %d, want %d", tt.name, v.scroll.top, tt.top)
		}
	}
}

func TestRewrappingKeepsThePlace(t *testing.T) {
	v, _ := newText(t, strings.Repeat("0123456789", 400))
	v.scrollTo(100) // the byte 2000
	v.Resize(fyne.NewSize(108, 100))
	if at := v.rows[v.scroll.top]; at != 2000 {
		t.Errorf("narrower: byte %d is shown first", at)
	}
	v.Resize(fyne.NewSize(800, 100))
	if at, width := v.rows[v.scroll.top], v.cells; at > 2000 || at+width <= 2000 {
		t.Errorf("wider: byte %d is shown first", at)
	}
}

func TestTextSetBeforeItIsShown(t *testing.T) {
	test.NewTempApp(t)
	v := NewTextView(sharedFonts(t))
	v.SetText("one\ntwo")
	inWindow(t, v, 188, 100)
	if len(v.rows) != 2 {
		t.Errorf("%d rows", len(v.rows))
	}
	v.SetText("")
	v.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(30, 50)})
	if v.SelectedText() != "" || v.Text() != "" {
		t.Error("an empty text has content")
	}
}
