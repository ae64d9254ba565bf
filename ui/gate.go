package ui

import (
	"reflect"
	"runtime"
	"strings"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// gate wraps Fyne's driver and controls which functions are posted to the UI thread.
// It differs from Fyne's driver in two ways. After end it drops functions, which Fyne
// would run on the posting goroutine, where GLFW panics. And when Fyne posts its Quit
// on SIGINT or SIGTERM, gate closes the window properly instead of stopping the event
// loop.
type gate struct {
	fyneDriver
	close func() // called on the UI thread instead of Fyne's Quit

	shut    sync.Once
	ended   chan struct{}
	passing sync.RWMutex // read-locked while a function is being posted
}

// fyneDriver is what Fyne expects of a desktop driver.
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

// newGate returns the gate for an app and makes fyne.Do use it. close must be set
// before the app runs. On Windows and macOS fyne.Do does not use the gate, because
// there Fyne redraws a window during resizing only with its own driver.
func newGate(a fyne.App) *gate {
	g := &gate{fyneDriver: a.Driver().(fyneDriver), ended: make(chan struct{})}
	// When it ends, Fyne saves its preferences, of which we have none, and may wait
	// forever: it posts the save when its loop may already have stopped.
	if l, ok := a.Lifecycle().(interface{ SetOnStoppedHookExecuted(func()) }); ok {
		l.SetOnStoppedHookExecuted(nil)
	}
	if runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		fyne.SetCurrentApp(gatedApp{a, g})
	}
	return g
}

// DoFromGoroutine posts f to the UI thread. If wait is set, it returns once f has run
// or the gate has ended. It may be called from any goroutine.
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

// pass passes f to Fyne and reports whether it did; it does not once the gate has
// ended.
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

// post posts f to the UI thread without waiting for it.
func (g *gate) post(f func()) { g.DoFromGoroutine(f, false) }

// end makes the gate drop all further functions.
func (g *gate) end() { g.shut.Do(func() { close(g.ended) }) }

// endAndWait is like end, and waits for functions that are just being posted. It must
// be called on the UI thread, before Fyne quits.
func (g *gate) endAndWait() {
	g.end()
	g.passing.Lock()
	defer g.passing.Unlock()
}

// isQuit reports whether f is the Quit method of Fyne's driver. Fyne has no setting to
// leave signals to the program.
func isQuit(f func()) bool {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	return strings.HasPrefix(name, "fyne.io/fyne/v2/internal/driver/glfw.") && strings.HasSuffix(name, ".Quit-fm")
}
