//go:build e2e

package ui

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/driver"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/files"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/widgets/text"
	"sseconsole/ui/wording"
)

// The end-to-end tests show the real window on an X display and operate it by mouse
// and keyboard events from xdotool. They read the window's state only to find where to
// click and to check the results.

const (
	patience = 20 * time.Second // for things that take milliseconds
	poll     = 10 * time.Millisecond
)

// theApp is the app of all tests. Its anchor window prevents it from quitting when a
// test closes its window.
var (
	theApp   fyne.App
	theFonts *text.Fonts
)

func TestMain(m *testing.M) {
	if os.Getenv(paceServer) != "" {
		runPaceServer()
		return
	}
	if gigabytes := os.Getenv(runWriter); gigabytes != "" {
		writeRun(gigabytes, os.Args[1])
		return
	}
	shown, err := checkDisplay()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	theApp = app.NewWithID(appID + ".test")
	var keepShared func()
	theFonts, err = text.Bundled()
	if err == nil {
		keepShared, err = look.ShareFonts(theApp, theFonts)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	anchor := theApp.NewWindow("anchor")
	anchor.Resize(fyne.NewSize(10, 10))
	code := 1
	theApp.Lifecycle().SetOnStarted(func() {
		shown()
		keepShared()
		go func() {
			code = m.Run()
			fyne.Do(theApp.Quit)
		}()
	})
	anchor.ShowAndRun()
	os.Exit(code)
}

// desk is a window under test.
type desk struct {
	t        *testing.T
	w        *window
	id       string // of the X window
	settings string
	closed   chan struct{}
}

// open shows a new window that uses the settings file path; "" means a first run.
func open(t *testing.T, path string) *desk {
	t.Helper()
	if path == "" {
		path = filepath.Join(t.TempDir(), "settings.json")
	}
	d := &desk{t: t, settings: path, closed: make(chan struct{})}
	con := console.New(console.Config{SettingsPath: path, Targets: filepath.Join(filepath.Dir(path), "targets.json"), Runs: filepath.Join(t.TempDir(), "runs")})
	if con.Settings().Address == "" { // another test or program may use 8080
		con.UpdateSettings(func(s *settings.Settings) { s.Address = "127.0.0.1:0" })
	}
	fyne.DoAndWait(func() {
		d.w = newWindow(theFonts, theApp, con, "test", fyne.Do)
		d.w.quit = func() {
			d.w.k.Win.SetCloseIntercept(nil)
			d.w.k.Win.Close()
			close(d.closed)
		}
		d.w.k.Win.Show()
		d.w.start()
	})
	d.until("the window exists", func() bool {
		d.w.k.Win.(driver.NativeWindow).RunNative(func(context any) {
			d.id = fmt.Sprint(context.(driver.X11WindowContext).WindowHandle)
		})
		return d.id != "0"
	})
	d.x("windowactivate", "--sync", d.id)
	t.Cleanup(d.close)
	d.until("the embedded server runs", func() bool { return con.Embedded.Status().State == embedded.Running })
	return d
}

// close closes the window as the program does, unless the test has done so.
func (d *desk) close() {
	if d.t.Failed() {
		d.shoot()
	}
	fyne.DoAndWait(d.w.close)
	<-d.closed
	d.w.pump.stop()
}

// shoot saves a screenshot of the window.
func (d *desk) shoot() {
	path := filepath.Join(os.TempDir(), d.t.Name()+".png")
	var err error
	fyne.DoAndWait(func() { err = savePicture(d.w.k.Win, path) })
	d.t.Log("the window when the test failed:", path, err)
}

// x runs xdotool.
func (d *desk) x(args ...string) string {
	d.t.Helper()
	out, err := exec.Command("xdotool", args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("xdotool %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// key presses keys, given by xdotool's names.
func (d *desk) key(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.x("key", "--clearmodifiers", name)
		d.settle()
	}
}

// typed types a text of ASCII characters.
func (d *desk) typed(text string) {
	d.t.Helper()
	d.x("type", "--delay", "15", text)
	d.settle()
}

// settle waits until the UI thread has handled the events sent so far.
func (d *desk) settle() {
	time.Sleep(60 * time.Millisecond) // the X server sends no reply to wait for
	fyne.DoAndWait(func() {})
}

// click clicks into the middle of an object.
func (d *desk) click(o fyne.CanvasObject) {
	d.t.Helper()
	var at fyne.Position
	var size fyne.Size
	d.until("it is laid out", func() bool { // with the next frame, if it has just been shown
		before := at
		at, size = theApp.Driver().AbsolutePositionForObject(o), o.Size()
		return !at.IsZero() && at == before && size.Width >= o.MinSize().Width
	})
	d.clickAt(at.X+size.Width/2, at.Y+size.Height/2, "1")
	if _, ok := o.(fyne.DoubleTappable); ok {
		// Fyne forgets a pressed button when it stops waiting for a second click.
		time.Sleep(theApp.Driver().DoubleTapDelay())
		d.settle()
	}
}

// clickAt clicks at a position in the window, in Fyne's units.
func (d *desk) clickAt(x, y float32, mouseButton string) {
	d.t.Helper()
	var scale float32
	fyne.DoAndWait(func() { scale = d.w.k.Win.Canvas().Scale() })
	d.x("mousemove", "--window", d.id, fmt.Sprint(int(x*scale)), fmt.Sprint(int(y*scale)))
	d.settle()
	d.x("click", mouseButton)
	d.settle()
}

// until waits until so reports true. It fails the test after a timeout.
func (d *desk) until(what string, so func() bool) {
	d.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(poll) {
		var yes bool
		fyne.DoAndWait(func() { yes = so() })
		if yes {
			return
		}
		if time.Now().After(deadline) {
			d.t.Fatalf("timed out waiting until %s; the log:\n%s", what, d.log())
		}
	}
}

// log returns the newest rows of the log as text.
func (d *desk) log() string {
	var text bytes.Buffer
	first, last := d.w.con.Journal.Bounds()
	save := files.SaveRequest{Format: files.SaveText, From: d.w.con.Journal, Line: wording.Of(d.w.k.Texts).Line, Numbers: func(yield func(int64) bool) {
		for seq := max(first, last-200); seq <= last && yield(seq); seq++ {
		}
	}}
	_, _ = save.Write(d.t.Context(), &text, "", nil)
	return text.String()
}

// closing clicks on an item of the menu of Close.
func (d *desk) closing(i int) {
	d.t.Helper()
	d.click(d.w.form.More)
	d.until("the menu is open", func() bool { return d.w.form.Closings.Open() })
	d.click(d.w.form.Closings.Rows[i])
}

// whereTo returns the name of the target, as shown.
func whereTo(w *window) string {
	name, _, _ := w.form.Target.Where.Text()
	return name
}

// records returns the records of a kind.
func (d *desk) records(k record.Kind) []*record.Record {
	var found []*record.Record
	first, last := d.w.con.Journal.Bounds()
	for seq := first; seq <= last; seq++ {
		if r := d.w.con.Journal.At(seq); r != nil && r.Kind == k {
			found = append(found, r)
		}
	}
	return found
}

// serve runs the server as a second process and returns its base URL.
func serve(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(os.Getenv("SSECONSOLE_BIN"), "sseconsole-headless")
	cmd := exec.Command(binary, "serve", "-listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal("build the program first, with make build-headless: ", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	})
	line := make([]byte, 256)
	n, err := out.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url, _, _ := strings.Cut(string(line[:n]), "\n")
	return url
}
