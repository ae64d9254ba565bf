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

// TextView shows a read-only text of any size, wrapped at its width. Create it with
// [NewTextView].
//
// Dragging selects; a double click selects a word, a triple click a line; a click
// or a navigation key with Shift extends the selection; Ctrl+A selects all. Ctrl+C
// copies the selection, or everything if nothing is selected, as it is in the text
// and not as it is wrapped or displayed. [TextView.Find] highlights matches.
//
// A long text is wrapped and searched in the background; its beginning is shown at
// once.
type TextView struct {
	pane

	// Post runs a function on the UI thread soon, without waiting for it. If it is
	// nil, long texts are wrapped and searched on the UI thread.
	Post func(func())
	// OnFind is called when the user presses Ctrl+F.
	OnFind func()
	// OnFound is called when a search is complete and when another match is
	// selected. at is the number of that match from 1, or 0 if none is selected; n
	// is the number of matches.
	OnFound func(at, n int)

	text         string
	rows         []int // offsets of the rows; nil until the width is known
	cells        int   // the width for which rows are wrapped, or being wrapped
	wrapping     job
	anchor, head int // the two ends of the selection

	find    string
	hits    [][2]int // from and to, ascending
	finding job
}

// NewTextView returns an empty view.
func NewTextView(fonts *Fonts) *TextView {
	t := &TextView{}
	t.extend(t, fonts)
	return t
}

// SetText shows another text from its beginning and clears the selection. If text
// is unchanged it does nothing.
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

// SelectedText returns the selected part of the text.
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

// wordAt returns the bounds of the word at an offset: letters, digits and
// underscores, or else one character.
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

// lineAt returns the bounds of the line at an offset, including its line feed.
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

// margin returns the space to the left of the text, in pixels.
func (t *TextView) margin() int { return t.font.cell }

func (t *TextView) top() int { return t.units(4) }

// atOnce is how many bytes of a text are wrapped and searched without delay.
const atOnce = 128 << 10

// count wraps the text if its width has changed, and returns the number of rows.
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

// wrap computes the rows for the width. A long text is wrapped in the background;
// until then the old rows stay, or the first new ones are shown.
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

// rewrapped sets the rows. The first row in view still shows the same text.
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
	end := 0 // of the drawn text, in cells
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
		fill(t.margin()+end*t.font.cell, 1, s.colors.selection) // the line feed is selected too
	}
}

// offsetAt returns the offset in the text nearest to a point.
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

// drag extends the selection, and scrolls if the mouse is outside.
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
			_, n := utf8.DecodeLastRuneInString(t.text[:head]) // into the previous row
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

// inRow returns the offset in the text that is about offset bytes into a row.
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

// clusterBefore returns the length of the last cluster of s, or 0 if s is empty.
func clusterBefore(s string) (bytes int) {
	for s != "" {
		bytes = nextCluster(s).bytes
		s = s[bytes:]
	}
	return bytes
}

func (t *TextView) scrolled() {}
