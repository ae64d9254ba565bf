package logpane

import (
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// toggle is a button that is on or off. A full or an empty circle says which.
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
	text, importance := "○ "+t.label, widget.LowImportance
	if t.Checked {
		text, importance = "● "+t.label, widget.MediumImportance
	}
	t.Text, t.Importance = text, importance
	t.Refresh()
}
