package ui

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/target"
	"sseconsole/ui/console"
)

// targetBar is the top line: embedded or remote, and where exactly.
type targetBar struct {
	w       *window
	content *fyne.Container

	side *widget.RadioGroup

	embedded     *fyne.Container
	address      *entry
	shownAddress string // the address last put into the field by the server
	state        *stateLabel
	toggle       *button // starts or stops the server
	copyURL      *button

	faults *button // says how many faults of the embedded server are on, and leads there

	remoteBar *fyne.Container
	url       *urlEntry
}

func newTargetBar(w *window) *targetBar {
	t := &targetBar{w: w}
	settings := w.con.Settings()

	t.side = widget.NewRadioGroup(nil, func(string) { t.switched() })
	t.side.Horizontal = true
	t.side.Required = true

	t.address = newEntry(w)
	t.address.SetText(settings.Address)
	t.address.OnSubmitted = func(string) { t.startServer() }
	t.state = newStateLabel()
	t.toggle = newButton(nil, t.toggleServer)
	t.copyURL = newButton(theme.ContentCopyIcon(), func() {
		w.app.Clipboard().SetContent(w.con.Server().URL)
	})
	t.embedded = container.NewHBox(
		container.NewCenter(container.New(fixedWidth(190), t.address)), container.NewCenter(t.state.content),
		container.NewCenter(t.toggle), container.NewCenter(t.copyURL))

	t.url = newURLEntry(w, settings.RemoteURLs)
	t.url.SetText(settings.RemoteURL)
	t.url.OnChanged = func(string) { w.refresh() }
	t.url.OnSubmitted = func(string) { t.normalize(); w.win.Canvas().Focus(w.form.subscribe) }
	t.remoteBar = container.NewVBox(layout.NewSpacer(), t.url, layout.NewSpacer())

	t.faults = newButton(theme.WarningIcon(), func() { w.server.open(sectionFaults) })
	t.faults.Importance = widget.DangerImportance
	t.faults.Hide()

	t.content = container.NewBorder(nil, nil, container.NewCenter(t.side), container.NewCenter(t.faults), container.New(minHeight(40), container.NewStack(t.embedded, t.remoteBar)))
	w.text(func() {
		remote := t.isRemote()
		if len(t.side.Options) == 0 {
			remote = settings.Remote
		}
		t.side.Options = []string{w.words.T("target.embedded"), w.words.T("target.remote")}
		t.side.Selected = t.side.Options[index(remote)]
		t.side.Refresh()
		t.copyURL.SetText(w.words.T("server.copy_url"))
		t.address.SetPlaceHolder(console.DefaultAddress)
		t.url.SetPlaceHolder(w.words.T("target.url_hint"))
	})
	t.showSide()
	return t
}

func index(remote bool) int {
	if remote {
		return 1
	}
	return 0
}

func (t *targetBar) isRemote() bool {
	return len(t.side.Options) == 2 && t.side.Selected == t.side.Options[1]
}

func (t *targetBar) switched() {
	remote := t.isRemote()
	t.w.con.UpdateSettings(func(s *console.Settings) { s.Remote = remote })
	t.showSide()
	if remote && t.url.Text == "" {
		t.w.win.Canvas().Focus(t.url)
	}
	t.w.refresh()
}

func (t *targetBar) showSide() {
	if t.isRemote() {
		t.embedded.Hide()
		t.remoteBar.Show()
	} else {
		t.remoteBar.Hide()
		t.embedded.Show()
	}
}

// flip goes to the other side.
func (t *targetBar) flip() { t.setSide(!t.isRemote()) }

func (t *targetBar) setSide(remote bool) {
	t.side.SetSelected(t.side.Options[index(remote)])
}

// show goes to where a pair's target is.
func (t *targetBar) show(remote string) {
	t.setSide(remote != "")
	if remote != "" {
		t.url.SetText(remote)
	}
}

// remote returns the base URL that the bar names, "" for the embedded server,
// or what is wrong with it.
func (t *targetBar) remote() (string, console.Obstacle) {
	if !t.isRemote() {
		return "", ""
	}
	parsed, err := target.Parse(t.url.Text)
	if wrong, ok := errors.AsType[*target.ParseError](err); ok && wrong.Reason == target.Empty {
		return "", console.NoAddress
	} else if err != nil {
		return "", console.BadAddress
	}
	return parsed.Base, ""
}

// normalize shows the address as it is used, and remembers it.
func (t *targetBar) normalize() {
	base, why := t.remote()
	if base == "" || why != "" {
		return
	}
	t.url.SetText(base)
	t.w.con.UpdateSettings(func(s *console.Settings) { s.RememberURL(base) })
	t.url.SetOptions(slices.Clone(t.w.con.Settings().RemoteURLs))
}

func (t *targetBar) startServer() {
	address := console.NormalizeAddress(t.address.Text)
	t.address.SetText(address)
	t.w.con.UpdateSettings(func(s *console.Settings) { s.Address = address })
	t.w.con.StartServer(address)
}

func (t *targetBar) toggleServer() {
	switch t.w.con.Server().State {
	case console.Running:
		t.w.con.StopServer()
	case console.Stopped:
		t.startServer()
	}
	t.refresh()
}

func (t *targetBar) refresh() {
	server := t.w.con.Server()
	T := t.w.words.T
	var verb string
	switch server.State {
	case console.Running:
		t.state.set(shapeOpen, T("server.running"))
		verb = T("server.stop")
	case console.Starting:
		t.state.set(shapeConnecting, T("server.starting"))
		verb = T("server.stop")
	case console.Stopping:
		t.state.set(shapeConnecting, T("server.stopping"))
		verb = T("server.start")
	default:
		t.state.set(shapeClosed, T("server.stopped"))
		if server.Problem != "" {
			t.state.set(shapeFailed, T("server.not_started", "Why", server.Problem))
		}
		verb = T("server.start")
	}
	if t.toggle.Text != verb {
		t.toggle.SetText(verb)
	}
	setEnabled(t.toggle, server.State == console.Running || server.State == console.Stopped)
	setEnabled(t.copyURL, server.URL != "")
	// The field shows where the server is, unless the person is editing it.
	if server.Address != "" && t.shownAddress != server.Address {
		t.shownAddress = server.Address
		t.address.SetText(server.Address)
	}
}

// setEnabled enables or disables w, without a redraw if nothing changes.
func setEnabled(w fyne.Disableable, enabled bool) {
	switch {
	case enabled && w.Disabled():
		w.Enable()
	case !enabled && !w.Disabled():
		w.Disable()
	}
}
