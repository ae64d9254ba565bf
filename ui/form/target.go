package form

import (
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/assets"
	"sseconsole/client/endpoint"
	"sseconsole/ui/console"
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
)

// The sides between which a target is chosen.
const (
	SideEmbedded = iota
	SideRemote   // a server like the demo's, by its address
	SideSaved    // a saved target
)

// sideNames returns the names of the sides in the settings.
func sideNames() []string {
	return []string{settings.SideEmbedded, settings.SideRemote, settings.SideSaved}
}

// Target is the row at the top, which says where requests go and lets the user choose.
type Target struct {
	f       *Form
	Content *fyne.Container
	row     *fyne.Container

	Where   *whereTo    // opens List
	List    *kit.Picker // the list opened last, or nil
	Flip    *kit.Button // switches between embedded and the other side
	Preview *line       // the request that Subscribe would make
	Env     *environmentChoice
	Faults  *kit.Button // shows how many faults of the embedded server are on; a press shows them

	side  int
	other int    // the last chosen side other than SideEmbedded
	URL   string // the remote address
	Saved *Saved
	kept  string // an address that could not be had, to be corrected

	previewed previewed
}

// previewed is what the shown request was made from.
type previewed struct {
	pair    console.Pair
	ok      bool
	content string
	changes int64
}

func newTarget(f *Form) *Target {
	t := &Target{f: f}
	saved := f.con.Settings()
	t.side, t.other = max(0, slices.Index(sideNames(), saved.Side)), SideRemote
	if t.side != SideEmbedded {
		t.other = t.side
	}
	t.URL = saved.RemoteURL
	t.Saved = newSaved(f)
	t.Env = newEnvironmentChoice(f)

	t.Where = newWhereTo(f.k, func() { t.Open("") })
	t.Flip = kit.NewButton(theme.NewThemedResource(fyne.NewStaticResource("swap.svg", assets.Swap)), t.flip)
	t.Preview = newLine(f.k)
	t.Faults = kit.NewButton(theme.WarningIcon(), func() { f.cfg.OpenFaults() })
	t.Faults.Importance = widget.DangerImportance
	t.Faults.Hide()

	t.row = container.New(headLayout{}, t.Where, t.Flip, t.Preview, t.Env.Content, t.Faults, f.cfg.Tools)
	t.Content = container.New(margins(), t.row)
	return t
}

// Chosen returns the chosen side.
func (t *Target) Chosen() int { return t.side }

// IsEmbedded reports whether the embedded server is the target.
func (t *Target) IsEmbedded() bool { return t.side == SideEmbedded }

// flip switches between the embedded server and the other side that was used last.
func (t *Target) flip() {
	if t.IsEmbedded() {
		t.chooseSide(t.other)
	} else {
		t.chooseSide(SideEmbedded)
	}
}

// otherName names the target that flip chooses.
func (t *Target) otherName() string {
	switch {
	case !t.IsEmbedded():
		return t.f.k.T("where.embedded")
	case t.other == SideSaved && t.Saved.Name() != "":
		return t.Saved.Name()
	case t.other == SideRemote && t.URL != "":
		return console.TargetName(t.URL)
	}
	return t.f.k.T("where.another")
}

// chooseSide is SetSide, but opens the list instead if no target of that side is known:
// until one is chosen there, the present one stays.
func (t *Target) chooseSide(side int) {
	t.List.Close()
	if side == SideRemote && t.URL == "" || side == SideSaved && t.Saved.Name() == "" {
		t.Open("")
		return
	}
	t.SetSide(side)
}

// AskAddress chooses the remote side, if there is an address, and opens the list with that,
// to be replaced by typing.
func (t *Target) AskAddress() {
	if t.URL != "" {
		t.SetSide(SideRemote)
	}
	t.Open(t.URL)
}

// SetSide chooses a side.
func (t *Target) SetSide(side int) {
	if side != SideEmbedded {
		t.other = side
	}
	if t.side != side {
		t.side = side
		t.f.con.UpdateSettings(func(s *settings.Settings) { s.Side = sideNames()[side] })
	}
	t.f.cfg.Refresh()
}

// SetURL chooses a remote address.
func (t *Target) SetURL(url string) {
	t.URL = url
	t.normalize()
	t.SetSide(SideRemote)
}

// show selects the target of a pair.
func (t *Target) show(p console.Pair) {
	switch {
	case p.Saved != "":
		t.Saved.Choose(p.Saved)
		t.SetSide(SideSaved)
	case p.Remote != "":
		t.SetURL(p.Remote)
	default:
		t.SetSide(SideEmbedded)
	}
}

// pair returns the target as a pair without a clientId, or what is wrong with it.
func (t *Target) pair() (console.Pair, console.Obstacle) {
	switch t.side {
	case SideEmbedded:
		return console.Pair{}, ""
	case SideSaved:
		if name := t.Saved.Name(); name != "" {
			return console.Pair{Saved: name}, ""
		}
		return console.Pair{}, console.NoTarget
	}
	base, err := endpoint.Parse(t.URL)
	if wrong, ok := errors.AsType[*endpoint.ParseError](err); ok && wrong.Reason == endpoint.Empty {
		return console.Pair{}, console.NoAddress
	} else if err != nil {
		return console.Pair{}, console.BadAddress
	}
	return console.Pair{Remote: base}, ""
}

// normalize brings the remote address into the form in which it is used, and remembers
// it.
func (t *Target) normalize() {
	base, err := endpoint.Parse(t.URL)
	if err != nil {
		return
	}
	t.URL = base
	t.f.con.UpdateSettings(func(s *settings.Settings) { s.RememberURL(base) })
}

// StartServer starts the embedded server where the settings say.
func (t *Target) StartServer() { t.f.con.Embedded.Start(t.f.con.Settings().Address) }

// moveServer starts the embedded server at an address and makes it the target. If it
// cannot, the list says why, beside what was typed.
func (t *Target) moveServer(typed, address string) {
	list := t.List
	t.f.con.Embedded.Move(address, func(err error) {
		t.f.k.Post(func() {
			if err != nil {
				t.kept = typed
				list.Say(t.f.listenError(address, err))
				return
			}
			t.kept = ""
			t.f.con.UpdateSettings(func(s *settings.Settings) { s.Address = address })
			t.SetSide(SideEmbedded)
			list.Close()
			t.f.focusNext()
		})
	})
}

// ToggleServer starts or stops the embedded server.
func (t *Target) ToggleServer() {
	switch t.f.con.Embedded.Status().State {
	case embedded.Running:
		t.f.con.Embedded.Stop()
	case embedded.Stopped:
		t.StartServer()
	}
	t.f.cfg.Refresh()
}

// canToggle reports whether the embedded server can be started or stopped now.
func (t *Target) canToggle() bool {
	state := t.f.con.Embedded.Status().State
	return state == embedded.Running || state == embedded.Stopped
}

// copyURL copies the URL of the embedded server, if it is running.
func (t *Target) copyURL() {
	if url := t.f.con.Embedded.Status().URL; url != "" {
		t.f.k.Copy(url, t.f.k.T("toast.copied_url"))
	}
}

// hasURL reports whether copyURL can copy something.
func (t *Target) hasURL() bool { return t.f.con.Embedded.Status().URL != "" }

// Refresh shows the chosen target, its state, and the request that Subscribe would make.
func (t *Target) Refresh() {
	t.Saved.refresh()
	_, environments, active := t.f.con.Targets.Names()
	if t.Env.refresh(environments, active, t.side == SideSaved) {
		t.row.Refresh() // updates the layout
	}
	t.Where.show(t.destination())
	t.Flip.SetTip(t.f.k.T("where.flip_tip", "Target", t.f.k.Brief(t.otherName())))
	t.showPreview()
	t.List.Refresh()
}

// showPreview shows the request that Subscribe would make.
func (t *Target) showPreview() {
	const beginning = 200 // more is not seen
	now := previewed{changes: t.f.con.Changes(), content: t.f.CurrentContent()}
	now.content = now.content[:min(len(now.content), beginning)]
	now.pair, now.ok = t.f.Pair()
	if now == t.previewed {
		return
	}
	t.previewed = now
	text := ""
	if now.ok {
		if r, err := t.f.con.Preview(now.pair, now.content); err == nil {
			text = r.Verb() + " " + r.URL
		}
	}
	t.Preview.show(text, widget.MediumImportance)
}

// MarkFaults shows chip, which says how many faults are on; "" hides it.
func (t *Target) MarkFaults(chip string) {
	kit.SetVisible(t.Faults, chip != "")
	if chip != "" && t.Faults.Text != chip {
		t.Faults.SetText(chip)
	}
}
