package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets"
)

// Shape shows a state by its form as well as its colour.
type Shape int

// The shapes.
const (
	ShapeNone       Shape = iota
	ShapeOpen             // a full disc
	ShapeConnecting       // a ring around a disc
	ShapeClosed           // an empty ring
	ShapeFailed           // a cross
)

// StateLabel is a shape and a word.
type StateLabel struct {
	Content *fyne.Container
	shape   Shape
	sign    *sign
	Label   *widget.Label
}

// NewStateLabel returns a label without a shape.
func NewStateLabel() *StateLabel {
	l := &StateLabel{sign: newSign(), Label: widget.NewLabel("")}
	l.Content = container.NewHBox(container.NewCenter(l.sign), l.Label)
	return l
}

// Set shows a state. It causes no redraw if nothing changes.
func (l *StateLabel) Set(s Shape, text string) {
	if l.shape != s {
		l.shape = s
		l.sign.set(s)
	}
	if l.Label.Text != text {
		l.Label.SetText(text)
	}
}

// sign draws a shape.
type sign struct {
	widget.BaseWidget
	shape Shape
	ring  *canvas.Circle
	disc  *canvas.Circle
	cross [2]*canvas.Line
}

const signSize = 12 // in Fyne's units, before the zoom

func newSign() *sign {
	s := &sign{ring: &canvas.Circle{StrokeWidth: 2}, disc: &canvas.Circle{}}
	for i := range s.cross {
		s.cross[i] = &canvas.Line{StrokeWidth: 2}
	}
	s.ExtendBaseWidget(s)
	return s
}

func (s *sign) set(shape Shape) {
	s.shape = shape
	s.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *sign) CreateRenderer() fyne.WidgetRenderer { return &signRenderer{s} }

type signRenderer struct{ s *sign }

func (r *signRenderer) Destroy() {}

func (r *signRenderer) MinSize() fyne.Size {
	size := signSize * widgets.Zoom(r.s.Theme())
	return fyne.NewSize(size, size)
}

func (r *signRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.ring, r.s.disc, r.s.cross[0], r.s.cross[1]}
}

func (r *signRenderer) Layout(size fyne.Size) {
	place := func(o fyne.CanvasObject, inset float32) {
		o.Move(fyne.NewPos(inset, inset))
		o.Resize(size.SubtractWidthHeight(2*inset, 2*inset))
	}
	unit := size.Width / signSize
	place(r.s.ring, unit)
	inset := unit
	if r.s.shape == ShapeConnecting {
		inset = 4 * unit
	}
	place(r.s.disc, inset)
	r.s.cross[0].Position1, r.s.cross[0].Position2 = fyne.NewPos(2*unit, 2*unit), fyne.NewPos(size.Width-2*unit, size.Height-2*unit)
	r.s.cross[1].Position1, r.s.cross[1].Position2 = fyne.NewPos(2*unit, size.Height-2*unit), fyne.NewPos(size.Width-2*unit, 2*unit)
}

func (r *signRenderer) Refresh() {
	name := theme.ColorNamePlaceHolder
	switch r.s.shape {
	case ShapeOpen:
		name = theme.ColorNameSuccess
	case ShapeConnecting:
		name = theme.ColorNameWarning
	case ShapeFailed:
		name = theme.ColorNameError
	}
	c := r.s.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
	r.s.ring.StrokeColor, r.s.disc.FillColor = c, c
	r.s.ring.Hidden = r.s.shape != ShapeConnecting && r.s.shape != ShapeClosed
	r.s.disc.Hidden = r.s.shape != ShapeOpen && r.s.shape != ShapeConnecting
	for _, line := range r.s.cross {
		line.StrokeColor = c
		line.Hidden = r.s.shape != ShapeFailed
	}
	r.Layout(r.s.Size())
	canvas.Refresh(r.s)
}
