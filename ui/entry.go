package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"
)

// entry is a field of one line whose owner hears the window's further
// shortcuts, those that stand in no menu, before the field does.
type entry struct {
	widget.Entry
	k *kit
}

func newEntry(k *kit) *entry {
	e := &entry{k: k}
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey implements fyne.Focusable.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if !e.k.typedKey(k.Name) {
		e.Entry.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if !e.k.further(s) && !e.k.refusesPaste(s) {
		e.Entry.TypedShortcut(s)
	}
}

// urlEntry is a field with the addresses used before.
type urlEntry struct {
	widget.SelectEntry
	k *kit
}

func newURLEntry(k *kit, urls []string) *urlEntry {
	e := &urlEntry{k: k}
	e.ExtendBaseWidget(e)
	e.SetOptions(urls)
	return e
}

// TypedKey implements fyne.Focusable.
func (e *urlEntry) TypedKey(k *fyne.KeyEvent) {
	if !e.k.typedKey(k.Name) {
		e.SelectEntry.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (e *urlEntry) TypedShortcut(s fyne.Shortcut) {
	if !e.k.further(s) && !e.k.refusesPaste(s) {
		e.SelectEntry.TypedShortcut(s)
	}
}

// contentEntry is the field for the content, of several lines. Tab leaves it,
// and a large paste goes to onLarge instead of into the field: laying out tens
// of kilobytes would stop the window for seconds.
type contentEntry struct {
	entry
	onLarge func(text string)
}

// largeContent is the size from which a content is not shown as text, in bytes.
const largeContent = 20 << 10

func newContentEntry(k *kit, onLarge func(string)) *contentEntry {
	e := &contentEntry{onLarge: onLarge}
	e.k = k
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapBreak
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(2)
	return e
}

// AcceptsTab implements fyne.Tabbable: every control is reached by Tab.
func (e *contentEntry) AcceptsTab() bool { return false }

// TypedShortcut implements fyne.Shortcutable.
func (e *contentEntry) TypedShortcut(s fyne.Shortcut) {
	if paste, ok := s.(*fyne.ShortcutPaste); ok {
		pasted := paste.Clipboard.Content()
		if len(e.Text)+len(pasted) > largeContent {
			e.onLarge(e.withPasted(pasted))
			return
		}
	}
	e.entry.TypedShortcut(s)
}

// withPasted returns what the text would be after pasting, and leaves the field
// as it is. A short mark is pasted in place of the text, so that the field
// itself finds the cursor and the selection without laying the text out.
func (e *contentEntry) withPasted(pasted string) string {
	const mark = clipboard("\uF8FE\uF8FF\uF8FE")
	before := e.Text
	e.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: mark})
	after := strings.Replace(e.Text, string(mark), pasted, 1)
	e.SetText(before)
	return after
}

// clipboard is a clipboard with a fixed text.
type clipboard string

// Content implements fyne.Clipboard.
func (c clipboard) Content() string { return string(c) }

// SetContent implements fyne.Clipboard.
func (clipboard) SetContent(string) {}

// refusesPaste tells whether s would paste so much that the field stopped the
// window at each key from then on, and says so.
func (k *kit) refusesPaste(s fyne.Shortcut) bool {
	paste, ok := s.(*fyne.ShortcutPaste)
	if !ok || len(paste.Clipboard.Content()) <= largeContent {
		return false
	}
	dialog.ShowInformation(k.T("paste.title"), k.T("paste.too_large", "Size", k.texts.size(largeContent)), k.win)
	return true
}
