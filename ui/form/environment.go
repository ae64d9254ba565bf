package form

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// environmentChoice switches the active environment.
type environmentChoice struct {
	f       *Form
	Content *fyne.Container
	names   []string
	List    *widget.Select // "no environment", then the names
}

func newEnvironmentChoice(f *Form) *environmentChoice {
	c := &environmentChoice{f: f}
	c.List = widget.NewSelect(nil, func(string) {
		if at := c.List.SelectedIndex(); at >= 0 {
			c.activate(append([]string{""}, c.names...)[at])
		}
	})
	label := widget.NewLabel("")
	f.k.Text(func() { label.SetText(f.k.T("saved.environment")) })
	c.Content = container.New(widths{0, 140}, label, c.List)
	c.Content.Hide()
	return c
}

func (c *environmentChoice) activate(name string) {
	if _, _, active := c.f.con.Targets.Names(); name != active {
		c.f.con.Targets.Activate(name)
	}
}

// refresh shows the current environments, if there are any and a saved target is chosen.
// It reports whether the room for them may have changed.
func (c *environmentChoice) refresh(names []string, active string, saved bool) (changed bool) {
	visible := saved && len(names) > 0
	changed = visible != c.Content.Visible()
	kit.SetVisible(c.Content, visible)
	options := []string{c.f.k.T("saved.no_environment")}
	for _, name := range names {
		options = append(options, c.f.k.Brief(name))
	}
	at := 1 + slices.Index(names, active)
	if slices.Equal(names, c.names) && slices.Equal(options, c.List.Options) && at == c.List.SelectedIndex() {
		return changed
	}
	c.names = slices.Clone(names)
	c.List.Options, c.List.Selected = options, options[at]
	c.List.Refresh()
	return true
}
