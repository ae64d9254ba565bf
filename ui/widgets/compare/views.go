//go:build unix

package main

import (
	"context"
	"image/color"
	"strings"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/journal"
	"sseconsole/ui"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/logpane"
	"sseconsole/ui/widgets"
)

// view is what is measured.
type view struct {
	name string
	// show shows the view until m has measured it. It is nil for the pipeline alone.
	show func(m *meter) error
}

const (
	windowName   = "the whole window"
	pipelineName = "no view"
)

func views() []view {
	return []view{
		{windowName, window}, // first, since it sets the pace
		{"LogView alone", func(m *meter) error { return bare(m, logView) }},
		{"widget.List", func(m *meter) error { return bare(m, list) }},
		{pipelineName, nil},
	}
}

// newConsole returns a console that keeps its run in a file, as the program does.
func newConsole() (*console.Console, error) {
	runs, err := journal.DefaultDir()
	return console.New(console.Config{Runs: runs}), err
}

const width, height = 1200, 800 // of the window, as on a first run

// bare shows the object that make returns, alone in a window, and refreshes it regularly.
// The rows are those of the window's log.
func bare(m *meter, make func(k *kit.Kit, p *logpane.Pane) (o fyne.CanvasObject, refresh func())) error {
	con, err := newConsole()
	if err != nil {
		return err
	}
	defer con.Shutdown()
	fonts, err := kit.NewFonts()
	if err != nil {
		return err
	}
	a := app.NewWithID("dev.sseconsole.compare")
	kit.UseTheme(a, "")
	k := &kit.Kit{
		App: a, Win: a.NewWindow("compare"), Fonts: fonts, Texts: kit.TextsOf("en"),
		Post: fyne.Do, Work: func(work func()) { go work() },
		TypedKey: func(fyne.KeyName) bool { return false },
	}
	pane := logpane.New(logpane.Config{Kit: k, Console: con, Open: func() {}, Changed: func() {}})
	o, refresh := make(k, pane)
	k.Win.SetPadded(false)
	k.Win.SetContent(o)
	k.Win.Resize(fyne.NewSize(width, height))

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	a.Lifecycle().SetOnStarted(func() {
		go m.refresh(ctx, con, refresh)
		go func() {
			m.finish(m.take(con))
			cancel()
			fyne.Do(a.Quit)
		}()
	})
	k.Win.ShowAndRun()
	pane.End()
	return nil
}

// refresh calls refresh on the UI thread whenever something is new, never twice at once.
func (m *meter) refresh(ctx context.Context, con *console.Console, refresh func()) {
	tick := time.NewTicker(m.o.pause)
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
			t.TextSize, t.TextStyle.Monospace = kit.LogTextSize, true
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

// window shows the window of the program.
func window(m *meter) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return ui.Run(ctx, ui.Options{
		Version: "compare",
		Shown: func(con *console.Console) {
			go func() {
				m.finish(m.take(con))
				cancel()
			}()
		},
		Refreshed: func() { m.refreshes.Add(1) },
	})
}
