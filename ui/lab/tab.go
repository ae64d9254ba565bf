// Package lab is the tab of the embedded server: who is subscribed, what it sends,
// which faults are on and what plays.
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

// labPause lies between two looks at the laboratory while its tab is shown.
const labPause = 500 * time.Millisecond

// The sections of the server's tab.
const (
	SectionSessions = iota
	SectionSend
	SectionFaults
	sectionScenarios
	sectionSettings
)

// Config is what the tab needs of the window.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	Open       func()                             // turns to the tab
	Shown      func() bool                        // reports whether it is shown
	Mark       func(tab, chip string, fault bool) // names the tab and, while a fault is on, marks it
	Start      func()                             // starts the server
	IsTarget   func() bool                        // reports whether the form goes to the embedded server
	ShowRowsOf func(clientID string)              // shows only the rows of one of its clientIds in the log
}

// Tab shows the embedded server as a laboratory.
type Tab struct {
	cfg     Config
	Content fyne.CanvasObject

	Sections *kit.TabBar
	Sessions *Sessions
	Send     *Send
	Faults   *Faults
	Plays    *Scenarios
	Settings *Settings

	Stopped   *fyne.Container // in place of the sections while the server is stopped
	Start     *kit.Button
	startHint *widget.Label
	Elsewhere *widget.Label // says that the target is another server

	Watched labWatch
	shown   int64 // what of it was shown last
}

func New(cfg Config) *Tab {
	t, k, con := &Tab{cfg: cfg}, cfg.Kit, cfg.Console
	t.Sessions = newSessionsSection(k, con, t)
	t.Send = newSendSection(k, con)
	t.Faults = newFaultsSection(k, con)
	t.Plays = newScenariosSection(k, con)
	t.Settings = newSettingsSection(k, con)
	t.Sections = kit.NewTabBar(nil, t.Sessions.content, t.Send.content, t.Faults.content, t.Plays.content, t.Settings.content)

	t.startHint = widget.NewLabel("")
	t.Start = kit.NewButton(theme.MediaPlayIcon(), cfg.Start)
	t.Start.Importance = widget.HighImportance
	t.Stopped = container.NewCenter(container.NewVBox(t.startHint, container.NewCenter(t.Start)))
	t.Elsewhere = widget.NewLabel("")
	t.Elsewhere.Wrapping = fyne.TextWrapWord
	t.Elsewhere.Importance = widget.WarningImportance

	t.Content = container.NewBorder(
		container.NewVBox(t.Sections.Content, t.Elsewhere), nil, nil, nil,
		container.NewStack(t.Sections.Pages, t.Stopped))
	k.Text(func() {
		T := k.T
		for i, key := range []string{"server.sessions", "server.send", "server.faults", "server.scenarios", "server.settings"} {
			t.Sections.Buttons[i].SetText(T(key))
		}
		t.startHint.SetText(T("server.is_stopped"))
		t.Start.SetText(T("server.start"))
		t.Elsewhere.SetText(T("server.elsewhere"))
	})
	return t
}

// Open shows a section, whatever is shown now.
func (t *Tab) Open(section int) {
	t.cfg.Open()
	t.Sections.Choose(section)
}

// Refresh brings the marks outside of the tab up to date, and the tab if it is
// shown.
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
	kit.SetVisible(t.Stopped, !running)
	kit.SetEnabled(t.Start, state == embedded.Stopped)
	kit.SetVisible(t.Elsewhere, !t.cfg.IsTarget())
	if lab, n := t.Watched.latest(); n != t.shown {
		t.shown = n
		t.Sessions.Show(lab)
		t.Send.show(lab)
		t.Faults.show(lab)
		t.Plays.show(lab)
		t.Settings.show(lab)
	}
}

// labWatch looks at the laboratory off the UI thread while the tab is shown.
type labWatch struct {
	on atomic.Bool

	mu  sync.Mutex
	lab embedded.Lab
	n   int64 // grows when lab changes
	At  time.Time
}

// Look takes up what the laboratory does now, if the tab is shown and the last
// look was long enough ago. It returns a number that grows with what is new. It
// is called on the pump's goroutine.
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

// sameLab tells whether two looks would show the same.
func sameLab(a, b embedded.Lab) bool {
	return a.Running == b.Running && a.Mode == b.Mode && a.Policy == b.Policy && a.URL == b.URL && a.Sent == b.Sent && a.Begun == b.Begun && a.Refused == b.Refused && slices.EqualFunc(a.Plays, b.Plays, samePlay) &&
		slices.Equal(a.Faults, b.Faults) && slices.EqualFunc(a.Sessions, b.Sessions, sameSession)
}

func sameSession(a, b hub.SessionInfo) bool {
	return a.ID == b.ID && a.State == b.State && a.Events == b.Events && a.Bytes == b.Bytes && a.Queued == b.Queued &&
		a.QueuedBytes == b.QueuedBytes && a.Mode == b.Mode // the rest stays as it was at its beginning
}

func (l *labWatch) latest() (embedded.Lab, int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lab, l.n
}

func samePlay(a, b embedded.Play) bool {
	return a.ID == b.ID && a.State == b.State && a.Waiting == b.Waiting && a.Speed == b.Speed && a.Line == b.Line && a.Sends == b.Sends &&
		a.Reached == b.Reached
}
