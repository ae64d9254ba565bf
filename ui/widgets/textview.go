package widgets

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"sseconsole/ui/widgets/text"
)

// TextView shows a read-only text of any size, wrapped at its width. Create it with
// [NewTextView].
//
// Dragging selects; a double click selects a word, a triple click a line; a click
// or a navigation key with Shift extends the selection; Ctrl+A selects all. Ctrl+C
// copies the selection, or everything if nothing is selected, as it is in the text
// and not as it is wrapped, folded or displayed. [TextView.Find] highlights matches.
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
	// OnCaret is called when the place in the text that the user chose changes.
	OnCaret func()
	// OnMenu is called when the user asks for a menu at a position on the screen.
	OnMenu func(at fyne.Position)

	text         string
	style        Style
	rows         []int // offsets of the rows; nil until the width is known
	end          int   // of the last row
	cells        int   // the width for which rows are wrapped, or being wrapped
	wrapping     job
	anchor, head int // the two ends of the selection

	folds   []text.Fold // ascending; those within another are not in rows
	folding job
	sign    bool // the mouse is over a sign or label of a fold

	find    string
	hits    [][2]int // from and to, ascending
	finding job
}

// Style says how a text looks beyond its characters. The zero value is plain text.
type Style struct {
	// Outline makes parts foldable: lines that are indented deeper than the one before
	// them, by steps of two spaces.
	Outline bool
	// Spans returns the coloured parts of a line, ascending. begin is the line's offset
	// in the text.
	Spans func(line string, begin int) []Span
}

// Span is a part of a line with a role.
type Span struct {
	From, To int
	Role     Role
	Link     bool // underlined
}

// NewTextView returns an empty view.
func NewTextView(fonts *text.Fonts) *TextView {
	t := &TextView{}
	t.extend(t, fonts)
	return t
}

// SetText shows another text from its beginning and clears the selection. If text
// is unchanged it does nothing.
func (t *TextView) SetText(text string) { t.SetStyled(text, Style{}) }

// SetStyled is SetText with a style. If the text shown is the beginning of text, in the
// same style, then only the rest is added: position and selection stay.
func (t *TextView) SetStyled(text string, style Style) {
	same := style.Outline == t.style.Outline
	t.style = style
	switch {
	case same && text == t.text:
		t.redraw()
		return
	case same && t.text != "" && strings.HasPrefix(text, t.text):
		t.text, t.rows, t.cells, t.folds = text, nil, 0, nil
		t.folding.begin()
	default:
		t.text, t.rows, t.cells, t.anchor, t.head, t.folds = text, nil, 0, 0, 0, nil
		t.folding.begin()
		t.scroll.top = 0
	}
	t.relayout()
	t.search(false)
}

// Text returns the text.
func (t *TextView) Text() string { return t.text }

// Complete reports whether all of the text is wrapped, not only its beginning.
func (t *TextView) Complete() bool { return t.end == len(t.text) && t.cells > 0 }

// Caret returns the offset in the text of the place that the user chose last.
func (t *TextView) Caret() int { return t.head }

// SetCaret moves the caret, shows its place and clears the selection.
func (t *TextView) SetCaret(at int) {
	at = min(max(0, at), len(t.text))
	t.unfold(at, at+1, func() { t.moveTo(at, false) })
}

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
		custom, ok := shortcut.(*desktop.CustomShortcut)
		if ok && custom.Modifier == fyne.KeyModifierShortcutDefault {
			switch {
			case custom.KeyName == fyne.KeyF && t.OnFind != nil:
				t.OnFind()
				return
			case custom.KeyName == fyne.KeyLeft && t.style.Outline:
				t.FoldAll()
				return
			case custom.KeyName == fyne.KeyRight && t.style.Outline:
				t.UnfoldAll()
				return
			}
		}
		passOn(t.canvas(), shortcut)
	}
}

// wordAt returns the bounds of the word at an offset: letters, digits and
// underscores, or else one character.
func wordAt(s string, at int) (from, to int) {
	inWord := func(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
	for from = at; from > 0; {
		r, n := utf8.DecodeLastRuneInString(s[:from])
		if !inWord(r) {
			break
		}
		from -= n
	}
	for to = at; to < len(s); {
		r, n := utf8.DecodeRuneInString(s[to:])
		if !inWord(r) {
			break
		}
		to += n
	}
	if from == to && to < len(s) {
		to += text.Next(s[to:]).Bytes
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
	if t.anchor == anchor && t.head == head {
		return
	}
	moved := t.head != head
	t.anchor, t.head = anchor, head
	t.redraw()
	if moved && t.OnCaret != nil {
		t.OnCaret()
	}
}

func (t *TextView) selection() (from, to int) {
	return min(t.anchor, t.head), max(t.anchor, t.head)
}
