package form

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
)

// Saved selects a saved target and the active environment.
type Saved struct {
	f           *Form
	content     *fyne.Container
	targets     *widget.Select
	Environment *environmentChoice
	unverified  *widget.Label // red mark, shown if the target's certificate is not verified
	manage      *kit.Button   // opens the panel of saved targets
}

func newSaved(f *Form) *Saved {
	b := &Saved{f: f}
	b.targets = widget.NewSelect(nil, func(name string) {
		f.con.UpdateSettings(func(s *settings.Settings) { s.Target = name })
		f.cfg.Refresh()
	})
	b.Environment = newEnvironmentChoice(f)
	b.unverified = widget.NewLabel("")
	b.unverified.Importance = widget.DangerImportance
	b.unverified.Hide()
	b.manage = kit.NewButton(nil, f.cfg.Manage)
	b.content = container.New(savedLayout{b.Environment}, b.targets, b.Environment.Each, b.Environment.List,
		container.NewHBox(container.NewCenter(b.unverified), container.NewCenter(b.manage)))
	f.k.Text(func() {
		b.targets.PlaceHolder = f.k.T("saved.choose")
		b.unverified.SetText("⚠ " + f.k.T("saved.unverified"))
		b.manage.SetText(f.k.T("saved.manage"))
		b.refresh()
	})
	return b
}

// Name returns the name of the chosen target, or "".
func (b *Saved) Name() string { return b.targets.Selected }

// Choose selects a target.
func (b *Saved) Choose(name string) { b.targets.SetSelected(name) }

// refresh shows the current targets and environments.
func (b *Saved) refresh() {
	targets, environments, active := b.f.con.Targets.Names()
	if !slices.Equal(targets, b.targets.Options) {
		b.targets.Options = targets
		chosen := b.targets.Selected
		if chosen == "" {
			chosen = b.f.con.Settings().Target
		}
		if !slices.Contains(targets, chosen) {
			chosen = ""
			if len(targets) > 0 {
				chosen = targets[0]
			}
		}
		b.targets.Selected = chosen
		b.targets.Refresh()
	}
	unverified := b.f.con.Targets.Unverified(b.Name())
	again := b.Environment.refresh(environments, active) || unverified != b.unverified.Visible()
	kit.SetVisible(b.unverified, unverified)
	if again {
		b.content.Refresh() // updates the layout
	}
}

// Renamed must be called when a target has been renamed.
func (b *Saved) Renamed(old, name string) {
	if b.targets.Selected != old {
		return
	}
	b.targets.Selected = name
	b.targets.Options = nil // so that refresh sets the names again
	b.refresh()
	b.targets.Refresh()
}
