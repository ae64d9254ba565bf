package ui

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/files"
	"sseconsole/ui/kit/system"
	"sseconsole/ui/wording"
)

// demoPatience is how long the demonstration waits for one step.
const demoPatience = 10 * time.Second

// demo operates the window: it fills in the form and presses buttons as a user would,
// one visible step after the other.
type demo struct {
	ctx context.Context
	w   *window
	dir string
	err error // of the first failed step
}

// playDemo subscribes, sends three messages and closes, with a screenshot of each
// state, and then writes the log to opts.Out. It blocks, and must be called off the UI
// thread.
func playDemo(ctx context.Context, w *window, opts Options) error {
	if err := os.MkdirAll(opts.DemoDir, 0o755); err != nil {
		return fmt.Errorf("ui: demonstration: %w", err)
	}
	d := &demo{ctx: ctx, w: w, dir: opts.DemoDir}
	const clientID = "demo"
	messages := []string{"hello", "你好，世界", "one message\nof two lines"}

	d.wait("the embedded server", func() bool { return w.con.Embedded.Status().State == embedded.Running })
	d.step(func() { w.form.ClientID.SetText(clientID) })
	d.shoot("1-start")
	d.step(func() { w.form.Subscribe.OnTapped() })
	d.wait("the stream", func() bool { return d.subscription().Status.ReadyState == client.Open })
	for i, content := range messages {
		d.step(func() {
			w.form.Text.SetText(content)
			w.form.Send.OnTapped()
		})
		d.wait("message "+fmt.Sprint(i+1), func() bool {
			return d.subscription().Status.Events == int64(i+1) && d.subscription().Running == 0
		})
	}
	d.step(func() {
		w.refresh()
		row := w.log.Len() - 1
		for w.con.Journal.At(w.log.Model.At(row)).Kind != record.Event {
			row--
		}
		w.log.View.Select(row)
	})
	d.shoot("2-messages")
	d.step(func() { w.form.Close.OnTapped() })
	d.wait("the close", func() bool { s := d.subscription(); return s.Status.ReadyState == client.Closed && s.Running == 0 })
	d.shoot("3-closed")
	var rows []int64
	d.step(func() {
		w.refresh()
		rows = slices.Collect(w.log.Shown().All())
	})
	if d.err != nil {
		return d.err
	}
	save := files.SaveRequest{Format: files.SaveText, From: w.con.Journal, Numbers: slices.Values(rows), Line: wording.Of(w.k.Texts).Line}
	_, err := save.Write(context.Background(), opts.Out, "", nil)
	return err
}

func (d *demo) subscription() console.Subscription {
	s, _ := d.w.con.Subscription(console.Pair{ClientID: "demo"})
	return s
}

// step runs a function on the UI thread and waits for it, unless the demonstration has
// ended.
func (d *demo) step(run func()) {
	if d.err != nil {
		return
	}
	done := make(chan struct{})
	d.w.k.Post(func() {
		run()
		close(done)
	})
	select {
	case <-done:
	case <-d.ctx.Done():
		d.err = d.cause()
	}
}

// cause returns why the demonstration ended early.
func (d *demo) cause() error { return fmt.Errorf("ui: demonstration: %w", context.Cause(d.ctx)) }

// wait waits until so reports true. what names what it waits for.
func (d *demo) wait(what string, so func() bool) {
	deadline := time.Now().Add(demoPatience)
	for d.err == nil && !so() {
		if time.Now().After(deadline) {
			d.err = fmt.Errorf("ui: demonstration: timed out after %s waiting for %s", demoPatience, what)
		}
		d.pause(20 * time.Millisecond)
	}
}

func (d *demo) pause(t time.Duration) {
	select {
	case <-d.ctx.Done():
		d.err = d.cause()
	case <-time.After(t):
	}
}

// shoot writes a screenshot of the window.
func (d *demo) shoot(name string) {
	d.step(d.w.refresh)
	d.pause(500 * time.Millisecond) // for Fyne to paint, and for people to see it
	var err error
	d.step(func() { err = savePicture(d.w.k.Win, filepath.Join(d.dir, name+".png")) })
	if d.err == nil {
		d.err = err
	}
}

// savePicture writes a screenshot of a window to a PNG file.
func savePicture(w fyne.Window, path string) error {
	picture, err := system.Screenshot(w)
	if err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("ui: screenshot: %w", err)
	}
	err = png.Encode(f, picture)
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return fmt.Errorf("ui: screenshot: %w", err)
	}
	return nil
}
