package widgets

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/widgets/text"
)

// newText returns a view 20 cells wide: 188 units, with a margin of one cell of 8
// units on each side and 12 units for the scroll bar. Rows are 19 units high, the
// first begins at 4, and 5 fit.
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

func TestDoubleClickSelectsTheWordAndAThirdTheLine(t *testing.T) {
	v, _ := newText(t, "first\na line that is wrapped over two rows\nlast 订阅, x_1")
	for _, tt := range []struct {
		x, y       float32
		word, line string
	}{
		{30, 50, "over", "a line that is wrapped over two rows\n"},
		{12, 65, "last", "last 订阅, x_1"},
		{8 + 6*8, 65, "订阅", "last 订阅, x_1"},
		{8 + 10*8 + 3, 65, " ", "last 订阅, x_1"},
	} {
		v.clicks = Clicks{}
		for range 2 {
			press(v, tt.x, tt.y, 0)
			v.DragEnd()
		}
		if got := v.SelectedText(); got != tt.word {
			t.Errorf("%q, want the word %q", got, tt.word)
		}
		press(v, tt.x, tt.y, 0)
		v.DragEnd()
		if got := v.SelectedText(); got != tt.line {
			t.Errorf("%q, want the line %q", got, tt.line)
		}
	}
}

func TestShiftAndKeysSelect(t *testing.T) {
	v, _ := newText(t, "hello world\n订阅 e\u0301x\nlast")
	press(v, 8+6*8, 10, 0)
	v.DragEnd()
	v.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftRight})
	for _, tt := range []struct {
		key  fyne.KeyName
		want string
	}{
		{fyne.KeyRight, "w"}, {fyne.KeyRight, "wo"}, {fyne.KeyLeft, "w"}, {fyne.KeyLeft, ""}, {fyne.KeyLeft, " "},
		{fyne.KeyDown, "world\n订阅"}, {fyne.KeyRight, "world\n订阅 "}, {fyne.KeyRight, "world\n订阅 e\u0301"},
		{fyne.KeyLeft, "world\n订阅 "}, {fyne.KeyEnd, "world\n订阅 e\u0301x\nlast"}, {fyne.KeyHome, "hello "},
		{fyne.KeyLeft, "hello "}, {fyne.KeyPageDown, "world\n订阅 e\u0301x\nlast"}, {fyne.KeyUp, "world\n订阅"}, {fyne.KeyPageUp, "hello "},
	} {
		if key(v, tt.key); v.SelectedText() != tt.want {
			t.Fatalf("%s: %q, want %q", tt.key, v.SelectedText(), tt.want)
		}
	}
	v.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftRight})
	if key(v, fyne.KeyRight); v.SelectedText() != "hello " {
		t.Errorf("without Shift: %q", v.SelectedText())
	}
}

func TestFindNextStepsThroughTheMatches(t *testing.T) {
	v, _ := newText(t, strings.Repeat("line\n", 20)+"Öl und öl\n"+strings.Repeat("line\n", 20)+"ÖL")
	var told [][2]int
	v.OnFound = func(at, n int) { told = append(told, [2]int{at, n}) }
	v.Find("öl")
	for _, want := range []struct {
		at   int
		text string
		by   int
	}{{1, "Öl", 1}, {2, "öl", 1}, {3, "ÖL", 1}, {1, "Öl", -1}, {3, "ÖL", -1}, {2, "öl", 0}} {
		if got := told[len(told)-1]; got != [2]int{want.at, 3} || v.SelectedText() != want.text {
			t.Fatalf("match %v, %q, want %d of 3, %q", got, v.SelectedText(), want.at, want.text)
		}
		if row := int64(text.RowAt(v.rows, v.head)); row < v.scroll.top || row >= v.scroll.top+v.scroll.page {
			t.Errorf("match %d is out of view", want.at)
		}
		v.FindNext(want.by)
	}
	if v.Find("Öl"); told[len(told)-1][1] != 1 {
		t.Errorf("with a capital letter: %v", told[len(told)-1])
	}
	if v.SetText("Öl Öl öl"); told[len(told)-1] != [2]int{0, 2} {
		t.Errorf("in another text: %v", told[len(told)-1])
	}
	if v.Find("nowhere"); told[len(told)-1] != [2]int{0, 0} {
		t.Errorf("without a match: %v", told[len(told)-1])
	}
	v.FindNext(1)
}

// The beginning of a long text is shown at once. The other rows and the matches
// come from the background; results that are obsolete are dropped.
func TestLongTextsAreWrappedAndSearchedInTheBackground(t *testing.T) {
	v, _ := newText(t, "short")
	posted := make(chan func(), 10)
	v.Post = func(f func()) { posted <- f }
	long := strings.Repeat("0123456789 订阅\n", 1<<16)
	v.SetText(long)
	if n := len(v.rows); n < 1000 || n > 1<<16 {
		t.Fatalf("%d rows at once", n)
	}
	v.Find("订阅")
	(<-posted)()
	(<-posted)()
	if len(v.rows) != 1<<16+1 || len(v.hits) != 1<<16 {
		t.Errorf("%d rows, %d matches", len(v.rows), len(v.hits))
	}
	v.scrollTo(40_000)
	v.Resize(fyne.NewSize(120, 100))
	if len(v.rows) != 1<<16+1 {
		t.Errorf("%d rows while it is wrapped again", len(v.rows))
	}
	(<-posted)()
	if got := text.RowText(long, v.rows, int(v.scroll.top)); len(v.rows) != 2<<16+1 || v.scroll.top != 80_000 || got != "0123456789 " {
		t.Errorf("%d rows, the first in view is %d, %q", len(v.rows), v.scroll.top, got)
	}
	v.SetText(long + long)
	v.SetText("other")
	(<-posted)()
	(<-posted)()
	if len(v.rows) != 1 || len(v.hits) != 0 {
		t.Errorf("%d rows, %d matches of the previous text", len(v.rows), len(v.hits))
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

func TestRewrappingKeepsTheFirstLineInView(t *testing.T) {
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
	press(v, 30, 50, 0)
	press(v, 30, 50, 0)
	if v.SelectedText() != "" || v.Text() != "" {
		t.Error("an empty text has content")
	}
}

// Every algorithm of the search finds what a regular expression would.
func TestFindAgreesWithRegularExpressions(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	word := func(alphabet string, n int) string {
		runes, from := make([]rune, n), []rune(alphabet)
		for i := range runes {
			runes[i] = from[random.IntN(len(from))]
		}
		return string(runes)
	}
	for range 2000 {
		text, find := word("abAB.é订É ", 30), word("ab.é订", 1+random.IntN(3))
		var want [][2]int
		for _, at := range regexp.MustCompile("(?i)"+regexp.QuoteMeta(find)).FindAllStringIndex(text, -1) {
			want = append(want, [2]int{at[0], at[1]})
		}
		if got := findAll(text, find, func() bool { return false }); !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %v, want %v", find, text, got, want)
		}
	}
}

// BenchmarkTenMebibytes measures a large text: on the UI thread until its beginning
// is shown and at a new width, in the background until it is wrapped and searched.
func BenchmarkTenMebibytes(b *testing.B) {
	line := `{"price":100.25,"symbol":"ABC","note":"the quick brown fox jumps over the lazy dog"},` + "\n"
	lines := strings.Repeat(line, 10<<20/len(line))
	one := strings.ReplaceAll(lines, "\n", " ")
	for _, of := range []struct{ name, text string }{{"lines", lines}, {"one line", one}} {
		b.Run("set "+of.name, func(b *testing.B) {
			test.NewTempApp(b)
			v := NewTextView(sharedFonts(b))
			show(b, v, 700, 300, 1)
			v.Post = func(func()) {}
			for n := 0; b.Loop(); n++ {
				v.SetText(of.text[n%7:])
				v.generate(700, 300)
			}
		})
		b.Run("resize "+of.name, func(b *testing.B) {
			test.NewTempApp(b)
			v := NewTextView(sharedFonts(b))
			show(b, v, 700, 300, 1)
			v.SetText(of.text)
			v.Post = func(func()) {}
			for n := 0; b.Loop(); n++ {
				v.Resize(fyne.NewSize(500+float32(n%20)*10, 300))
				v.generate(700, 300)
			}
		})
		b.Run("wrap "+of.name, func(b *testing.B) {
			for b.Loop() {
				text.Wrap(of.text, 80)
			}
		})
		b.Run("find "+of.name, func(b *testing.B) {
			for b.Loop() {
				findAll(of.text, "lazy cat", func() bool { return false })
			}
		})
	}
}

func TestATextViewWithoutTextIsNotDrawn(t *testing.T) {
	v := NewTextView(sharedFonts(t))
	shown := func() bool { return test.WidgetRenderer(v).Objects()[0].Visible() }
	v.Resize(fyne.NewSize(200, 100))
	v.SetText("")
	v.Refresh()
	if shown() {
		t.Error("an empty view is drawn")
	}
	v.SetText("text")
	if !shown() {
		t.Error("a text is not drawn")
	}
	v.SetText("")
	if shown() {
		t.Error("the view is drawn although its text was removed")
	}
	v.FocusGained()
	if !shown() {
		t.Error("the focus is not drawn")
	}
	v.FocusLost()
	v.SetHint("hint")
	if !shown() {
		t.Error("the hint is not drawn")
	}
}

func TestClickInTextFromRightToLeft(t *testing.T) {
	v, _ := newText(t, "ab אבגד")
	place := func(x float32) int { press(v, x, 10, 0); return v.head } // cells of 8 units begin at 8
	for _, tt := range []struct {
		name string
		x    float32
		want int
	}{
		{"left of the first letter", 3, 0},
		{"in the Latin part", 8 + 8 + 1, 1},
		{"the left half of the last Hebrew letter", 8 + 3*8 + 1, 3 + 8},
		{"its right half", 8 + 3*8 + 7, 3 + 6},
		{"the right half of the first Hebrew letter", 8 + 6*8 + 7, 3},
		{"right of all", 150, 11},
	} {
		if got := place(tt.x); got != tt.want {
			t.Errorf("%s: byte %d, want %d", tt.name, got, tt.want)
		}
	}
	v.clicks = Clicks{}
	v.SetText("אבגד")
	if got := place(150); got != 0 {
		t.Errorf("right of a Hebrew line: byte %d, want its beginning", got)
	}
}
