package ui

import (
	"reflect"
	"runtime"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// gate is Fyne's driver, through which everything goes that is posted to the UI
// thread. It differs from Fyne's own in two ways. After end nothing gets
// through: Fyne would run it on the goroutine that posts it, where GLFW panics.
// And Fyne's own quit, which it posts at SIGINT and SIGTERM, closes the window
// in order instead of ending the loop under it.
type gate struct {
	fyneDriver
	close func() // called on the UI thread instead of Fyne's quit

	shut    sync.Once
	ended   chan struct{}
	passing sync.RWMutex // held by who posts
}

// fyneDriver is what Fyne expects of a driver on a desktop.
type fyneDriver interface {
	fyne.Driver
	desktop.Driver
}

// gatedApp is an app whose driver is a gate.
type gatedApp struct {
	fyne.App
	gate *gate
}

func (a gatedApp) Driver() fyne.Driver { return a.gate }

// newGate returns the gate for an app and makes fyne.Do use it; close must be
// set before the app runs. On Windows and macOS fyne.Do stays as it is, since
// Fyne redraws a window that is being resized there only with its own driver.
func newGate(a fyne.App) *gate {
	g := &gate{fyneDriver: a.Driver().(fyneDriver), ended: make(chan struct{})}
	// At its end Fyne saves its preferences, of which we have none, and may wait for that for ever: it posts it when
	// its loop may have taken up the last post.
	if l, ok := a.Lifecycle().(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		l.SetOnStoppedHookExecuted(nil)
	}
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		fyne.SetCurrentApp(gatedApp{a, g})
	}
	return g
}

// DoFromGoroutine posts f to the UI thread and, if wait is set, returns when it
// has run or the gate has ended. It may be called from any goroutine.
func (g *gate) DoFromGoroutine(f func(), wait bool) {
	if isQuit(f) {
		f = g.close
	}
	done := make(chan struct{})
	if g.pass(func() { defer close(done); f() }) && wait {
		select {
		case <-done:
		case <-g.ended:
		}
	}
}

// pass hands f on to Fyne, unless the gate has ended.
func (g *gate) pass(f func()) bool {
	g.passing.RLock()
	defer g.passing.RUnlock()
	select {
	case <-g.ended:
		return false
	default:
		g.fyneDriver.DoFromGoroutine(f, false)
		return true
	}
}

// post posts f to the UI thread and does not wait for it.
func (g *gate) post(f func()) { g.DoFromGoroutine(f, false) }

// end lets nothing more through.
func (g *gate) end() { g.shut.Do(func() { close(g.ended) }) }

// endAndWait is end, and waits until whoever is in the gate has passed. Call it
// on the UI thread before Fyne is told to quit.
func (g *gate) endAndWait() {
	g.end()
	g.passing.Lock()
	defer g.passing.Unlock()
}

// isQuit reports whether f is the Quit method of Fyne's driver. Fyne has no
// setting that leaves signals to the program.
func isQuit(f func()) bool {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return strings.HasPrefix(name, "fyne.io/fyne/v2/internal/driver/glfw.") && strings.HasSuffix(name, ".Quit-fm")
}
