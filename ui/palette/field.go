package palette

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/kit"
)

// field is the field of the palette. It keeps the focus, and moves through the list.
type field struct {
	kit.Field
	p *Palette
}

func newField(p *Palette) *field {
	f := &field{p: p}
	f.K = p.k
	f.ExtendBaseWidget(f)
	return f
}

// AcceptsTab implements fyne.Tabbable: there is nowhere else to go.
func (f *field) AcceptsTab() bool { return true }

// TypedKey implements fyne.Focusable.
func (f *field) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyUp:
		f.p.move(-1)
	case fyne.KeyDown, fyne.KeyTab:
		f.p.move(1)
	case fyne.KeyPageUp:
		f.p.move(-f.p.page())
	case fyne.KeyPageDown:
		f.p.move(f.p.page())
	case fyne.KeyReturn, fyne.KeyEnter:
		f.p.runChosen()
	default:
		f.Field.TypedKey(e)
	}
}
