// Package kittest provides kits on Fyne's test driver, for the tests of the parts of
// the window.
package kittest

import (
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/kit"
	"sseconsole/ui/widgets/text"
	"sseconsole/ui/wording/catalogue"
)

// All tests of a program share app and fonts. Fyne never frees an app of the test
// driver, nor its parsed fonts, which would add up to gigabytes.
var (
	app   = sync.OnceValue(test.NewApp)
	fonts = sync.OnceValues(text.Bundled)
)

// App returns the app of the test driver.
func App() fyne.App { return app() }

// Fonts returns the fonts of the log.
func Fonts(t testing.TB) *text.Fonts {
	t.Helper()
	f, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// New returns a kit with a new, empty window, which is closed when the test ends.
// post runs functions on the UI thread.
func New(t testing.TB, language string, post func(func())) *kit.Kit {
	t.Helper()
	k := &kit.Kit{
		App: App(), Win: App().NewWindow(t.Name()), Fonts: Fonts(t), Texts: catalogue.New(language),
		Post: post, Work: func(work func()) { go work() },
		TypedKey: func(fyne.KeyName) bool { return false },
		Further:  func(fyne.Shortcut) bool { return false },
		Leave:    func() bool { return false },
		Folder:   t.TempDir, SetFolder: func(string) {},
		FileError: error.Error,
	}
	t.Cleanup(k.Win.Close)
	return k
}
