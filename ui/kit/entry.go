package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// key passes a key to the window or, if the window does not use it, to a field.
func (k *Kit) key(e *fyne.KeyEvent, field func(*fyne.KeyEvent)) {
	k.Tip.Clear()
	if !k.TypedKey(e.Name) {
		field(e)
	}
}

// shortcut passes a shortcut to the window or, if the window does not use it, to a
// field.
func (k *Kit) shortcut(s fyne.Shortcut, field func(fyne.Shortcut)) {
	k.Tip.Clear()
	if !k.Further(s) && !k.refusesPaste(s) {
		field(s)
	}
}

// Field is a single-line text field that lets the window handle keys and shortcuts
// first.
type Field struct {
	widget.Entry
	K *Kit
}

// NewField returns an empty field.
func NewField(k *Kit) *Field {
	e := &Field{K: k}
	e.ExtendBaseWidget(e)
	return e
}

// CreateRenderer implements fyne.Widget.
func (e *Field) CreateRenderer() fyne.WidgetRenderer {
	return plate(e.Entry.CreateRenderer(), &e.Entry)
}

// TypedKey implements fyne.Focusable.
func (e *Field) TypedKey(k *fyne.KeyEvent) {
	e.K.key(k, e.Entry.TypedKey)
}

// TypedShortcut implements fyne.Shortcutable.
func (e *Field) TypedShortcut(s fyne.Shortcut) {
	e.K.shortcut(s, e.Entry.TypedShortcut)
}

// Select selects the characters from one column of the first row up to another, and
// leaves the cursor there. Fyne selects by keys only.
func (e *Field) Select(from, to int) {
	e.CursorRow, e.CursorColumn = 0, from
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	e.KeyDown(shift)
	for range to - from {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	e.KeyUp(shift)
}

// SelectAll selects the whole text.
func (e *Field) SelectAll() { e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{}) }

// ContentField is a multi-line text field. Tab leaves it, and a large paste goes to
// onLarge instead of into the field, because laying out tens of kilobytes would
// block the window for seconds.
type ContentField struct {
	Field
	onLarge func(text string)
}

// LargeContent is the largest content shown in a field, in bytes.
const LargeContent = 20 << 10

// NewContentField returns an empty field. onLarge gets the whole text that the field
// would have after a large paste.
func NewContentField(k *Kit, onLarge func(string)) *ContentField {
	e := &ContentField{onLarge: onLarge}
	e.K = k
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(2)
	return e
}

// AcceptsTab implements fyne.Tabbable: every control is reached by Tab.
func (e *ContentField) AcceptsTab() bool { return false }

// TypedShortcut implements fyne.Shortcutable.
func (e *ContentField) TypedShortcut(s fyne.Shortcut) {
	if paste, ok := s.(*fyne.ShortcutPaste); ok {
		pasted := paste.Clipboard.Content()
		if len(e.Text)+len(pasted) > LargeContent {
			e.onLarge(e.withPasted(pasted))
			return
		}
	}
	e.Field.TypedShortcut(s)
}

// withPasted returns the text as it would be after pasting, and leaves the field
// unchanged. It pastes a short mark instead, so that the field applies cursor and
// selection without laying out the pasted text.
func (e *ContentField) withPasted(pasted string) string {
	const mark = Clipboard("\uF8FE\uF8FF\uF8FE")
	before := e.Text
	e.Field.TypedShortcut(&fyne.ShortcutPaste{Clipboard: mark})
	after := strings.Replace(e.Text, string(mark), pasted, 1)
	e.SetText(before)
	return after
}

// Clipboard is a clipboard with a fixed text.
type Clipboard string

// Content implements fyne.Clipboard.
func (c Clipboard) Content() string { return string(c) }

// SetContent implements fyne.Clipboard.
func (Clipboard) SetContent(string) {}

// refusesPaste reports whether s would paste so much that the window would hang at
// every further key. If so, it tells the user.
func (k *Kit) refusesPaste(s fyne.Shortcut) bool {
	paste, ok := s.(*fyne.ShortcutPaste)
	if !ok || len(paste.Clipboard.Content()) <= LargeContent {
		return false
	}
	k.Inform(k.T("paste.title"), k.T("paste.too_large", "Size", k.Texts.Size(LargeContent)))
	return true
}
