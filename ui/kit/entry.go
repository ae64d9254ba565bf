package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// key gives a key to the window or, if it means nothing there, to a field.
func (k *Kit) key(e *fyne.KeyEvent, field func(*fyne.KeyEvent)) {
	if !k.TypedKey(e.Name) {
		field(e)
	}
}

// shortcut gives a shortcut to the window or, if it means nothing there, to a
// field.
func (k *Kit) shortcut(s fyne.Shortcut, field func(fyne.Shortcut)) {
	if !k.Further(s) && !k.refusesPaste(s) {
		field(s)
	}
}

// Field is a field of one line whose owner hears the window's further
// shortcuts, those that stand in no menu, before the field does.
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

// TypedKey implements fyne.Focusable.
func (e *Field) TypedKey(k *fyne.KeyEvent) {
	e.K.key(k, e.Entry.TypedKey)
}

// TypedShortcut implements fyne.Shortcutable.
func (e *Field) TypedShortcut(s fyne.Shortcut) {
	e.K.shortcut(s, e.Entry.TypedShortcut)
}

// URLField is a field with the addresses used before.
type URLField struct {
	widget.SelectEntry
	k *Kit
}

// NewURLField returns a field with these addresses to choose from.
func NewURLField(k *Kit, urls []string) *URLField {
	e := &URLField{k: k}
	e.ExtendBaseWidget(e)
	e.SetOptions(urls)
	return e
}

// TypedKey implements fyne.Focusable.
func (e *URLField) TypedKey(k *fyne.KeyEvent) {
	e.k.key(k, e.SelectEntry.TypedKey)
}

// TypedShortcut implements fyne.Shortcutable.
func (e *URLField) TypedShortcut(s fyne.Shortcut) {
	e.k.shortcut(s, e.SelectEntry.TypedShortcut)
}

// ContentField is the field for the content, of several lines. Tab leaves it,
// and a large paste goes to onLarge instead of into the field: laying out tens
// of kilobytes would stop the window for seconds.
type ContentField struct {
	Field
	onLarge func(text string)
}

// LargeContent is the size from which a content is not shown as text, in bytes.
const LargeContent = 20 << 10

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

// withPasted returns what the text would be after pasting, and leaves the field
// as it is. A short mark is pasted in place of the text, so that the field
// itself finds the cursor and the selection without laying the text out.
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

// refusesPaste reports whether s would paste so much that the field stopped the
// window at each key from then on, and says so.
func (k *Kit) refusesPaste(s fyne.Shortcut) bool {
	paste, ok := s.(*fyne.ShortcutPaste)
	if !ok || len(paste.Clipboard.Content()) <= LargeContent {
		return false
	}
	dialog.ShowInformation(k.T("paste.title"), k.T("paste.too_large", "Size", k.Texts.Size(LargeContent)), k.Win)
	return true
}
