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
	"sseconsole/ui/kit"
	"sseconsole/ui/lab"
)

// The sides of the target bar, as they stand.
const (
	sideEmbedded = iota
	sideRemote   // a server like the demo's, by its address
	sideSaved    // a saved target
)

// sideNames are what the settings keep.
func sideNames() []string {
	return []string{console.SideEmbedded, console.SideRemote, console.SideSaved}
}

// targetBar is the top line: embedded, remote or a saved target, and which.
type targetBar struct {
	w       *window
	content *fyne.Container

	side  *widget.RadioGroup
	other int // the side beside the embedded one that was chosen last
	saved *savedBar

	embedded     *fyne.Container
	address      *kit.Field
	shownAddress string // the address last put into the field by the server
	state        *stateLabel
	toggle       *kit.Button // starts or stops the server
	copyURL      *kit.Button

	faults *kit.Button // says how many faults of the embedded server are on, and leads there

	remoteBar *fyne.Container
	url       *kit.URLField
}

func newTargetBar(w *window) *targetBar {
	t := &targetBar{w: w}
	settings := w.con.Settings()

	t.side = widget.NewRadioGroup(nil, func(string) { t.switched() })
	t.side.Horizontal = true
	t.side.Required = true

	t.address = kit.NewField(w.k)
	t.address.SetText(settings.Address)
	t.address.OnSubmitted = func(string) { t.startServer() }
	t.state = newStateLabel()
	t.toggle = kit.NewButton(nil, t.toggleServer)
	t.copyURL = kit.NewButton(theme.ContentCopyIcon(), func() {
		w.k.App.Clipboard().SetContent(w.con.Server().URL)
	})
	t.embedded = container.NewHBox(
		container.NewCenter(container.New(kit.FixedWidth(190), t.address)), container.NewCenter(t.state.content),
		container.NewCenter(t.toggle), container.NewCenter(t.copyURL))

	t.url = kit.NewURLField(w.k, settings.RemoteURLs)
	t.url.SetText(settings.RemoteURL)
	t.url.OnChanged = func(string) { w.refresh() }
	t.url.OnSubmitted = func(string) { t.normalize(); w.k.Win.Canvas().Focus(w.form.subscribe) }
	t.remoteBar = container.NewVBox(layout.NewSpacer(), t.url, layout.NewSpacer())

	t.faults = kit.NewButton(theme.WarningIcon(), func() { w.server.Open(lab.SectionFaults) })
	t.faults.Importance = widget.DangerImportance
	t.faults.Hide()

	t.saved = newSavedBar(w)
	t.content = container.NewBorder(nil, nil, container.NewCenter(t.side), container.NewCenter(t.faults), container.New(minHeight(40), container.NewStack(t.embedded, t.remoteBar, t.saved.content)))
	w.k.Text(func() {
		side := t.chosen()
		if len(t.side.Options) == 0 {
			side = max(0, slices.Index(sideNames(), settings.Side))
		}
		t.side.Options = []string{w.k.T("target.embedded"), w.k.T("target.remote"), w.k.T("target.saved")}
		t.side.Selected = t.side.Options[side]
		t.side.Refresh()
		t.copyURL.SetText(w.k.T("server.copy_url"))
		t.address.SetPlaceHolder(console.DefaultAddress)
		t.url.SetPlaceHolder(w.k.T("target.url_hint"))
	})
	t.showSide()
	return t
}

// chosen returns the side that is chosen.
func (t *targetBar) chosen() int { return max(0, slices.Index(t.side.Options, t.side.Selected)) }

func (t *targetBar) isEmbedded() bool { return t.chosen() == sideEmbedded }

func (t *targetBar) switched() {
	t.w.con.UpdateSettings(func(s *console.Settings) { s.Side = sideNames()[t.chosen()] })
	t.showSide()
	if t.chosen() == sideRemote && t.url.Text == "" {
		t.w.k.Win.Canvas().Focus(t.url)
	}
	t.w.refresh()
}

func (t *targetBar) showSide() {
	for side, bar := range []fyne.CanvasObject{t.embedded, t.remoteBar, t.saved.content} {
		kit.SetVisible(bar, side == t.chosen())
	}
}

// flip goes between the embedded server and the other side that was used last.
func (t *targetBar) flip() {
	if t.isEmbedded() {
		t.setSide(max(sideRemote, t.other))
	} else {
		t.setSide(sideEmbedded)
	}
}

func (t *targetBar) setSide(side int) {
	if side != sideEmbedded {
		t.other = side
	}
	t.side.SetSelected(t.side.Options[side])
}

// show goes to where a pair's target is.
func (t *targetBar) show(p console.Pair) {
	switch {
	case p.Saved != "":
		t.setSide(sideSaved)
		t.saved.choose(p.Saved)
	case p.Remote != "":
		t.setSide(sideRemote)
		t.url.SetText(p.Remote)
	default:
		t.setSide(sideEmbedded)
	}
}

// pair returns what the bar names, without a clientId, or what is wrong with it.
func (t *targetBar) pair() (console.Pair, console.Obstacle) {
	switch t.chosen() {
	case sideEmbedded:
		return console.Pair{}, ""
	case sideSaved:
		if name := t.saved.name(); name != "" {
			return console.Pair{Saved: name}, ""
		}
		return console.Pair{}, console.NoTarget
	}
	parsed, err := target.Parse(t.url.Text)
	if wrong, ok := errors.AsType[*target.ParseError](err); ok && wrong.Reason == target.Empty {
		return console.Pair{}, console.NoAddress
	} else if err != nil {
		return console.Pair{}, console.BadAddress
	}
	return console.Pair{Remote: parsed.Base}, ""
}

// normalize shows the address as it is used, and remembers it.
func (t *targetBar) normalize() {
	p, why := t.pair()
	base := p.Remote
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
	t.saved.refresh()
	server := t.w.con.Server()
	T := t.w.k.T
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
	kit.SetEnabled(t.toggle, server.State == console.Running || server.State == console.Stopped)
	kit.SetEnabled(t.copyURL, server.URL != "")
	// The field shows where the server is, unless the person is editing it.
	if server.Address != "" && t.shownAddress != server.Address {
		t.shownAddress = server.Address
		t.address.SetText(server.Address)
	}
}

// markFaults says that faults of the embedded server are on, if chip is not "".
func (t *targetBar) markFaults(chip string) {
	kit.SetVisible(t.faults, chip != "")
	if chip != "" && t.faults.Text != chip {
		t.faults.SetText(chip)
	}
}
