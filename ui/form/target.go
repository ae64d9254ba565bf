package form

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/endpoint"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
)

// The sides of the target bar, in display order.
const (
	SideEmbedded = iota
	SideRemote   // a server like the demo's, by its address
	SideSaved    // a saved target
)

// sideNames returns the names of the sides in the settings.
func sideNames() []string {
	return []string{settings.SideEmbedded, settings.SideRemote, settings.SideSaved}
}

// Target is the bar at the top, which selects the target: embedded, remote, or saved.
type Target struct {
	f       *Form
	Content *fyne.Container

	Side  *widget.RadioGroup
	other int // the last chosen side other than SideEmbedded
	Saved *Saved

	embedded     *fyne.Container
	Address      *kit.Field
	shownAddress string // the server's address last shown in the field
	state        *kit.StateLabel
	Toggle       *kit.Button // starts or stops the server
	CopyURL      *kit.Button

	Faults *kit.Button // shows how many faults of the embedded server are on; a press shows them

	remoteBar *fyne.Container
	URL       *kit.URLField
}

func newTarget(f *Form) *Target {
	t := &Target{f: f}
	saved := f.con.Settings()

	t.Side = widget.NewRadioGroup(nil, func(string) { t.switched() })
	t.Side.Horizontal = true
	t.Side.Required = true

	t.Address = kit.NewField(f.k)
	t.Address.SetText(saved.Address)
	t.Address.OnSubmitted = func(string) { t.StartServer() }
	t.state = kit.NewStateLabel()
	t.Toggle = kit.NewButton(nil, t.ToggleServer)
	t.CopyURL = kit.NewButton(theme.ContentCopyIcon(), t.copyURL)
	t.embedded = container.NewHBox(
		container.NewCenter(container.New(kit.FixedWidth(190), t.Address)), container.NewCenter(t.state.Content),
		container.NewCenter(t.Toggle), container.NewCenter(t.CopyURL))

	t.URL = kit.NewURLField(f.k, saved.RemoteURLs)
	t.URL.SetText(saved.RemoteURL)
	t.URL.OnChanged = func(string) { f.cfg.Refresh() }
	t.URL.OnSubmitted = func(string) { t.normalize(); f.k.Win.Canvas().Focus(f.Subscribe) }
	t.remoteBar = container.NewVBox(layout.NewSpacer(), t.URL, layout.NewSpacer())

	t.Faults = kit.NewButton(theme.WarningIcon(), func() { f.cfg.OpenFaults() })
	t.Faults.Importance = widget.DangerImportance
	t.Faults.Hide()

	t.Saved = newSaved(f)
	t.Content = container.NewBorder(nil, nil, container.NewCenter(t.Side), container.NewCenter(t.Faults), container.New(minHeight(40), container.NewStack(t.embedded, t.remoteBar, t.Saved.content)))
	f.k.Text(func() {
		side := t.Chosen()
		if len(t.Side.Options) == 0 {
			side = max(0, slices.Index(sideNames(), saved.Side))
		}
		t.Side.Options = []string{f.k.T("target.embedded"), f.k.T("target.remote"), f.k.T("target.saved")}
		t.Side.Selected = t.Side.Options[side]
		t.Side.Refresh()
		t.CopyURL.SetText(f.k.T("server.copy_url"))
		t.Address.SetPlaceHolder(settings.DefaultAddress)
		t.URL.SetPlaceHolder(f.k.T("target.url_hint"))
	})
	t.showSide()
	return t
}

// Chosen returns the chosen side.
func (t *Target) Chosen() int { return max(0, slices.Index(t.Side.Options, t.Side.Selected)) }

// IsEmbedded reports whether the embedded server is the target.
func (t *Target) IsEmbedded() bool { return t.Chosen() == SideEmbedded }

func (t *Target) switched() {
	t.f.con.UpdateSettings(func(s *settings.Settings) { s.Side = sideNames()[t.Chosen()] })
	t.showSide()
	if t.Chosen() == SideRemote && t.URL.Text == "" {
		t.f.k.Win.Canvas().Focus(t.URL)
	}
	t.f.cfg.Refresh()
}

func (t *Target) showSide() {
	for side, bar := range []fyne.CanvasObject{t.embedded, t.remoteBar, t.Saved.content} {
		kit.SetVisible(bar, side == t.Chosen())
	}
}

// Flip switches between the embedded server and the other side that was used last.
func (t *Target) Flip() {
	if t.IsEmbedded() {
		t.SetSide(max(SideRemote, t.other))
	} else {
		t.SetSide(SideEmbedded)
	}
}

// SetSide chooses a side.
func (t *Target) SetSide(side int) {
	if side != SideEmbedded {
		t.other = side
	}
	t.Side.SetSelected(t.Side.Options[side])
}

// show selects the target of a pair.
func (t *Target) show(p console.Pair) {
	switch {
	case p.Saved != "":
		t.SetSide(SideSaved)
		t.Saved.Choose(p.Saved)
	case p.Remote != "":
		t.SetSide(SideRemote)
		t.URL.SetText(p.Remote)
	default:
		t.SetSide(SideEmbedded)
	}
}

// pair returns the target as a pair without a clientId, or what is wrong with it.
func (t *Target) pair() (console.Pair, console.Obstacle) {
	switch t.Chosen() {
	case SideEmbedded:
		return console.Pair{}, ""
	case SideSaved:
		if name := t.Saved.Name(); name != "" {
			return console.Pair{Saved: name}, ""
		}
		return console.Pair{}, console.NoTarget
	}
	base, err := endpoint.Parse(t.URL.Text)
	if wrong, ok := errors.AsType[*endpoint.ParseError](err); ok && wrong.Reason == endpoint.Empty {
		return console.Pair{}, console.NoAddress
	} else if err != nil {
		return console.Pair{}, console.BadAddress
	}
	return console.Pair{Remote: base}, ""
}

// normalize shows the remote address in the form in which it is used, and remembers
// it.
func (t *Target) normalize() {
	p, why := t.pair()
	base := p.Remote
	if base == "" || why != "" {
		return
	}
	t.URL.SetText(base)
	t.f.con.UpdateSettings(func(s *settings.Settings) { s.RememberURL(base) })
	t.URL.SetOptions(slices.Clone(t.f.con.Settings().RemoteURLs))
}

// StartServer starts the embedded server at the address in the field.
func (t *Target) StartServer() {
	address := embedded.NormalizeAddress(t.Address.Text)
	t.Address.SetText(address)
	t.f.con.UpdateSettings(func(s *settings.Settings) { s.Address = address })
	t.f.con.Embedded.Start(address)
}

// ToggleServer starts or stops the embedded server.
func (t *Target) ToggleServer() {
	switch t.f.con.Embedded.Status().State {
	case embedded.Running:
		t.f.con.Embedded.Stop()
	case embedded.Stopped:
		t.StartServer()
	}
	t.Refresh()
}

// copyURL copies the URL of the embedded server, if it is running.
func (t *Target) copyURL() {
	if url := t.f.con.Embedded.Status().URL; url != "" {
		t.f.k.Copy(url, t.f.k.T("toast.copied_url"))
	}
}

// Refresh updates the saved targets and the state of the embedded server.
func (t *Target) Refresh() {
	t.Saved.refresh()
	server := t.f.con.Embedded.Status()
	T := t.f.k.T
	var verb string
	switch server.State {
	case embedded.Running:
		t.state.Set(kit.ShapeOpen, T("server.running"))
		verb = T("server.stop")
	case embedded.Starting:
		t.state.Set(kit.ShapeConnecting, T("server.starting"))
		verb = T("server.stop")
	case embedded.Stopping:
		t.state.Set(kit.ShapeConnecting, T("server.stopping"))
		verb = T("server.start")
	default:
		t.state.Set(kit.ShapeClosed, T("server.stopped"))
		if server.Problem != "" {
			t.state.Set(kit.ShapeFailed, T("server.not_started", "Why", server.Problem))
		}
		verb = T("server.start")
	}
	if t.Toggle.Text != verb {
		t.Toggle.SetText(verb)
	}
	kit.SetEnabled(t.Toggle, server.State == embedded.Running || server.State == embedded.Stopped)
	kit.SetEnabled(t.CopyURL, server.URL != "")
	// Show the server's address once, so as not to overwrite what the user types.
	if server.Address != "" && t.shownAddress != server.Address {
		t.shownAddress = server.Address
		t.Address.SetText(server.Address)
	}
}

// MarkFaults shows chip, which says how many faults are on; "" hides it.
func (t *Target) MarkFaults(chip string) {
	kit.SetVisible(t.Faults, chip != "")
	if chip != "" && t.Faults.Text != chip {
		t.Faults.SetText(chip)
	}
}
