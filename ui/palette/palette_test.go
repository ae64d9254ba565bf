package palette

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/wording/catalogue"
)

// bench is a palette over a window with a field, which has the focus.
type bench struct {
	*Palette
	t      *testing.T
	k      *kit.Kit
	below  *widget.Entry
	items  []Item
	more   func([]Item) // nil until the palette asks for more
	recent []string
	ran    []string
}

func newBench(t *testing.T, names ...string) *bench {
	b := &bench{t: t, k: kittest.New(t, catalogue.English, func(run func()) { run() }), below: widget.NewEntry()}
	for _, name := range names {
		b.items = append(b.items, b.item(name))
	}
	b.k.Win.SetContent(b.below)
	b.k.Win.Resize(fyne.NewSize(800, 500))
	b.k.Win.Canvas().Focus(b.below)
	b.Palette = New(Config{
		Kit: b.k, Items: func() []Item { return b.items }, More: func(add func([]Item)) { b.more = add }, Keys: func() []Item { return b.items },
		Recent: func() []string { return b.recent }, Remember: func(id string) { b.recent = slices.Insert(b.recent, 0, id) },
	})
	return b
}

// item returns an item called name. "off " before the name disables it.
func (b *bench) item(name string) Item {
	name, off := strings.CutPrefix(name, "off ")
	return Item{ID: name, Name: name, Group: "Group", Run: func() { b.ran = append(b.ran, name) }, Enabled: func() bool { return !off }}
}

// shown returns the rows, the chosen one in brackets.
func (b *bench) shown() string {
	var all []string
	for i, r := range b.rows {
		text := r.heading
		if r.item != nil {
			text = r.item.Name
		}
		if i == b.Chosen {
			text = "[" + text + "]"
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

func (b *bench) check(want string) {
	b.t.Helper()
	if got := b.shown(); got != want {
		b.t.Errorf("%s, want %s", got, want)
	}
}

func (b *bench) press(keys ...fyne.KeyName) {
	for _, key := range keys {
		b.Field.TypedKey(&fyne.KeyEvent{Name: key})
	}
}

// line returns the widget that shows row i.
func (b *bench) line(i int) *line {
	l := newLine(b.Palette)
	l.set(i)
	return l
}

func TestTypingFindsAndEnterRuns(t *testing.T) {
	b := newBench(t, "clear", "save as", "resave", "load")
	b.Open()
	if b.k.Win.Canvas().Focused() != b.Field {
		t.Fatal("the field does not have the focus")
	}
	b.check("[clear] save as resave load")
	test.Type(b.Field, "SAVE")
	b.check("[save as] resave")
	b.press(fyne.KeyDown, fyne.KeyReturn)
	if !slices.Equal(b.ran, []string{"resave"}) || b.k.Asking() || b.k.Win.Canvas().Focused() != b.below {
		t.Errorf("ran %q, open: %v, the focus is in %T", b.ran, b.k.Asking(), b.k.Win.Canvas().Focused())
	}
}

func TestTheLastChosenComeFirst(t *testing.T) {
	b := newBench(t, "a1", "a2", "a3", "xa4")
	b.recent = []string{"a3", "gone", "xa4"}
	b.Open()
	b.check("[a3] xa4 a1 a2")
	test.Type(b.Field, "a") // how well it matches counts more
	b.check("[a3] a1 a2 xa4")
	b.press(fyne.KeyDown, fyne.KeyEnter)
	if b.recent[0] != "a1" {
		t.Errorf("remembered %q", b.recent)
	}
}

func TestWhatCannotBeDoneHasNoEffect(t *testing.T) {
	b := newBench(t, "off send", "open")
	b.Open()
	b.press(fyne.KeyReturn)
	b.line(0).Tapped(nil)
	if len(b.ran) > 0 || !b.k.Asking() || b.k.Win.Canvas().Focused() != b.Field {
		t.Errorf("ran %q, open: %v, the focus is in %T", b.ran, b.k.Asking(), b.k.Win.Canvas().Focused())
	}
	if off, on := b.line(0).name.Importance, b.line(1).name.Importance; off != widget.LowImportance || on == off {
		t.Errorf("the disabled item has importance %v, the other %v", off, on)
	}
	b.line(1).Tapped(nil)
	if !slices.Equal(b.ran, []string{"open"}) || b.k.Asking() {
		t.Errorf("a click ran %q", b.ran)
	}
}

func TestKeysMoveThroughTheList(t *testing.T) {
	var names []string
	for i := range 60 {
		names = append(names, strconv.Itoa(i))
	}
	b := newBench(t, names...)
	b.Open()
	for _, step := range []struct {
		key  fyne.KeyName
		want int
	}{
		{fyne.KeyUp, 0}, {fyne.KeyDown, 1}, {fyne.KeyTab, 2}, {fyne.KeyUp, 1},
		{fyne.KeyPageDown, 1 + b.page()}, {fyne.KeyPageDown, 1 + 2*b.page()}, {fyne.KeyPageUp, 1 + b.page()},
		{fyne.KeyPageUp, 1}, {fyne.KeyPageUp, 0},
	} {
		if b.press(step.key); b.Chosen != step.want {
			t.Errorf("%s leads to %d, want %d", step.key, b.Chosen, step.want)
		}
	}
	if b.page() < 5 || b.page() > 20 {
		t.Errorf("a page has %d rows", b.page())
	}
}

func TestAHundredRowsAreShown(t *testing.T) {
	b := newBench(t)
	for i := range 250 {
		b.items = append(b.items, b.item(strconv.Itoa(i)))
	}
	b.Open()
	if len(b.rows) != 101 || b.rows[100].heading != "150 more: type to narrow down" {
		t.Errorf("%d rows, the last is %+v", len(b.rows), b.rows[len(b.rows)-1])
	}
	b.press(slices.Repeat([]fyne.KeyName{fyne.KeyPageDown}, 20)...)
	if b.Chosen != 99 {
		t.Errorf("row %d is chosen", b.Chosen)
	}
}

func TestKeysAreGroupedAndAllShown(t *testing.T) {
	b := newBench(t)
	for i := range 250 {
		item := b.item(strconv.Itoa(i))
		item.Group = []string{"File", "Edit"}[i/200]
		b.items = append(b.items, item)
	}
	b.items[201].Run = nil // a control handles it
	b.OpenKeys()
	if len(b.rows) != 252 || b.rows[0].heading != "File" || b.rows[201].heading != "Edit" || b.Chosen != 1 {
		t.Errorf("%d rows, %d is chosen", len(b.rows), b.Chosen)
	}
	test.Type(b.Field, "201")
	b.check("Edit [201]")
	if b.press(fyne.KeyReturn); len(b.ran) > 0 || !b.k.Asking() {
		t.Error("a key of a control ran")
	}
}

func TestNothingMatching(t *testing.T) {
	b := newBench(t, "a", "b")
	b.Open()
	test.Type(b.Field, "zzz")
	if b.press(fyne.KeyDown, fyne.KeyPageUp, fyne.KeyReturn); len(b.rows) != 0 || !b.none.Visible() || len(b.ran) > 0 {
		t.Errorf("rows %q, ran %q", b.shown(), b.ran)
	}
	b.press(fyne.KeyBackspace, fyne.KeyBackspace, fyne.KeyBackspace)
	b.check("[a] b")
}

func TestMoreItemsArriveLater(t *testing.T) {
	b := newBench(t, "a", "b")
	b.Open()
	b.press(fyne.KeyDown)
	b.more([]Item{b.item("run")})
	b.check("a [b] run")
	late := b.more
	b.Open() // closes it
	b.Open()
	late([]Item{b.item("late")})
	b.check("[a] b")
}

func TestOpenAgainCloses(t *testing.T) {
	b := newBench(t, "a")
	for _, open := range []func(){b.Open, b.OpenKeys} {
		if open(); !b.k.Asking() {
			t.Error("not open")
		}
		if open(); b.k.Asking() || b.k.Win.Canvas().Focused() != b.below {
			t.Error("still open")
		}
		if open(); !b.k.Dismiss() || b.k.Asking() { // as Escape does
			t.Error("Escape does not close it")
		}
	}
	b.k.Inform("title", "a dialog")
	if b.Open(); b.k.Win.Canvas().Focused() == b.Field {
		t.Error("it opens over a dialog")
	}
}

func TestThePaletteFitsIntoASmallWindow(t *testing.T) {
	b := newBench(t, strings.Repeat("a long name ", 40))
	b.k.Win.Resize(fyne.NewSize(500, 300))
	b.Open()
	if min := b.overlay.MinSize(); min.Width > 500 || b.List.Size().Width > 452 || b.List.Size().Height > 264 {
		t.Errorf("at least %v, the list is %v", min, b.List.Size())
	}
}

func TestANameKeepsTheRoomOfANarrowLine(t *testing.T) {
	b := newBench(t, "Save all as evidence bundle")
	b.items[0].Keys = "Ctrl+S"
	b.Open()
	l := b.line(0)
	text := l.Theme().Size(theme.SizeNameText)
	for _, width := range []float32{22, 52} {
		l.Resize(fyne.NewSize(width*text, 40))
		if has, all := l.name.Size().Width, width*text; has < all/2 || l.group.Visible() != (width == 52) {
			t.Errorf("of %v the name has %v; group shown: %v", all, has, l.group.Visible())
		}
	}
}
