package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets"
)

// TabBar is a row of buttons, one of which is chosen, and the page of each.
type TabBar struct {
	Content *fyne.Container // the buttons
	Pages   *fyne.Container // the pages, only the chosen one visible
	Buttons []*Button
	Chosen  int
	changed func()
}

// NewTabBar returns a bar with a button for each page, the first one chosen. changed
// is called when the user chooses another; it may be nil.
func NewTabBar(changed func(), pages ...fyne.CanvasObject) *TabBar {
	t := &TabBar{Content: container.NewHBox(), Pages: container.NewStack(pages...), changed: changed}
	for i, page := range pages {
		b := NewButton(nil, func() { t.Choose(i) })
		b.line = canvas.NewRectangle(color.Transparent)
		t.Buttons = append(t.Buttons, b)
		t.Content.Add(b)
		SetVisible(page, i == 0)
	}
	t.paint()
	return t
}

// Choose shows a page.
func (t *TabBar) Choose(i int) {
	if i == t.Chosen {
		return
	}
	t.Pages.Objects[t.Chosen].Hide()
	t.Chosen = i
	t.Pages.Objects[i].Show()
	t.paint()
	if t.changed != nil {
		t.changed()
	}
}

// paint fills the chosen button and underlines it, and leaves those with a warning red.
func (t *TabBar) paint() {
	for i, b := range t.Buttons {
		SetVisible(b.line, i == t.Chosen)
		importance := widget.LowImportance
		switch {
		case b.Importance == widget.DangerImportance:
			continue
		case i == t.Chosen:
			importance = widget.MediumImportance
		}
		if b.Importance != importance {
			b.Importance = importance
			b.Refresh()
		}
	}
}

// Warn sets the text of a tab, and shows it in red if warning is set.
func (t *TabBar) Warn(i int, text string, warning bool) {
	b := t.Buttons[i]
	if (b.Importance == widget.DangerImportance) != warning {
		b.Importance = widget.LowImportance
		if warning {
			b.Importance = widget.DangerImportance
		}
		t.paint()
		b.Refresh()
	}
	if b.Text != text {
		b.SetText(text)
	}
}

// underlined draws a button's line.
type underlined struct {
	*ringed
	b *Button
}

func (r *underlined) Objects() []fyne.CanvasObject { return append(r.ringed.Objects(), r.b.line) }

func (r *underlined) Layout(size fyne.Size) {
	r.ringed.Layout(size)
	height := 2 * widgets.Zoom(r.b.Theme())
	r.b.line.Move(fyne.NewPos(0, size.Height-height))
	r.b.line.Resize(fyne.NewSize(size.Width, height))
}

func (r *underlined) Refresh() {
	r.b.line.FillColor = r.b.Theme().Color(theme.ColorNamePrimary, fyne.CurrentApp().Settings().ThemeVariant())
	r.b.line.Refresh()
	r.ringed.Refresh()
}
