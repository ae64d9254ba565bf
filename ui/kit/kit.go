// Package kit is what the rooms of the window share and Fyne lacks: buttons and
// fields with keys, dialogs, file choosers, the theme. It knows no domain.
package kit

import (
	"fyne.io/fyne/v2"

	"sseconsole/assets"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

// Kit is what every part of the window needs of it: the toolkit, the texts, and
// the two ways between the UI thread and the rest. The window makes one; its
// fields do not change afterwards, but for texts.
type Kit struct {
	App   fyne.App
	Win   fyne.Window
	Fonts *widgets.Fonts
	Post  func(func()) // runs a function on the UI thread, soon
	Work  func(func()) // runs a function on a goroutine of its own

	Texts *catalogue.Texts // of the chosen language
	said  []func()         // set the texts again after a switch of language

	TypedKey  func(fyne.KeyName) bool    // runs a key that is no shortcut and reports whether it meant something
	Further   func(fyne.Shortcut) bool   // runs a shortcut that stands in no menu and reports whether it was one
	Leave     func() bool                // leaves the dialog on top in its own way, if it has one
	Folder    func() string              // the folder where a file was chosen last, or ""
	SetFolder func(folder string)        // remembers it
	FileError func(err error) (s string) // says why a file could not be read
}

// T returns the text of key in the chosen language; see texts.T.
func (k *Kit) T(key string, pairs ...any) string { return k.Texts.T(key, pairs...) }

// Text registers a function that sets a text, and calls it: now, and again
// after each switch of language.
func (k *Kit) Text(set func()) {
	k.said = append(k.said, set)
	set()
}

// Speak switches every registered text to a language.
func (k *Kit) Speak(t *catalogue.Texts) {
	k.Texts = t
	TeachFyne(t)
	for _, set := range k.said {
		set()
	}
}

// ShownText makes a text fit to be shown by one of Fyne's own widgets.
func (k *Kit) ShownText(s string) string { return k.Fonts.Printable(s) }

// Heading returns a text as a line of Fyne's shows it beside others: its beginning
// if it is long, since Fyne measures all of a text.
func (k *Kit) Heading(s string) string {
	const most = 200
	return catalogue.OneLine(k.ShownText(catalogue.Shortened(s, most)))
}

// Brief is a name or an id as a line shows it beside others: what is long loses
// its middle.
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

// NewFonts parses what the log and the details are drawn with.
func NewFonts() (*widgets.Fonts, error) {
	fonts, err := widgets.NewFonts(assets.FallbackFont())
	if err == nil {
		fonts.Scripts = assets.ScriptFont
	}
	return fonts, err
}
