package kit

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/widgets"
	"sseconsole/ui/widgets/text"
	"sseconsole/ui/wording/catalogue"
)

// Kit gives every part of the window access to the toolkit, the texts, and the two
// ways to move work between the UI thread and goroutines. The window creates one;
// afterwards only its texts change.
type Kit struct {
	App   fyne.App
	Win   fyne.Window
	Fonts *text.Fonts
	Post  func(func()) // runs a function on the UI thread soon
	Work  func(func()) // runs a function on a new goroutine
	Tip   *widgets.Tip // the window's tips

	Texts    *catalogue.Texts // of the current language
	setTexts []func()         // the functions registered with Text
	toasts   toasts           // sentences over the window

	TypedKey  func(fyne.KeyName) bool    // handles a key that is not a shortcut and reports whether it did
	Further   func(fyne.Shortcut) bool   // handles a shortcut that is not in a menu and reports whether it did
	Leave     func() bool                // closes the topmost dialog if that handles it itself; reports whether it does
	Folder    func() string              // returns the folder of the last chosen file, or ""
	SetFolder func(folder string)        // remembers that folder
	FileError func(err error) (s string) // describes why a file could not be read
}

// T returns the text of key in the current language; see [catalogue.Texts.T].
func (k *Kit) T(key string, pairs ...any) string { return k.Texts.T(key, pairs...) }

// Text calls set, which sets texts of widgets, now and after each change of the
// language.
func (k *Kit) Text(set func()) {
	k.setTexts = append(k.setTexts, set)
	set()
}

// Speak changes the language of all registered texts and of Fyne's own.
func (k *Kit) Speak(t *catalogue.Texts) {
	k.Texts = t
	TeachFyne(t)
	for _, set := range k.setTexts {
		set()
	}
}

// ShownText returns s as Fyne's own widgets can show it; see
// [text.Fonts.Printable].
func (k *Kit) ShownText(s string) string { return k.Fonts.Printable(s) }

// Heading returns s as one line for a label. A long text is cut at the end, because
// Fyne measures all of it.
func (k *Kit) Heading(s string) string {
	const most = 200
	return catalogue.OneLine(k.ShownText(catalogue.Shortened(s, most)))
}

// Brief returns a name or an id as one short line; a long one loses its middle.
func (k *Kit) Brief(s string) string {
	const most, end = 24, 8
	if len(s) > 4*1024 {
		s = s[:2048] + s[len(s)-2048:]
	}
	runes := []rune(s)
	if len(runes) > most {
		s = string(runes[:most-end-1]) + "…" + string(runes[len(runes)-end:])
	}
	return catalogue.OneLine(k.ShownText(s))
}
