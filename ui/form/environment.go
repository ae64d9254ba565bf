package form

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// environmentChoice switches the active environment: by radio buttons if there is
// room for them, otherwise by a list. A click on the active one deactivates it.
type environmentChoice struct {
	f     *Form
	Names []string
	Each  *fyne.Container // a radio button for each name
	List  *widget.Select  // "no environment", then the names
}

func newEnvironmentChoice(f *Form) *environmentChoice {
	c := &environmentChoice{f: f, Each: container.NewHBox()}
	c.List = widget.NewSelect(nil, func(string) {
		if at := c.List.SelectedIndex(); at >= 0 {
			c.activate(append([]string{""}, c.Names...)[at])
		}
	})
	return c
}

func (c *environmentChoice) activate(name string) {
	if _, _, active := c.f.con.Targets.Names(); name != active {
		c.f.con.Targets.Activate(name)
	}
}

// refresh shows the current environments and reports whether they have changed.
func (c *environmentChoice) refresh(names []string, active string) (changed bool) {
	if changed = !slices.Equal(names, c.Names); changed {
		c.Names = slices.Clone(names)
		c.Each.RemoveAll()
		for _, name := range names {
			radio := widget.NewRadioGroup([]string{c.f.k.Brief(name)}, nil)
			radio.OnChanged = func(chosen string) {
				if chosen == "" { // the active one was clicked again
					c.activate("")
				} else {
					c.activate(name)
				}
			}
			c.Each.Add(radio)
		}
	}
	for i, o := range c.Each.Objects {
		radio, selected := o.(*widget.RadioGroup), ""
		if names[i] == active {
			selected = radio.Options[0]
		}
		if radio.Selected != selected {
			radio.Selected = selected
			radio.Refresh()
		}
	}
	options := append([]string{c.f.k.T("saved.no_environment")}, names...)
	selected := options[max(0, 1+slices.Index(names, active))]
	if !slices.Equal(options, c.List.Options) || selected != c.List.Selected {
		c.List.Options, c.List.Selected = options, selected
		c.List.Refresh()
	}
	return changed
}

// Widths: of the list of environments, and of the list of targets at least next to
// the radio buttons.
const (
	environmentsWidth = 150
	targetsWidth      = 120
)

// savedLayout lays out the list of targets, the environments as radio buttons or as a
// list, and the objects after them.
type savedLayout struct{ *environmentChoice }

// MinSize implements fyne.Layout.
func (l savedLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	targets, tail := objects[0].MinSize(), objects[3].MinSize()
	size := fyne.NewSize(targets.Width+theme.Padding()+tail.Width, max(targets.Height, tail.Height))
	if len(l.Names) > 0 {
		size.Width += environmentsWidth + theme.Padding()
	}
	return size
}

// Layout implements fyne.Layout.
func (l savedLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	put := func(o fyne.CanvasObject, x, width float32) {
		height := o.MinSize().Height
		o.Move(fyne.NewPos(x, (size.Height-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	gap := theme.Padding()
	tail := objects[3].MinSize().Width
	right := size.Width - tail
	put(objects[3], right, tail)
	each := l.Each.MinSize().Width
	roomy := targetsWidth+gap+each+gap <= right
	kit.SetVisible(l.Each, roomy && len(l.Names) > 0)
	kit.SetVisible(l.List, !roomy && len(l.Names) > 0)
	switch {
	case len(l.Names) == 0:
	case roomy:
		right -= gap + each
		put(objects[1], right, each)
	default:
		right -= gap + environmentsWidth
		put(objects[2], right, environmentsWidth)
	}
	put(objects[0], 0, max(0, right-gap))
}
