package ui

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime/debug"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"sseconsole/assets"
	"sseconsole/client/endpoint"
	"sseconsole/client/journal"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/widgets/text"
)

// appID names the program to the desktop; FyneApp.toml has the same.
const appID = "dev.sseconsole.app"

// Options says how to run the window.
type Options struct {
	Version string

	// DemoDir, if not empty, makes the window play a short demonstration, write
	// screenshots to that directory and the log to Out, and close.
	DemoDir string
	Out     io.Writer

	// Observer is told what happens, for measurements.
	Observer Observer
}

// Observer has functions that are called on the UI thread. Each may be nil.
type Observer struct {
	Started   func(*console.Console) // the window is open, with the controller behind it
	Refreshed func()                 // the window was refreshed because of something that the controller did
	Drawn     func()                 // a frame with new rows, or the first frame, is on the screen
}

// Run shows the window. It returns after the window is closed or ctx is done, once
// everything that it opened is closed. It must be called on the main goroutine.
// Without a display or OpenGL it returns a [*DisplayError].
func Run(ctx context.Context, opts Options) error {
	shown, err := checkDisplay()
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return nil // nothing is open yet
	}
	cfg := console.Config{}
	if opts.DemoDir == "" { // a demonstration leaves no traces
		if cfg.SettingsPath, err = settings.Path(); err != nil {
			fyne.LogError("Settings are not saved", err)
		}
		if cfg.Targets, err = endpoint.DefaultPath(); err != nil {
			fyne.LogError("Targets are not saved", err)
		}
		cfg.Runs, cfg.RunsErr = journal.DefaultDir() // the window shows the error
	}
	saveMemory()
	con := console.New(cfg)
	defer con.Shutdown()

	hideDBusErrors()
	a := app.NewWithID(appID)
	gate := newGate(a)
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	fonts, err := text.Bundled()
	if err != nil {
		return err
	}
	keepShared, err := look.ShareFonts(a, fonts)
	if err != nil {
		return err
	}
	w := newWindow(fonts, a, con, opts.Version, gate.post)
	gate.close = w.close
	freeMemory := sync.OnceFunc(func() { go debug.FreeOSMemory() }) // what only the start needed
	w.frames.shown = func() {
		freeMemory()
		if drawn := opts.Observer.Drawn; drawn != nil {
			drawn()
		}
	}
	if refreshed := opts.Observer.Refreshed; refreshed != nil {
		refresh := w.pump.refresh
		w.pump.refresh = func() {
			refresh()
			refreshed()
		}
	}
	w.quit = func() {
		gate.endAndWait()
		a.Quit()
	}
	a.Lifecycle().SetOnStarted(func() {
		shown()
		keepShared()
		w.start()
		if opts.Observer.Started != nil {
			opts.Observer.Started(con)
		}
	})

	ctx, cancel := context.WithCancelCause(ctx)
	finished := make(chan error, 1)
	go func() {
		var err error
		if opts.DemoDir != "" {
			err = playDemo(ctx, w, opts)
		} else {
			<-ctx.Done()
		}
		finished <- err
		gate.post(w.close)
	}()
	w.k.Win.ShowAndRun()
	gate.end() // in case Fyne stopped by itself
	cancel(errClosed)
	w.pump.stop()
	return <-finished
}

// errClosed is the error of a demonstration whose window was closed.
var errClosed = errors.New("the window was closed")

// saveMemory makes the heap grow by half between two garbage collections, instead of
// doubling: most of it is fonts, which are never freed.
func saveMemory() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(50)
	}
}
