package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console"
	"sseconsole/ui/kit"
)

// savedBar chooses a saved target, and the environment that is active.
type savedBar struct {
	w           *window
	content     *fyne.Container
	targets     *widget.Select
	environment *environmentChoice
	unverified  *widget.Label // a red mark while the target's certificate is not verified
	manage      *kit.Button   // leads to where they are made and changed
}

func newSavedBar(w *window) *savedBar {
	b := &savedBar{w: w}
	b.targets = widget.NewSelect(nil, func(name string) {
		w.con.UpdateSettings(func(s *console.Settings) { s.Target = name })
		w.refresh()
	})
	b.environment = newEnvironmentChoice(w)
	b.unverified = widget.NewLabel("")
	b.unverified.Importance = widget.DangerImportance
	b.unverified.Hide()
	b.manage = kit.NewButton(nil, w.targets.Manage)
	b.content = container.New(savedLayout{b.environment}, b.targets, b.environment.each, b.environment.list,
		container.NewHBox(container.NewCenter(b.unverified), container.NewCenter(b.manage)))
	w.k.Text(func() {
		b.targets.PlaceHolder = w.k.T("saved.choose")
		b.unverified.SetText("⚠ " + w.k.T("saved.unverified"))
		b.manage.SetText(w.k.T("saved.manage"))
		b.refresh()
	})
	return b
}

// name is that of the chosen target, "" if none is.
func (b *savedBar) name() string { return b.targets.Selected }

func (b *savedBar) choose(name string) { b.targets.SetSelected(name) }

// refresh shows the targets and environments that there are now.
func (b *savedBar) refresh() {
	targets, environments, active := b.w.con.TargetNames()
	if !slices.Equal(targets, b.targets.Options) {
		b.targets.Options = targets
		chosen := b.targets.Selected
		if chosen == "" {
			chosen = b.w.con.Settings().Target
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
	unverified := b.w.con.Unverified(b.name())
	again := b.environment.refresh(environments, active) || unverified != b.unverified.Visible()
	kit.SetVisible(b.unverified, unverified)
	if again {
		b.content.Refresh() // lays it out anew
	}
}

// renamed follows a target that got another name.
func (b *savedBar) renamed(old, name string) {
	if b.targets.Selected != old {
		return
	}
	b.targets.Selected = name
	b.targets.Options = nil // so that refresh takes the names up
	b.refresh()
	b.targets.Refresh()
}
