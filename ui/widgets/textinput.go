package widgets

import (
	"image"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/ui/widgets/text"
)

func (t *TextView) press(at image.Point, modifier fyne.KeyModifier, click int) {
	if t.pressSign(at) {
		t.hold = holdNothing
		return
	}
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

// typed moves the end of the selection while Shift is down, and in an outline the caret.
func (t *TextView) typed(key fyne.KeyName) bool {
	if len(t.rows) == 0 || !t.shift && !t.style.Outline {
		return false
	}
	if !t.shift {
		switch key {
		case fyne.KeyLeft:
			t.leave()
			return true
		case fyne.KeyRight:
			t.enter()
			return true
		}
	}
	i := text.RowAt(t.rows, t.head)
	r := t.row(i)
	at, head := r.inText(t.head), t.head
	switch key {
	case fyne.KeyLeft:
		if n := clusterBefore(r.text[:at]); n > 0 {
			head, _ = r.source(at-n, n)
		} else if head > 0 {
			_, n := utf8.DecodeLastRuneInString(t.text[:head]) // into the previous row
			head -= n
		}
	case fyne.KeyRight:
		if at < len(r.text) {
			n := text.Next(r.text[at:]).Bytes
			_, head = r.source(at, n)
		} else if head < len(t.text) {
			head += text.Next(t.text[head:]).Bytes
		}
	case fyne.KeyUp:
		head = t.inRow(i-1, at)
	case fyne.KeyDown:
		head = t.inRow(i+1, at)
	case fyne.KeyPageUp:
		head = t.inRow(i-int(t.scroll.page), at)
	case fyne.KeyPageDown:
		head = t.inRow(i+int(t.scroll.page), at)
	case fyne.KeyHome:
		head = 0
	case fyne.KeyEnd:
		head = t.end
	default:
		return false
	}
	t.moveTo(head, t.shift)
	return true
}

// moveTo moves the caret and shows it. extend keeps the other end of the selection.
func (t *TextView) moveTo(head int, extend bool) {
	before := t.scroll
	if extend {
		t.choose(t.anchor, head)
	} else {
		t.choose(head, head)
	}
	t.scroll.reveal(int64(text.RowAt(t.rows, head)))
	t.afterScroll(before)
}

// inRow returns the offset in the text that is about offset bytes into a row.
func (t *TextView) inRow(row, offset int) int {
	switch {
	case row < 0:
		return 0
	case row >= len(t.rows):
		return t.end
	}
	r, at := t.row(row), 0
	for at < min(offset, len(r.text)) {
		at += text.Next(r.text[at:]).Bytes
	}
	from, _ := r.source(at, 0)
	return from
}

// clusterBefore returns the length of the last cluster of s, or 0 if s is empty.
func clusterBefore(s string) (bytes int) {
	for s != "" {
		bytes = text.Next(s).Bytes
		s = s[bytes:]
	}
	return bytes
}

func (t *TextView) scrolled() {}

// TappedSecondary implements [fyne.SecondaryTappable]: it moves the caret, unless it is on
// the selection, and asks for the menu.
func (t *TextView) TappedSecondary(e *fyne.PointEvent) {
	if c := t.canvas(); c != nil {
		c.Focus(t)
	}
	at := t.offsetAt(t.pixels(e.Position))
	if from, to := t.selection(); at < from || at >= to {
		t.choose(at, at)
	}
	if t.OnMenu != nil {
		t.OnMenu(e.AbsolutePosition)
	}
}

// MouseIn implements [desktop.Hoverable].
func (t *TextView) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved implements [desktop.Hoverable].
func (t *TextView) MouseMoved(e *desktop.MouseEvent) {
	_, t.sign = t.signUnder(t.pixels(e.Position))
}

// MouseOut implements [desktop.Hoverable].
func (t *TextView) MouseOut() { t.sign = false }

// Cursor implements [desktop.Cursorable].
func (t *TextView) Cursor() desktop.Cursor {
	if t.sign {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// lineOf returns the beginning of the line of an offset.
func (t *TextView) lineOf(at int) int { return strings.LastIndexByte(t.text[:at], '\n') + 1 }
