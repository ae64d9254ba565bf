package tabs

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// mark is a small button in a tab, for the mouse only: the row has keys for the same.
type mark struct {
	widget.BaseWidget
	k      *kit.Kit
	tip    string // the key of its tip
	icon   fyne.Resource
	back   *canvas.Rectangle
	tapped func()
}

func newMark(k *kit.Kit, icon fyne.Resource, tip string, tapped func()) *mark {
	m := &mark{k: k, icon: icon, tip: tip, back: canvas.NewRectangle(color.Transparent), tapped: tapped}
	m.back.CornerRadius = 4
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *mark) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(m.back, container.NewPadded(widget.NewIcon(m.icon))))
}

// Tapped implements fyne.Tappable.
func (m *mark) Tapped(*fyne.PointEvent) {
	m.k.Tip.Leave(m)
	m.tapped()
}

// MouseIn implements desktop.Hoverable.
func (m *mark) MouseIn(e *desktop.MouseEvent) {
	m.fill(theme.ColorNamePressed)
	m.MouseMoved(e)
}

// MouseMoved implements desktop.Hoverable.
func (m *mark) MouseMoved(e *desktop.MouseEvent) {
	m.k.Tip.Rest(m, e.AbsolutePosition, func() string { return m.k.T(m.tip) })
}

// MouseOut implements desktop.Hoverable.
func (m *mark) MouseOut() {
	m.fill("")
	m.k.Tip.Leave(m)
}

func (m *mark) fill(name fyne.ThemeColorName) {
	m.back.FillColor = color.Transparent
	if name != "" {
		m.back.FillColor = m.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
	}
	m.back.Refresh()
}
