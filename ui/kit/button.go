package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Button is Fyne's button made usable without a mouse: Return presses it as the
// space bar does, and a ring shows that it has the focus.
type Button struct {
	widget.Button
	ring *canvas.Rectangle
	line *canvas.Rectangle // at the lower edge of the button of a chosen tab; nil for other buttons
	tip  tip
}

// NewButton returns a button without a text. icon may be nil.
func NewButton(icon fyne.Resource, tapped func()) *Button {
	b := &Button{ring: newRing()}
	b.Icon = icon
	b.OnTapped = func() {
		// Fyne unfocuses a pressed button, so keyboard users would start again at
		// the first control.
		if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
			c.Focus(b)
		}
		b.tip.leave(b)
		tapped()
	}
	b.ExtendBaseWidget(b)
	return b
}

// SetTip sets the text shown beside the button while the mouse rests on it. A button without
// words needs one.
func (b *Button) SetTip(text string) { b.tip.text = text }

// SetTipKeys sets the keys that do the same as the button, which its tip shows.
func (b *Button) SetTipKeys(keys string) { b.tip.keys = keys }

// Tip returns what the tip shows.
func (b *Button) Tip() string { return b.tip.whole() }

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.Button.MouseIn(e)
	b.tip.rest(b)
}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() {
	b.Button.MouseOut()
	b.tip.leave(b)
}

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	b.tip.leave(b)
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() {
			b.Button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		}
	default:
		if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(k)
		}
	}
}

// FocusGained implements fyne.Focusable. The ring replaces the colour with which Fyne
// fills a button, so that the text keeps its contrast.
func (b *Button) FocusGained() {
	b.ring.Show()
	b.Refresh()
}

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() {
	b.ring.Hide()
	b.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &ringed{WidgetRenderer: b.Button.CreateRenderer(), of: b, ring: b.ring}
	if b.line != nil {
		return &underlined{r, b}
	}
	return r
}

// newRing returns the hidden ring of a control.
func newRing() *canvas.Rectangle {
	ring := &canvas.Rectangle{StrokeWidth: 2}
	ring.Hide()
	return ring
}

// ringed draws a control's ring on top of it.
type ringed struct {
	fyne.WidgetRenderer
	of   interface{ Theme() fyne.Theme }
	ring *canvas.Rectangle
}

func (r *ringed) Objects() []fyne.CanvasObject {
	return append(r.WidgetRenderer.Objects(), r.ring)
}

func (r *ringed) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Resize(size)
}

func (r *ringed) Refresh() {
	r.ring.StrokeColor = r.of.Theme().Color(theme.ColorNameForeground, fyne.CurrentApp().Settings().ThemeVariant())
	r.ring.CornerRadius = r.of.Theme().Size(theme.SizeNameInputRadius)
	r.ring.Refresh()
	r.WidgetRenderer.Refresh()
}
