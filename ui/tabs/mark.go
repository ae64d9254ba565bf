package tabs

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// mark is a small button in a tab, for the mouse only: the row has keys for the same.
type mark struct {
	widget.BaseWidget
	icon   fyne.Resource
	back   *canvas.Rectangle
	tapped func()
}

func newMark(icon fyne.Resource, tapped func()) *mark {
	m := &mark{icon: icon, back: canvas.NewRectangle(color.Transparent), tapped: tapped}
	m.back.CornerRadius = 4
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *mark) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(m.back, container.NewPadded(widget.NewIcon(m.icon))))
}

// Tapped implements fyne.Tappable.
func (m *mark) Tapped(*fyne.PointEvent) { m.tapped() }

// MouseIn implements desktop.Hoverable.
func (m *mark) MouseIn(*desktop.MouseEvent) { m.fill(theme.ColorNameHover) }

// MouseMoved implements desktop.Hoverable.
func (m *mark) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (m *mark) MouseOut() { m.fill("") }

func (m *mark) fill(name fyne.ThemeColorName) {
	m.back.FillColor = color.Transparent
	if name != "" {
		m.back.FillColor = m.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
	}
	m.back.Refresh()
}
