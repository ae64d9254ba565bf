// Package kittest makes kits for the tests of rooms, on Fyne's test driver.
package kittest

import (
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording/catalogue"
)

// App and fonts are shared by all tests of a program. Fyne keeps every app of the
// test driver in memory, and for each the parsed fonts: in sum these would be
// gigabytes.
var (
	app   = sync.OnceValue(test.NewApp)
	fonts = sync.OnceValues(kit.NewFonts)
)

// App returns the app of the test driver.
func App() fyne.App { return app() }

// Fonts returns the fonts of the log.
func Fonts(t *testing.T) *widgets.Fonts {
	t.Helper()
	f, err := fonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// New returns a kit with a window of its own that has no content yet. post runs
// what is for the UI thread. The window is closed when the test ends.
func New(t *testing.T, language string, post func(func())) *kit.Kit {
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
