package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// TabBar is a row of buttons of which one is chosen, with what each of them
// shows.
type TabBar struct {
	Content *fyne.Container // the buttons
	Pages   *fyne.Container // what the chosen one shows
	Buttons []*Button
	Chosen  int
	changed func()
}

// NewTabBar makes a bar of pages, of which the first is chosen.
func NewTabBar(changed func(), pages ...fyne.CanvasObject) *TabBar {
	t := &TabBar{Content: container.NewHBox(), Pages: container.NewStack(pages...), changed: changed}
	for i, page := range pages {
		b := NewButton(nil, func() { t.Choose(i) })
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

// paint fills the chosen button, and shows those with a warning in red.
func (t *TabBar) paint() {
	for i, b := range t.Buttons {
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

// Warn sets the text of a tab, in red while something is to be noticed.
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
