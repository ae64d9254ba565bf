package widgets

import (
	"fmt"
	"image"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/widgets/text"
)

const tree = `{
  "a": [
    1,
    {
      "x": 2
    }
  ],
  "b": "two"
}`

// newTree returns a view of an outline that is 40 cells wide. Rows are 19 units high, the
// first begins at 4; the text begins at 24.
func newTree(t *testing.T, text string) *TextView {
	t.Helper()
	test.NewTempApp(t)
	v := NewTextView(sharedFonts(t))
	inWindow(t, v, (1+signCells+40+1)*8+12, 400)
	v.SetStyled(text, Style{Outline: true})
	if v.cells != 40 {
		t.Fatalf("%d cells, not what these tests are made for", v.cells)
	}
	return v
}

// shown returns the rows as they are drawn.
func shown(v *TextView) string {
	var rows []string
	for i := range v.rows {
		r := v.row(i)
		rows = append(rows, r.text)
	}
	return strings.Join(rows, "\n")
}

func (t *TextView) caretOn(line string) { t.SetCaret(strings.Index(t.text, line)) }

func TestALineFoldsByItsSign(t *testing.T) {
	v := newTree(t, tree)
	press(v, 24+4, 4+19+5, 0) // before "a"
	v.DragEnd()
	const folded = "{\n  \"a\": [ 1, … 2 ],\n  \"b\": \"two\"\n}"
	if got := shown(v); got != folded {
		t.Errorf("folded:\n%s", got)
	}
	press(v, 24+10*8+4, 4+19+5, 0) // the label
	v.DragEnd()
	if got := shown(v); got != tree {
		t.Errorf("unfolded:\n%s", got)
	}
	press(v, 24+4, 4+2*19+5, 0) // before 1, which has no sign
	v.DragEnd()
	if got := shown(v); got != tree {
		t.Errorf("after a click on no sign:\n%s", got)
	}
	v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(24+4, 4+19+5)}})
	if v.Cursor() != desktop.PointerCursor {
		t.Error("the mouse over a sign looks as elsewhere")
	}
}

func TestTheArrowKeysFoldAndGoThroughATree(t *testing.T) {
	v := newTree(t, tree)
	at := func(want string) {
		t.Helper()
		if line := strings.TrimSpace(v.text[v.lineOf(v.head):text.LineEnd(v.text, v.head)]); line != want {
			t.Errorf("the caret is on %q, want %q", line, want)
		}
	}
	key(v, fyne.KeyRight)
	at(`"a": [`)
	key(v, fyne.KeyLeft)
	if got := shown(v); !strings.Contains(got, "[ 1, … 2 ],") {
		t.Errorf("not folded:\n%s", got)
	}
	key(v, fyne.KeyDown)
	at(`"b": "two"`)
	key(v, fyne.KeyUp, fyne.KeyRight)
	if got := shown(v); got != tree {
		t.Errorf("not unfolded:\n%s", got)
	}
	key(v, fyne.KeyRight, fyne.KeyDown, fyne.KeyDown)
	at(`"x": 2`)
	key(v, fyne.KeyLeft)
	at("{")
	key(v, fyne.KeyEnd)
	at("}")
	key(v, fyne.KeyLeft)
	at("{")
	ctrl := func(name fyne.KeyName) {
		v.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: fyne.KeyModifierShortcutDefault})
	}
	v.caretOn(`"x"`)
	ctrl(fyne.KeyLeft)
	if got := shown(v); got != "{\n  \"a\": [ 1, … 2 ],\n  \"b\": \"two\"\n}" {
		t.Errorf("all folded:\n%s", got)
	}
	at(`"a": [`)
	key(v, fyne.KeyRight)
	if got := shown(v); !strings.Contains(got, "    { \"x\": 2 … 1 }\n") {
		t.Errorf("the inner part unfolded with the outer one:\n%s", got)
	}
	ctrl(fyne.KeyRight)
	if got := shown(v); got != tree {
		t.Errorf("all unfolded:\n%s", got)
	}
}

func TestSeveralRootsFoldToALineEach(t *testing.T) {
	v := newTree(t, "{\n  \"a\": 1\n}\n12\n[\n  1,\n  2\n]\n<x>\n  <y/>\n</x>\na\n  b")
	v.FoldAll()
	if got, want := shown(v), "{ \"a\": 1 … 1 }\n12\n[ 1, … 2 ]\n<x> <y/> … 1 </x>\na b … 1 "; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestFoldedTextIsCopied(t *testing.T) {
	v := newTree(t, tree)
	v.caretOn(`"a"`)
	key(v, fyne.KeyLeft)
	v.SelectAll()
	if got := v.SelectedText(); got != tree {
		t.Errorf("selected: %q", got)
	}
	press(v, 24+4*8, 4+19+5, 0)
	drag(v, 24+4*8, 4+2*19+5)
	if got := v.SelectedText(); !strings.HasSuffix(got, "],\n  \"b") || !strings.Contains(got, `"x": 2`) {
		t.Errorf("dragged over the fold: %q", got)
	}
}

func TestFindUnfoldsWhatItFinds(t *testing.T) {
	v := newTree(t, tree)
	v.FoldAll()
	v.Find(`"x"`)
	if got := shown(v); got != tree || v.SelectedText() != `"x"` {
		t.Errorf("selected %q in\n%s", v.SelectedText(), got)
	}
	v.FoldAll()
	if v.FindNext(1); shown(v) != tree {
		t.Errorf("the next match is hidden:\n%s", shown(v))
	}
}

// randomTree returns an outline of some lines, some of them wider than 40 cells.
func randomTree(r *rand.Rand, level, lines int) string {
	var b strings.Builder
	for range lines {
		pad := strings.Repeat(" ", level*text.Indent)
		switch r.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "%s\"%s\": {\n%s%s},\n", pad, strings.Repeat("n", r.IntN(60)), randomTree(r, level+1, r.IntN(4)), pad)
		case 1:
			fmt.Fprintf(&b, "%s%s\n", pad, strings.Repeat("订阅 w\t", r.IntN(20)))
		default:
			fmt.Fprintf(&b, "%s%d,\n", pad, r.IntN(100))
		}
	}
	return b.String()
}

// Rows that are changed in place are those that wrapping everything anew would give.
func TestFoldingGivesTheSameRowsInPlace(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 60 {
		v := newTree(t, randomTree(r, 0, 12))
		for range 30 {
			begin := v.lineOf(r.IntN(len(v.text) + 1))
			v.toggle(begin)
			if r.IntN(8) == 0 {
				v.FoldAll()
			}
			w := v.wrapped(0, v.folds)
			w.UpTo(len(v.text))
			if !slices.Equal(w.Starts, v.rows) {
				t.Fatalf("%v\nwant\n%v\nof\n%s", v.rows, w.Starts, v.text)
			}
			for i := range v.rows {
				row := v.row(i)
				if cells := text.Cells(row.text); cells > 60 {
					t.Fatalf("a row of %d cells: %q", cells, row.text)
				}
				for at := range row.text {
					from, _ := row.source(at, 1)
					if back := row.inText(from); back != at && (at < row.at || at >= row.at+row.label) {
						t.Fatalf("offset %d of %q is at %d, which is at %d", at, row.text, from, back)
					}
				}
			}
			v.raster.Refresh()
			v.generate(v.width, v.height)
			v.press(image.Pt(r.IntN(v.width), r.IntN(v.height)), 0, 1)
			key(v, fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp)
		}
	}
}

func TestARestThatIsAddedKeepsThePlace(t *testing.T) {
	begin := "{\n" + strings.Repeat("  1,\n", 100)
	v := newTree(t, begin)
	v.scrollTo(50)
	v.choose(20, 24)
	v.SetStyled(begin+"  2\n}", Style{Outline: true})
	if v.scroll.top != 50 || v.SelectedText() != begin[20:24] || len(v.rows) != 103 {
		t.Errorf("top %d, selected %q, %d rows", v.scroll.top, v.SelectedText(), len(v.rows))
	}
	v.SetStyled("{}", Style{Outline: true})
	if v.scroll.top != 0 || v.SelectedText() != "" {
		t.Errorf("another text begins at row %d", v.scroll.top)
	}
}

func TestSpansColourALine(t *testing.T) {
	spans := []Span{{From: 2, To: 4, Role: Name}, {From: 6, To: 9, Role: String, Link: true}}
	for at, want := range []Role{Normal, Normal, Name, Name, Normal, Normal, String, String, String, Normal} {
		if role, link := roleAt(spans, at); role != want || link != (want == String) {
			t.Errorf("at %d: role %d, link %v", at, role, link)
		}
	}
}

// BenchmarkFold measures a text of 17 MB in 2 million lines.
func BenchmarkFold(b *testing.B) {
	s := "[\n" + strings.Repeat("  {\n    \"a\": 1\n  },\n", 700_000) + "  1\n]"
	goOn := func() bool { return false }
	b.Run("one", func(b *testing.B) {
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			text.FoldAt(s, 0, goOn)
		}
	})
	b.Run("all", func(b *testing.B) {
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			text.AllFolds(s, text.Indent, goOn)
		}
	})
	b.Run("wrap", func(b *testing.B) {
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			text.NewOutline(s, 80, nil, 0).UpTo(len(s))
		}
	})
}
