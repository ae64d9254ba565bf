package targets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
	"sseconsole/ui/kit/chooser"
)

// exportChoice is a dialog that asks which targets and environments to export.
type exportChoice struct {
	ask    *kit.Dialog
	all    *widget.Check
	checks []*widget.Check // targets, then environments
	ok     *kit.Button

	targets, environments []string
}

// chooseExport asks what to export and where to.
func (m *manager) chooseExport() {
	m.Targets.leave(func() { m.environments.leave(func() { m.askExport() }) })
}

func (m *manager) askExport() *exportChoice {
	t, T := m.t, m.t.k.T
	c := &exportChoice{}
	c.targets, c.environments, _ = t.con.Targets.Names()
	text := widget.NewLabel(T("manager.export_why"))
	text.Wrapping = fyne.TextWrapWord
	list := container.NewVBox()
	group := func(key string, names []string) {
		if len(names) > 0 {
			list.Add(widget.NewLabelWithStyle(T(key), fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
		}
		for _, name := range names {
			check := widget.NewCheck(t.k.Brief(name), nil)
			check.Checked = true
			check.OnChanged = func(bool) { c.update() }
			c.checks = append(c.checks, check)
			list.Add(check)
		}
	}
	group("manager.targets", c.targets)
	group("manager.environments", c.environments)
	c.all = widget.NewCheck(T("manager.export_all"), func(on bool) { c.set(on) })
	scroll := container.NewVScroll(list)
	c.ask = t.k.NewDialog(T("manager.export_title"), kit.Border(container.NewVBox(kit.Flush(text), c.all), nil, nil, nil, scroll), 520)
	c.ask.Cancel()
	c.ok = c.ask.Agree(T("manager.export"), func() {
		targets, environments := c.chosen()
		c.ask.Hide()
		m.export(targets, environments)
	})
	c.update()
	height := list.MinSize().Height + text.MinSize().Height + c.all.MinSize().Height + 160 // title, buttons and gaps
	c.ask.ShowOfHeight(height, c.all)
	return c
}

// update sets the check for all, and enables or disables the button.
func (c *exportChoice) update() {
	n := 0
	for _, check := range c.checks {
		if check.Checked {
			n++
		}
	}
	if all := n == len(c.checks); c.all.Checked != all {
		c.all.Checked = all
		c.all.Refresh()
	}
	kit.SetEnabled(c.ok, n > 0)
}

// set checks all or none.
func (c *exportChoice) set(on bool) {
	for _, check := range c.checks {
		check.Checked = on
		check.Refresh()
	}
	c.update()
}

func (c *exportChoice) chosen() (targets, environments []string) {
	for i, check := range c.checks {
		switch {
		case !check.Checked:
		case i < len(c.targets):
			targets = append(targets, c.targets[i])
		default:
			environments = append(environments, c.environments[i-len(c.targets)])
		}
	}
	return targets, environments
}

func (m *manager) export(targets, environments []string) {
	name := "targets"
	if len(targets) == 1 && len(environments) == 0 {
		name = "target"
	}
	chooser.NewFile(m.t.k, "sse-"+name+"-"+chooser.Stamp()+".json", func(path string) { m.exportTo(path, targets, environments) })
}

func (m *manager) exportTo(path string, targets, environments []string) {
	m.t.con.Targets.Export(path, targets, environments, func(err error) {
		m.t.k.Post(func() {
			if err != nil {
				m.tell(err)
				return
			}
			m.t.k.ToastSaved(m.t.k.T("manager.exported", "Path", path), path)
		})
	})
}
