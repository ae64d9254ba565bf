//go:build unix

package main

import (
	"context"
	"image"
	"image/color"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/journal"
	"sseconsole/ui"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/logpane"
	"sseconsole/ui/widgets"
	"sseconsole/ui/widgets/text"
)

// view is what is measured.
type view struct {
	name  string
	alone bool // measured while nothing happens
	busy  bool // measured while events arrive
	// show shows the view until m has measured it. It is nil for the pipeline alone.
	show func(m *meter) error
}

const (
	windowName   = "the whole window"
	listName     = "Fyne's widget.List"
	pipelineName = "no view"
)

// views returns the views. The window comes first, since it sets the pace.
func views() []view {
	return []view{
		{windowName, true, true, window},
		{"a window of Fyne's with one label", true, false, label},
		{"LogView alone", false, true, func(m *meter) error { return rows(m, logView) }},
		{listName, false, true, func(m *meter) error { return rows(m, list) }},
		{pipelineName, false, true, nil},
	}
}

// newConsole returns a console that keeps its run in a file, as the program does.
func newConsole() (*console.Console, error) {
	runs, err := journal.DefaultDir()
	return console.New(console.Config{Runs: runs}), err
}

const width, height = 1200, 800 // of the window, as on a first run

// window shows the window of the program.
func window(m *meter) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return ui.Run(ctx, ui.Options{Version: "compare", Observer: ui.Observer{
		Started: func(con *console.Console) {
			go func() {
				m.measure(con)
				cancel()
			}()
		},
		Refreshed: func() { m.refreshes.Add(1) },
		Drawn:     m.drawn,
	}})
}

// show shows w until started has returned. started runs on its own goroutine.
func (m *meter) show(a fyne.App, w fyne.Window, started func()) {
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	a.Lifecycle().SetOnStarted(func() {
		go func() {
			started()
			fyne.Do(a.Quit)
		}()
	})
	w.ShowAndRun()
}

const appID = "dev.sseconsole.compare"

// label shows one label, in Fyne's own theme.
func label(m *meter) error {
	con, err := newConsole()
	if err != nil {
		return err
	}
	defer con.Shutdown()
	a := app.NewWithID(appID)
	w := a.NewWindow("compare")
	frame := canvas.NewRaster(func(w, h int) image.Image {
		fyne.Do(m.drawn)
		return image.NewUniform(color.Transparent)
	})
	w.SetContent(container.NewWithoutLayout(widget.NewLabel("Hello"), frame))
	frame.Resize(fyne.NewSize(1, 1))
	m.show(a, w, func() { m.measure(con) })
	return nil
}

// rows shows the object that make returns and refreshes it regularly. It has the rows of
// the window's log.
func rows(m *meter, make func(k *kit.Kit, p *logpane.Pane) (o fyne.CanvasObject, refresh func())) error {
	con, err := newConsole()
	if err != nil {
		return err
	}
	defer con.Shutdown()
	fonts, err := text.Bundled()
	if err != nil {
		return err
	}
	a := app.NewWithID(appID)
	look.Use(a, look.Look{})
	k := &kit.Kit{
		App: a, Win: a.NewWindow("compare"), Fonts: fonts, Tip: widgets.NewTip(fonts), Texts: kit.TextsOf("en"),
		Post: fyne.Do, Work: func(work func()) { go work() },
		TypedKey: func(fyne.KeyName) bool { return false },
	}
	pane := logpane.New(logpane.Config{Kit: k, Console: con, Open: func() {}, Changed: func() {}})
	o, refresh := make(k, pane)
	k.Win.SetContent(o)
	ctx, cancel := context.WithCancel(context.Background())
	m.show(a, k.Win, func() {
		go m.refresh(ctx, con, refresh)
		m.measure(con)
		cancel()
	})
	pane.End()
	return nil
}

// refresh calls refresh on the UI thread whenever something is new, never twice at once.
func (m *meter) refresh(ctx context.Context, con *console.Console, refresh func()) {
	tick := time.NewTicker(m.job.Pause)
	defer tick.Stop()
	var posted atomic.Bool
	for seen := int64(0); ctx.Err() == nil; <-tick.C {
		_, last := con.Journal.Bounds()
		if last == seen || posted.Load() {
			continue
		}
		seen = last
		posted.Store(true)
		fyne.Do(func() {
			refresh()
			m.refreshes.Add(1)
			posted.Store(false)
		})
	}
}

// logView returns the view of the window's log.
func logView(_ *kit.Kit, p *logpane.Pane) (fyne.CanvasObject, func()) { return p.View, p.Refresh }

// list returns Fyne's list. It has only the newest rows, since it loses rows past some
// 430,000.
func list(k *kit.Kit, p *logpane.Pane) (fyne.CanvasObject, func()) {
	const most = 100_000
	length := func() int { return int(min(p.Len(), most)) }
	l := widget.NewList(length,
		func() fyne.CanvasObject {
			t := canvas.NewText("", color.Black)
			t.TextSize, t.TextStyle.Monospace = look.LogTextSize, true
			return t
		},
		func(i widget.ListItemID, o fyne.CanvasObject) {
			t := o.(*canvas.Text)
			t.Text = k.ShownText(line(p.Row(p.Len() - int64(length()) + int64(i))))
			t.Color = theme.Color(theme.ColorNameForeground)
			t.Refresh()
		})
	l.HideSeparators = true
	return l, func() {
		p.Refresh()
		l.Refresh()
		l.ScrollToBottom()
	}
}

// line returns a row in columns of fixed width.
func line(r widgets.Row) string {
	const cells, most = 12, 150
	var b strings.Builder
	for _, c := range r.Cells {
		b.WriteString(c.Text)
		b.WriteString(strings.Repeat(" ", max(1, cells-len(c.Text))))
	}
	text := b.String()
	return text[:min(len(text), most)]
}
