package ui

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/widgets"
)

// kit is what every part of the window needs of it: the toolkit, the texts, and
// the two ways between the UI thread and the rest. The window makes one; its
// fields do not change afterwards, but for texts.
type kit struct {
	app   fyne.App
	win   fyne.Window
	fonts *widgets.Fonts
	post  func(func()) // runs a function on the UI thread, soon
	work  func(func()) // runs a function on a goroutine of its own

	texts *texts   // of the chosen language
	said  []func() // set the texts again after a switch of language

	typedKey  func(fyne.KeyName) bool    // runs a key that is no shortcut and reports whether it meant something
	further   func(fyne.Shortcut) bool   // runs a shortcut that stands in no menu and reports whether it was one
	leave     func() bool                // leaves the dialog on top in its own way, if it has one
	folder    func() string              // the folder where a file was chosen last, or ""
	setFolder func(folder string)        // remembers it
	fileError func(err error) (s string) // says why a file could not be read
}

// T returns the text of key in the chosen language; see texts.T.
func (k *kit) T(key string, pairs ...any) string { return k.texts.T(key, pairs...) }

// text registers a function that sets a text, and calls it: now, and again
// after each switch of language.
func (k *kit) text(set func()) {
	k.said = append(k.said, set)
	set()
}

// speak switches every registered text to a language.
func (k *kit) speak(t *texts) {
	k.texts = t
	teachFyne(t)
	for _, set := range k.said {
		set()
	}
}

// shownText makes a text fit to be shown by one of Fyne's own widgets.
func (k *kit) shownText(s string) string { return k.fonts.Printable(s) }

// brief is a name or an id as a line shows it beside others: what is long loses
// its middle.
func (k *kit) brief(s string) string {
	const most, end = 24, 8
	if len(s) > 4*1024 {
		s = s[:2048] + s[len(s)-2048:]
	}
	runes := []rune(s)
	if len(runes) > most {
		s = string(runes[:most-end-1]) + "…" + string(runes[len(runes)-end:])
	}
	return oneLine(k.shownText(s))
}
