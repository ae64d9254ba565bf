package ui

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/server"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
)

// labPause lies between two looks at the laboratory while its tab is shown.
const labPause = 500 * time.Millisecond

// The tabs of the right side.
const (
	tabLog = iota
	tabServer
)

// The sections of the server's tab.
const (
	sectionSessions = iota
	sectionSend
	sectionFaults
	sectionScenarios
	sectionSettings
)

// serverTab shows the embedded server as a laboratory.
type serverTab struct {
	w       *window
	content fyne.CanvasObject

	sections *kit.TabBar
	sessions *sessionsSection
	send     *sendSection
	faults   *faultsSection
	plays    *scenariosSection
	settings *settingsSection

	stopped   *fyne.Container // in place of the sections while the server is stopped
	start     *kit.Button
	startHint *widget.Label
	elsewhere *widget.Label // says that the target is another server

	watched labWatch
	shown   int64 // what of it was shown last
}

func newServerTab(w *window) *serverTab {
	t := &serverTab{w: w}
	t.sessions = newSessionsSection(w, t)
	t.send = newSendSection(w)
	t.faults = newFaultsSection(w)
	t.plays = newScenariosSection(w)
	t.settings = newSettingsSection(w)
	t.sections = kit.NewTabBar(nil, t.sessions.content, t.send.content, t.faults.content, t.plays.content, t.settings.content)

	t.startHint = widget.NewLabel("")
	t.start = kit.NewButton(theme.MediaPlayIcon(), w.target.startServer)
	t.start.Importance = widget.HighImportance
	t.stopped = container.NewCenter(container.NewVBox(t.startHint, container.NewCenter(t.start)))
	t.elsewhere = widget.NewLabel("")
	t.elsewhere.Wrapping = fyne.TextWrapWord
	t.elsewhere.Importance = widget.WarningImportance

	t.content = container.NewBorder(
		container.NewVBox(t.sections.Content, t.elsewhere), nil, nil, nil,
		container.NewStack(t.sections.Pages, t.stopped))
	w.k.Text(func() {
		T := w.k.T
		for i, key := range []string{"server.sessions", "server.send", "server.faults", "server.scenarios", "server.settings"} {
			t.sections.Buttons[i].SetText(T(key))
		}
		t.startHint.SetText(T("server.is_stopped"))
		t.start.SetText(T("server.start"))
		t.elsewhere.SetText(T("server.elsewhere"))
	})
	return t
}

// open shows a section, whatever is shown now.
func (t *serverTab) open(section int) {
	t.w.tabs.Choose(tabServer)
	t.sections.Choose(section)
}

// visible tells whether the tab is shown. It belongs to the UI thread.
func (t *serverTab) visible() bool { return t.w.tabs.Chosen == tabServer }

// refresh brings the marks outside of the tab up to date, and the tab if it is
// shown.
func (t *serverTab) refresh() {
	on, T := t.w.con.FaultsOn(), t.w.k.T
	text, chip := T("server.tab"), ""
	if on > 0 {
		chip = T("faults.on", "N", on)
		text += " · " + chip
	}
	t.w.tabs.Warn(tabServer, text, on > 0)
	mark := t.w.target.faults
	kit.SetVisible(mark, on > 0)
	if on > 0 && mark.Text != chip {
		mark.SetText(chip)
	}
	t.watched.on.Store(t.visible())
	if !t.visible() {
		return
	}
	state := t.w.con.Server().State
	running := state == console.Running
	kit.SetVisible(t.sections.Pages, running)
	kit.SetVisible(t.stopped, !running)
	kit.SetEnabled(t.start, state == console.Stopped)
	kit.SetVisible(t.elsewhere, !t.w.target.isEmbedded())
	if lab, n := t.watched.latest(); n != t.shown {
		t.shown = n
		t.sessions.show(lab)
		t.send.show(lab)
		t.faults.show(lab)
		t.plays.show(lab)
		t.settings.show(lab)
	}
}

// labWatch looks at the laboratory off the UI thread while the tab is shown.
type labWatch struct {
	on atomic.Bool

	mu  sync.Mutex
	lab console.Lab
	n   int64 // grows when lab changes
	at  time.Time
}

// look takes up what the laboratory does now, if the tab is shown and the last
// look was long enough ago. It returns a number that grows with what is new. It
// is called on the pump's goroutine.
func (l *labWatch) look(con *console.Console, now time.Time) int64 {
	if !l.on.Load() {
		return 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.at) < labPause {
		return l.n
	}
	lab := con.Lab()
	l.at = now
	if !sameLab(lab, l.lab) {
		l.lab = lab
		l.n++
	}
	return l.n
}

// sameLab tells whether two looks would show the same.
func sameLab(a, b console.Lab) bool {
	return a.Running == b.Running && a.Mode == b.Mode && a.Policy == b.Policy && a.URL == b.URL && a.Sent == b.Sent && a.Begun == b.Begun && a.Refused == b.Refused && slices.EqualFunc(a.Plays, b.Plays, samePlay) &&
		slices.Equal(a.Faults, b.Faults) && slices.EqualFunc(a.Sessions, b.Sessions, sameSession)
}

func sameSession(a, b server.SessionInfo) bool {
	return a.ID == b.ID && a.State == b.State && a.Events == b.Events && a.Bytes == b.Bytes && a.Queued == b.Queued &&
		a.QueuedBytes == b.QueuedBytes && a.Mode == b.Mode // the rest stays as it was at its beginning
}

func (l *labWatch) latest() (console.Lab, int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.lab, l.n
}

func samePlay(a, b console.Play) bool {
	return a.ID == b.ID && a.State == b.State && a.Waiting == b.Waiting && a.Speed == b.Speed && a.Line == b.Line && a.Sends == b.Sends &&
		a.Reached == b.Reached
}

// showLog turns to the log.
func (w *window) showLog() { w.tabs.Choose(tabLog) }

// showRowsOf shows the log, and in it only what concerns a clientId of the
// embedded server.
func (w *window) showRowsOf(clientID string) {
	w.showLog()
	w.filter.only.SetChecked(true)
	w.filter.field.SetText("target:" + console.Embedded + ` client:"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(clientID) + `"`)
	w.filter.apply()
}
