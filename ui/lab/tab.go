package lab

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server/hub"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
)

// labPause is the time between two refreshes while the tab is shown.
const labPause = 500 * time.Millisecond

// The sections of the server's tab.
const (
	SectionSessions = iota
	SectionSend
	SectionFaults
	sectionScenarios
	sectionSettings
)

// Config is what the tab needs from the rest of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	Open       func()                             // shows the tab
	Shown      func() bool                        // reports whether the tab is shown
	Mark       func(tab, chip string, fault bool) // sets the tab's title and, while a fault is on, marks it and shows chip
	Start      func()                             // starts the server
	Subscribe  func()                             // subscribes to it
	IsTarget   func() bool                        // reports whether the embedded server is the target in the form
	ShowRowsOf func(clientID string)              // shows only this clientId's rows in the log
}

// Tab is the tab of the embedded server.
type Tab struct {
	cfg     Config
	Content fyne.CanvasObject

	Sections *kit.TabBar
	Sessions *Sessions
	Send     *Send
	Faults   *Faults
	Plays    *Scenarios
	settings *Settings

	stopped   *fyne.Container // in place of the sections while the server is stopped
	start     *kit.Button
	startHint *widget.Label
	elsewhere *widget.Label // says that the target is another server

	Watched labWatch
	shown   int64 // version of Watched that was shown last
}

// New returns the tab, with the first section open.
func New(cfg Config) *Tab {
	t, k, con := &Tab{cfg: cfg}, cfg.Kit, cfg.Console
	t.Sessions = newSessions(k, con, t)
	t.Send = newSend(k, con)
	t.Faults = newFaults(k, con)
	t.Plays = newScenarios(k, con)
	t.settings = newSettings(k, con)
	t.Sections = kit.NewTabBar(nil, t.Sessions.content, t.Send.content, t.Faults.content, t.Plays.content, t.settings.content)

	t.startHint = widget.NewLabel("")
	t.start = kit.NewButton(theme.MediaPlayIcon(), cfg.Start)
	t.start.Importance = widget.HighImportance
	t.stopped = container.NewCenter(container.NewVBox(t.startHint, container.NewCenter(t.start)))
	t.elsewhere = widget.NewLabel("")
	t.elsewhere.Wrapping = fyne.TextWrapWord
	t.elsewhere.Importance = widget.WarningImportance

	t.Content = kit.Border(
		container.NewVBox(t.Sections.Content, t.elsewhere), nil, nil, nil,
		container.NewStack(t.Sections.Pages, t.stopped))
	k.Text(func() {
		T := k.T
		for i, key := range []string{"server.sessions", "server.send", "server.faults", "server.scenarios", "server.settings"} {
			t.Sections.Buttons[i].SetText(T(key))
		}
		t.startHint.SetText(T("server.is_stopped"))
		t.start.SetText(T("server.start"))
		t.elsewhere.SetText(T("server.elsewhere"))
	})
	return t
}

// Open shows the tab with a section.
func (t *Tab) Open(section int) {
	t.cfg.Open()
	t.Sections.Choose(section)
	if section == SectionFaults && t.cfg.Console.Embedded.FaultsOn() > 0 {
		t.Faults.content.ScrollToBottom() // to those that are on
	}
}

// Refresh updates the marks outside the tab, and the tab if it is shown.
func (t *Tab) Refresh() {
	on, T := t.cfg.Console.Embedded.FaultsOn(), t.cfg.Kit.T
	text, chip := T("server.tab"), ""
	if on > 0 {
		chip = T("faults.on", "N", on)
		text += " · " + chip
	}
	t.cfg.Mark(text, chip, on > 0)
	shown := t.cfg.Shown()
	t.Watched.on.Store(shown)
	if !shown {
		return
	}
	state := t.cfg.Console.Embedded.Status().State
	running := state == embedded.Running
	kit.SetVisible(t.Sections.Pages, running)
	kit.SetVisible(t.stopped, !running)
	kit.SetEnabled(t.start, state == embedded.Stopped)
	kit.SetVisible(t.elsewhere, !t.cfg.IsTarget())
	if lab, n := t.Watched.latest(); n != t.shown {
		t.shown = n
		t.Sessions.Show(lab)
		t.Send.show(lab)
		t.Faults.show(lab)
		t.Plays.show(lab)
		t.settings.show(lab)
	}
}

// labWatch reads the state of the embedded server off the UI thread while the tab is
// shown.
type labWatch struct {
	on atomic.Bool

	mu  sync.Mutex
	lab embedded.Lab
	n   int64 // grows when lab changes
	At  time.Time
}

// Look reads the state of the embedded server, if the tab is shown and the last look
// was at least labPause ago. It returns a number that grows when the state changes.
// It is called on the pump's goroutine.
func (l *labWatch) Look(con *console.Console, now time.Time) int64 {
	if !l.on.Load() {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.At) < labPause {
		return l.n
	}
	lab := con.Embedded.Lab()
	l.At = now
	if !sameLab(lab, l.lab) {
		l.lab = lab
		l.n++
	}
	return l.n
}

// sameLab reports whether two looks would show the same.
func sameLab(a, b embedded.Lab) bool {
	return a.Running == b.Running && a.Mode == b.Mode && a.Policy == b.Policy && a.IDBlock == b.IDBlock && a.URL == b.URL && a.Sent == b.Sent && a.Begun == b.Begun && a.Refused == b.Refused && slices.EqualFunc(a.Plays, b.Plays, samePlay) &&
		slices.Equal(a.Faults, b.Faults) && slices.EqualFunc(a.Sessions, b.Sessions, sameSession)
}

func sameSession(a, b hub.SessionInfo) bool {
	return a.ID == b.ID && a.State == b.State && a.Events == b.Events && a.Bytes == b.Bytes && a.Queued == b.Queued &&
		a.QueuedBytes == b.QueuedBytes && a.Mode == b.Mode // the other fields never change
}

func (l *labWatch) latest() (embedded.Lab, int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lab, l.n
}

func samePlay(a, b embedded.Play) bool {
	return a.Status.ID == b.Status.ID && a.Status.State == b.Status.State && a.Status.Waiting == b.Status.Waiting && a.Status.Speed == b.Status.Speed && a.Status.Line == b.Status.Line && a.Status.Sends == b.Status.Sends &&
		a.Status.Reached == b.Status.Reached
}
