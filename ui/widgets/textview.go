package widgets

import (
	"image"
	"image/color"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// TextView shows a text of any size, wrapped at its width, in which parts can
// be selected and copied but not changed. Make it with [NewTextView].
//
// Dragging selects, Shift and a click extends, a double click selects a word, a
// third click the line, Shift and a key that moves extends, Ctrl+A selects all.
// Ctrl+C copies what is selected, or everything if nothing is, as it is in the
// text and not as it is wrapped or shown. [TextView.Find] marks what it finds.
//
// A long text is wrapped and searched in the background: its beginning is there
// at once.
type TextView struct {
	pane

	// Post runs a function on the UI thread, soon. It makes the work on long
	// texts go on in the background; without it that is done at once.
	Post func(func())
	// OnFind is called when the person wants to look for something (Ctrl+F).
	OnFind func()
	// OnFound is called when a search is through, and when another place is
	// chosen: at is its number from 1, 0 if none is; n is how many there are.
	OnFound func(at, n int)

	text         string
	rows         []int // where rows begin; nil until there is a width to wrap at
	cells        int   // the width that rows are made for, or are being made for
	wrapping     job
	anchor, head int // the selection lies between them

	find    string
	hits    [][2]int // from and to, rising
	finding job
}

// NewTextView returns an empty view.
func NewTextView(fonts *Fonts) *TextView {
	t := &TextView{}
	t.extend(t, fonts)
	return t
}

// SetText shows another text from its beginning, with nothing selected; the
// same text again changes nothing.
func (t *TextView) SetText(text string) {
	if text == t.text {
		return
	}
	t.text, t.rows, t.cells, t.anchor, t.head = text, nil, 0, 0, 0
	t.scroll.top = 0
	t.relayout()
	t.search(false)
}

// Text returns the text.
func (t *TextView) Text() string { return t.text }

// SelectedText returns the part that is selected.
func (t *TextView) SelectedText() string {
	from, to := t.selection()
	return t.text[from:to]
}

// SelectAll selects the whole text.
func (t *TextView) SelectAll() { t.choose(0, len(t.text)) }

// TypedShortcut implements [fyne.Shortcutable].
func (t *TextView) TypedShortcut(shortcut fyne.Shortcut) {
	switch shortcut := shortcut.(type) {
	case *fyne.ShortcutSelectAll:
		t.SelectAll()
	case *fyne.ShortcutCopy:
		text := t.SelectedText()
		if text == "" {
			text = t.text
		}
		shortcut.Clipboard.SetContent(text)
	default:
		if custom, ok := shortcut.(*desktop.CustomShortcut); ok && t.OnFind != nil &&
			custom.KeyName == fyne.KeyF && custom.Modifier == fyne.KeyModifierShortcutDefault {
			t.OnFind()
			return
		}
		passOn(t.canvas(), shortcut)
	}
}

// wordAt returns where the word at a place begins and ends: letters, digits and
// underlines, or else one character.
func wordAt(text string, at int) (from, to int) {
	inWord := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from = at; from > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:from])
		if !inWord(r) {
			break
		}
		from -= n
	}
	for to = at; to < len(text); {
		r, n := utf8.DecodeRuneInString(text[to:])
		if !inWord(r) {
			break
		}
		to += n
	}
	if from == to && to < len(text) {
		to += nextCluster(text[to:]).bytes
	}
	return from, to
}

// lineAt returns where the line of a place begins, and the next one.
func lineAt(text string, at int) (from, to int) {
	from, to = strings.LastIndexByte(text[:at], '\n')+1, len(text)
	if end := strings.IndexByte(text[at:], '\n'); end >= 0 {
		to = at + end + 1
	}
	return from, to
}

func (t *TextView) choose(anchor, head int) {
	if t.anchor != anchor || t.head != head {
		t.anchor, t.head = anchor, head
		t.redraw()
	}
}

func (t *TextView) selection() (from, to int) {
	return min(t.anchor, t.head), max(t.anchor, t.head)
}

// margin is the room left of the text.
func (t *TextView) margin() int { return t.font.cell }

func (t *TextView) top() int { return t.units(4) }

// atOnce is how much of a text is wrapped without delay, in bytes.
const atOnce = 128 << 10

// count wraps the text, unless that is done already.
func (t *TextView) count() int64 {
	cells := (t.content().Dx() - 2*t.margin()) / t.font.cell
	if cells <= 0 {
		return 0
	}
	if cells != t.cells {
		t.cells = cells
		t.wrap()
	}
	return int64(len(t.rows))
}

// wrap makes the rows for the width. Those of a long text come in the
// background; until then the old ones stay, or the first of the new ones.
func (t *TextView) wrap() {
	done := t.wrapping.begin()
	w := newWrapping(t.text, t.cells)
	if len(t.text) <= atOnce || t.Post == nil {
		w.upTo(len(t.text))
		t.rewrapped(w.starts)
		return
	}
	if t.rows == nil {
		w.upTo(atOnce)
		t.rows = slices.Clone(w.starts)
	}
	post := t.Post
	go func() {
		for w.i < len(w.text) && !done() {
			w.upTo(min(w.i+1<<20, len(w.text)))
		}
		post(func() {
			if !done() {
				t.rewrapped(w.starts)
				t.relayout()
			}
		})
	}()
}

// rewrapped takes over new rows. The place that is read stays in view.
func (t *TextView) rewrapped(rows []int) {
	reading := 0
	if int(t.scroll.top) < len(t.rows) {
		reading = t.rows[t.scroll.top]
	}
	t.rows = rows
	t.scroll.top = int64(rowAt(rows, reading))
}

func (t *TextView) paint(s *surface) {
	y := t.top()
	for row := int(t.scroll.top); row < len(t.rows) && y < t.height; row++ {
		t.paintRow(s, y, row)
		y += t.font.line
	}
}

func (t *TextView) paintRow(s *surface, y, row int) {
	from, to := t.selection()
	begin, text := t.rows[row], rowText(t.text, t.rows, row)
	hits := t.hits[t.hitAfter(begin):]
	fill := func(x, cells int, c color.RGBA) {
		s.fill(image.Rect(x, y, x+cells*t.font.cell, y+t.font.line), c)
	}
	line, _ := t.fonts.placeLine(text, len(text)*maxCells+1, true)
	end := 0 // of what is drawn, in cells
	for i := range line {
		p := &line[i]
		at, x := begin+p.at, t.margin()+p.col*t.font.cell
		ink, escape := s.colors.ink[Normal], s.colors.escape
		switch {
		case at >= from && at < to:
			fill(x, p.cells, s.colors.selection)
			ink, escape = s.colors.selectedInk[Normal], s.colors.selectedInk[Muted]
		case overlaps(hits, at, at+p.bytes):
			fill(x, p.cells, s.colors.hit)
			ink, escape = s.colors.hitInk, s.colors.hitInk
		}
		if p.escape {
			ink = escape
		}
		if p.text != "" {
			s.glyph(x, y, p.text, p.cells, ink)
		}
		end = p.col + p.cells
	}
	if at := begin + len(text); at >= from && at < to && t.text[at] == '\n' {
		fill(t.margin()+end*t.font.cell, 1, s.colors.selection) // a line feed counts too
	}
}

// offsetAt returns the place in the text next to a point.
func (t *TextView) offsetAt(at image.Point) int {
	if len(t.rows) == 0 {
		return 0
	}
	row := int(t.scroll.top) + (at.Y-t.top())/t.font.line
	if row >= len(t.rows) {
		return len(t.text)
	}
	row = max(row, 0)
	begin, text := t.rows[row], rowText(t.text, t.rows, row)
	line, leftward := t.fonts.placeLine(text, len(text)*maxCells+1, true)
	for i := range line {
		p := &line[i]
		left := t.margin() + p.col*t.font.cell
		right := left + p.cells*t.font.cell
		switch before := at.X < (left+right)/2; {
		case at.X >= right:
		case at.X < left && leftward:
			return begin + len(text)
		case before != p.left:
			return begin + p.at
		default:
			return begin + p.at + p.bytes
		}
	}
	if leftward {
		return begin
	}
	return begin + len(text)
}

func (t *TextView) press(at image.Point, modifier fyne.KeyModifier, click int) {
	place := t.offsetAt(at)
	switch {
	case modifier&fyne.KeyModifierShift != 0:
		t.choose(t.anchor, place)
	case click == 1:
		t.choose(place, place)
	case click == 2:
		t.choose(wordAt(t.text, place))
		t.hold = holdNothing
	default:
		t.choose(lineAt(t.text, place))
		t.hold = holdNothing
	}
}

// drag extends the selection, and scrolls when the mouse is outside.
func (t *TextView) drag(at image.Point) (outside bool) {
	switch {
	case at.Y < 0:
		outside = true
		t.scrollTo(t.scroll.top - 1)
	case at.Y >= t.height:
		outside = true
		t.scrollTo(t.scroll.top + 1)
	}
	at.Y = min(max(0, at.Y), t.height-1)
	t.choose(t.anchor, t.offsetAt(at))
	return outside
}

func (t *TextView) released() {}

// typed moves the end of the selection while Shift is down.
func (t *TextView) typed(key fyne.KeyName) bool {
	if !t.shift || len(t.rows) == 0 {
		return false
	}
	row, head := rowAt(t.rows, t.head), t.head
	switch key {
	case fyne.KeyLeft:
		head -= clusterBefore(t.text[t.rows[row]:head])
		if head == t.head && head > 0 {
			_, n := utf8.DecodeLastRuneInString(t.text[:head]) // at the beginning of a row
			head -= n
		}
	case fyne.KeyRight:
		if head < len(t.text) {
			head += nextCluster(t.text[head:]).bytes
		}
	case fyne.KeyUp:
		head = t.inRow(row-1, head-t.rows[row])
	case fyne.KeyDown:
		head = t.inRow(row+1, head-t.rows[row])
	case fyne.KeyPageUp:
		head = t.inRow(row-int(t.scroll.page), head-t.rows[row])
	case fyne.KeyPageDown:
		head = t.inRow(row+int(t.scroll.page), head-t.rows[row])
	case fyne.KeyHome:
		head = 0
	case fyne.KeyEnd:
		head = len(t.text)
	default:
		return false
	}
	before := t.scroll
	t.choose(t.anchor, head)
	t.scroll.reveal(int64(rowAt(t.rows, head)))
	t.afterScroll(before)
	return true
}

// inRow is the place in a row, as far from its beginning as it was in another.
func (t *TextView) inRow(row, offset int) int {
	switch {
	case row < 0:
		return 0
	case row >= len(t.rows):
		return len(t.text)
	}
	line, at := rowText(t.text, t.rows, row), 0
	for at < min(offset, len(line)) {
		at += nextCluster(line[at:]).bytes
	}
	return t.rows[row] + at
}

// clusterBefore is the length of the last cluster of s, 0 if s is empty.
func clusterBefore(s string) (bytes int) {
	for s != "" {
		bytes = nextCluster(s).bytes
		s = s[bytes:]
	}
	return bytes
}

func (t *TextView) scrolled() {}
