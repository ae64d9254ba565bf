package tabs

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// strip is the row as one control: it has the focus for all tabs, and the arrow keys
// choose among them. So Tab passes it in one step, however many tabs there are.
type strip struct {
	widget.BaseWidget
	b       *Bar
	content *fyne.Container
	focused bool
}

func newStrip(b *Bar) *strip {
	s := &strip{b: b}
	s.content = container.New(&stripLayout{b}, b.All, b.Scroll, b.New, b.Menu, b.Hint, b.Badge)
	s.ExtendBaseWidget(s)
	return s
}

// arrange lays the row out after the width of a part has changed.
func (s *strip) arrange() {
	s.b.row.Layout.Layout(nil, s.b.row.Size())
	s.content.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (s *strip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.content) }

// FocusGained implements fyne.Focusable.
func (s *strip) FocusGained() { s.focus(true) }

// FocusLost implements fyne.Focusable.
func (s *strip) FocusLost() { s.focus(false) }

func (s *strip) focus(focused bool) {
	s.focused = focused
	s.b.chosen.Refresh() // its border
}

// TypedRune implements fyne.Focusable.
func (s *strip) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (s *strip) TypedKey(k *fyne.KeyEvent) {
	b := s.b
	switch k.Name {
	case fyne.KeyLeft:
		b.Step(-1)
	case fyne.KeyRight:
		b.Step(1)
	case fyne.KeyHome:
		b.Choose(b.All)
	case fyne.KeyEnd:
		b.Choose(b.all()[len(b.List)])
	case fyne.KeyDelete:
		b.Close(b.chosen)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.Subscribe(b.chosen)
	default:
		b.k.TypedKey(k.Name)
	}
}
