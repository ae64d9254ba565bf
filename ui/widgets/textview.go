package widgets

import (
	"image"
	"strings"

	"fyne.io/fyne/v2"
)

// TextView shows a text of any size, wrapped at its width, in which parts can
// be selected and copied but not changed. Make it with [NewTextView].
//
// Dragging selects, Shift and a click extends, a double click selects the line,
// Ctrl+A all. Ctrl+C copies what is selected, or everything if nothing is, as
// it is in the text and not as it is wrapped or shown.
type TextView struct {
	pane
	text         string
	rows         []int // where rows begin; nil until there is a width to wrap at
	cells        int   // the width that rows were made for
	anchor, head int   // the selection lies between them
}

// NewTextView returns an empty view.
func NewTextView(fonts *Fonts) *TextView {
	t := &TextView{}
	t.extend(t, fonts)
	return t
}

// SetText shows another text from its beginning, with nothing selected; the
// same text again changes nothing. A mebibyte takes some 5 ms.
func (t *TextView) SetText(text string) {
	if text == t.text {
		return
	}
	t.text, t.rows, t.anchor, t.head = text, nil, 0, 0
	t.relayout()
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
		passOn(t.canvas(), shortcut)
	}
}

// DoubleTapped implements [fyne.DoubleTappable].
func (t *TextView) DoubleTapped(e *fyne.PointEvent) {
	t.clicked = false
	at := t.offsetAt(t.pixels(e.Position))
	from := strings.LastIndexByte(t.text[:at], '\n') + 1
	to := len(t.text)
	if end := strings.IndexByte(t.text[at:], '\n'); end >= 0 {
		to = at + end + 1
	}
	t.choose(from, to)
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

// count wraps the text, unless that is done already.
func (t *TextView) count() int64 {
	cells := (t.content().Dx() - 2*t.margin()) / t.font.cell
	if cells <= 0 {
		return 0
	}
	if t.rows == nil || cells != t.cells {
		reading := 0 // the place that stays in view
		if int(t.scroll.top) < len(t.rows) {
			reading = t.rows[t.scroll.top]
		}
		t.rows, t.cells = wrap(t.text, cells), cells
		t.scroll.top = int64(rowAt(t.rows, reading))
	}
	return int64(len(t.rows))
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
	at, line := t.rows[row], rowText(t.text, t.rows, row)
	highlight := func(x, cells int) bool {
		if at < from || at >= to {
			return false
		}
		s.fill(image.Rect(x, y, x+cells*t.font.cell, y+t.font.line), s.colors.selection)
		return true
	}
	x := t.margin()
	for col := 0; line != ""; {
		bytes, cells := step(line, col)
		ink, escape := s.colors.ink[Normal], s.colors.escape
		if highlight(x, cells) {
			ink, escape = s.colors.selectedInk[Normal], s.colors.selectedInk[Muted]
		}
		if line[0] != '\t' {
			s.text(x, y, line[:bytes], cells, ink, escape)
		}
		at, line, col, x = at+bytes, line[bytes:], col+cells, x+cells*t.font.cell
	}
	if at < len(t.text) && t.text[at] == '\n' {
		highlight(x, 1) // a line feed counts too
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
	offset, line := t.rows[row], rowText(t.text, t.rows, row)
	x := t.margin()
	for col := 0; line != ""; {
		bytes, cells := step(line, col)
		if at.X < x+cells*t.font.cell/2 {
			break
		}
		offset, line, col, x = offset+bytes, line[bytes:], col+cells, x+cells*t.font.cell
	}
	return offset
}

func (t *TextView) press(at image.Point, modifier fyne.KeyModifier) {
	place := t.offsetAt(at)
	if modifier&fyne.KeyModifierShift != 0 {
		t.choose(t.anchor, place)
	} else {
		t.choose(place, place)
	}
}

// drag extends the selection, and scrolls when the mouse is outside.
func (t *TextView) drag(at image.Point) {
	switch {
	case at.Y < 0:
		t.scrollTo(t.scroll.top - 1)
	case at.Y >= t.height:
		t.scrollTo(t.scroll.top + 1)
	}
	at.Y = min(max(0, at.Y), t.height-1)
	t.choose(t.anchor, t.offsetAt(at))
}

func (t *TextView) typed(fyne.KeyName) bool { return false }

func (t *TextView) scrolled() {}
