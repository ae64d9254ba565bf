package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets"
)

// tip shows a text below a control while the mouse rests on it. It goes when the mouse
// leaves, the control is pressed, or a key is typed into it.
type tip struct {
	text, keys string
	layer      *widgets.Tip // where it is shown
}

// rest starts to wait for the mouse to rest on o.
func (t *tip) rest(o fyne.CanvasObject) {
	if t.whole() == "" {
		return
	}
	if t.layer = layerOf(o); t.layer == nil {
		return
	}
	// The layer keeps a distance from the mouse.
	const above = 12
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).AddXY(0, o.Size().Height-above)
	t.layer.Rest(o, at, t.whole)
}

// whole returns the text with the keys.
func (t *tip) whole() string {
	if t.keys == "" || t.text == "" {
		return t.text + t.keys
	}
	return t.text + "  (" + t.keys + ")"
}

// leave hides the tip.
func (t *tip) leave(o fyne.CanvasObject) { t.layer.Leave(o) }

// layerOf returns the layer of tips of the topmost dialog or, without one, of the window
// that o is in. It returns nil if there is none.
func layerOf(o fyne.CanvasObject) *widgets.Tip {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	if top := c.Overlays().Top(); top != nil {
		return layerIn(top)
	}
	return layerIn(c.Content())
}

// layerIn returns the uppermost layer of tips in a container or popup.
func layerIn(o fyne.CanvasObject) *widgets.Tip {
	switch o := o.(type) {
	case *widgets.Tip:
		return o
	case *widget.PopUp:
		return layerIn(o.Content)
	case *fyne.Container:
		for i := len(o.Objects) - 1; i >= 0; i-- {
			if layer := layerIn(o.Objects[i]); layer != nil {
				return layer
			}
		}
	}
	return nil
}
