package logpane

import (
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// toggle is a button that is on or off. A ticked or an empty box says which.
type toggle struct {
	*kit.Button
	label   string
	Checked bool
	changed func()
}

func newToggle(checked bool, changed func()) *toggle {
	t := &toggle{Checked: checked, changed: changed}
	t.Button = kit.NewButton(nil, func() { t.SetChecked(!t.Checked) })
	return t
}

// SetChecked switches t on or off.
func (t *toggle) SetChecked(checked bool) {
	if t.Checked != checked {
		t.Checked = checked
		t.paint()
		t.changed()
	}
}

func (t *toggle) setLabel(label string) {
	if t.label != label || t.Text == "" {
		t.label = label
		t.paint()
	}
}

func (t *toggle) paint() {
	t.Text, t.Icon, t.Importance = t.label, theme.CheckButtonIcon(), widget.LowImportance
	if t.Checked {
		t.Icon, t.Importance = theme.CheckButtonCheckedIcon(), widget.MediumImportance
	}
	t.Refresh()
}
