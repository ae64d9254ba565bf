package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
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
	name  *widget.RichText
	state *kit.StateLabel
}

func newWhereTo(k *kit.Kit, open func()) *whereTo {
	w := &whereTo{k: k, open: open, back: &canvas.Rectangle{StrokeWidth: 1}, state: kit.NewStateLabel()}
	w.name = widget.NewRichText()
	w.name.Truncation = fyne.TextTruncateEllipsis
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
	style := widget.RichTextStyle{Inline: true, ColorName: theme.ColorNameForeground, SizeName: theme.SizeNameText}
	name := style
	name.TextStyle.Bold = true
	w.name.Segments = []widget.RichTextSegment{&widget.TextSegment{Text: w.k.Heading(d.name), Style: name}}
	if d.address != "" {
		w.name.Segments = append(w.name.Segments, &widget.TextSegment{Text: "  " + w.k.Heading(d.address), Style: style})
	}
	w.name.Refresh()
	w.state.Set(d.shape, w.k.Heading(d.state))
	w.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (w *whereTo) CreateRenderer() fyne.WidgetRenderer {
	arrow := widget.NewIcon(theme.MenuDropDownIcon())
	return &whereToRenderer{w, []fyne.CanvasObject{w.back, container.New(widths{2, grows, 0, 0}, kit.NewGap(2), w.name, w.state.Content, arrow)}}
}

type whereToRenderer struct {
	w       *whereTo
	objects []fyne.CanvasObject
}

func (r *whereToRenderer) Destroy() {}

func (r *whereToRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *whereToRenderer) MinSize() fyne.Size {
	return r.objects[1].MinSize().Add(fyne.NewSize(0, 4))
}

func (r *whereToRenderer) Layout(size fyne.Size) {
	r.objects[0].Resize(size)
	height := r.objects[1].MinSize().Height
	r.objects[1].Move(fyne.NewPos(0, (size.Height-height)/2))
	r.objects[1].Resize(fyne.NewSize(size.Width-2, height))
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
func (w *whereTo) MouseIn(*desktop.MouseEvent) {
	w.hovered = true
	w.Refresh()
}

// MouseMoved implements desktop.Hoverable.
func (w *whereTo) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (w *whereTo) MouseOut() {
	w.hovered = false
	w.Refresh()
}
