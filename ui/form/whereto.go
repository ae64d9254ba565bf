package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// destination is what the where-to field shows: a target and its state.
type destination struct {
	name    string // of the target
	address string // more about it, or ""
	shape   kit.Shape
	state   string // its state in a word
}

// whereTo is the field that shows the target. A press opens the list of targets.
type whereTo struct {
	widget.BaseWidget
	k       *kit.Kit
	open    func()
	shown   destination
	focused bool
	hovered bool

	back  *canvas.Rectangle
	name  *widget.Label
	more  *widget.Label // the address
	state *kit.StateLabel
}

func newWhereTo(k *kit.Kit, open func()) *whereTo {
	w := &whereTo{k: k, open: open, back: &canvas.Rectangle{StrokeWidth: 1}, state: kit.NewStateLabel()}
	w.name, w.more = widget.NewLabel(""), widget.NewLabel("")
	w.name.TextStyle.Bold = true
	w.name.Truncation, w.more.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	w.ExtendBaseWidget(w)
	return w
}

// Text returns the name of the target, its address and its state, as shown.
func (w *whereTo) Text() (name, address, state string) {
	return w.shown.name, w.shown.address, w.shown.state
}

func (w *whereTo) show(d destination) {
	if d == w.shown {
		return
	}
	w.shown = d
	w.name.SetText(w.k.Heading(d.name))
	w.more.SetText(w.k.Heading(d.address))
	w.state.Set(d.shape, w.k.Heading(d.state))
	w.Refresh()
}

// describe returns what the field shows, whole.
func (w *whereTo) describe() string {
	return wording.Of(w.k.Texts).Join(w.shown.name, w.shown.address, w.shown.state)
}

// CreateRenderer implements fyne.Widget.
func (w *whereTo) CreateRenderer() fyne.WidgetRenderer {
	tail := container.New(widths{0, 0}, w.state.Content, widget.NewIcon(theme.MenuDropDownIcon()))
	return &whereToRenderer{w, tail}
}

type whereToRenderer struct {
	w    *whereTo
	tail *fyne.Container
}

func (r *whereToRenderer) Destroy() {}

func (r *whereToRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.w.back, r.w.name, r.w.more, r.tail}
}

func (r *whereToRenderer) MinSize() fyne.Size { return r.tail.MinSize().Add(fyne.NewSize(60, 4)) }

// Layout gives the name at most half of the room if there is an address.
func (r *whereToRenderer) Layout(size fyne.Size) {
	r.w.back.Resize(size)
	tail := r.tail.MinSize()
	left := size.Width - tail.Width - 4
	name := left
	if r.w.more.Text != "" {
		whole := fyne.MeasureText(r.w.name.Text, theme.TextSize(), r.w.name.TextStyle).Width + 2*theme.InnerPadding() + 4 // some room for rounding
		name = min(whole, left/2)
	}
	x := float32(2)
	for _, part := range []struct {
		o     fyne.CanvasObject
		width float32
	}{{r.w.name, name}, {r.w.more, left - name}, {r.tail, tail.Width}} {
		height := part.o.MinSize().Height
		part.o.Move(fyne.NewPos(x, (size.Height-height)/2))
		part.o.Resize(fyne.NewSize(part.width, height))
		x += part.width
	}
}

func (r *whereToRenderer) Refresh() {
	th, variant := r.w.Theme(), r.w.k.App.Settings().ThemeVariant()
	r.w.back.CornerRadius = th.Size(theme.SizeNameInputRadius)
	r.w.back.FillColor = th.Color(theme.ColorNameInputBackground, variant)
	if r.w.hovered {
		r.w.back.FillColor = th.Color(theme.ColorNameHover, variant)
	}
	r.w.back.StrokeWidth, r.w.back.StrokeColor = 1, th.Color(theme.ColorNameInputBorder, variant)
	if r.w.focused {
		r.w.back.StrokeWidth, r.w.back.StrokeColor = 2, th.Color(theme.ColorNameForeground, variant)
	}
	r.Layout(r.w.Size())
	canvas.Refresh(r.w)
}

// Tapped implements fyne.Tappable.
func (w *whereTo) Tapped(*fyne.PointEvent) {
	w.k.Tip.Leave(w)
	w.k.Win.Canvas().Focus(w)
	w.open()
}

// FocusGained implements fyne.Focusable.
func (w *whereTo) FocusGained() {
	w.focused = true
	w.Refresh()
}

// FocusLost implements fyne.Focusable.
func (w *whereTo) FocusLost() {
	w.focused = false
	w.Refresh()
}

// TypedRune implements fyne.Focusable.
func (w *whereTo) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (w *whereTo) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		w.open()
	default:
		w.k.TypedKey(k.Name)
	}
}

// MouseIn implements desktop.Hoverable.
func (w *whereTo) MouseIn(e *desktop.MouseEvent) {
	w.hovered = true
	w.Refresh()
	w.MouseMoved(e)
}

// MouseMoved implements desktop.Hoverable.
func (w *whereTo) MouseMoved(e *desktop.MouseEvent) { w.k.Tip.Rest(w, e.AbsolutePosition, w.describe) }

// MouseOut implements desktop.Hoverable.
func (w *whereTo) MouseOut() {
	w.hovered = false
	w.Refresh()
	w.k.Tip.Leave(w)
}
