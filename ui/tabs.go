package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// tabBar is a row of buttons of which one is chosen, with what each of them
// shows.
type tabBar struct {
	content *fyne.Container // the buttons
	pages   *fyne.Container // what the chosen one shows
	buttons []*button
	chosen  int
	changed func()
}

// newTabBar makes a bar of pages, of which the first is chosen.
func newTabBar(changed func(), pages ...fyne.CanvasObject) *tabBar {
	t := &tabBar{content: container.NewHBox(), pages: container.NewStack(pages...), changed: changed}
	for i, page := range pages {
		b := newButton(nil, func() { t.choose(i) })
		t.buttons = append(t.buttons, b)
		t.content.Add(b)
		setVisible(page, i == 0)
	}
	t.paint()
	return t
}

// choose shows a page.
func (t *tabBar) choose(i int) {
	if i == t.chosen {
		return
	}
	t.pages.Objects[t.chosen].Hide()
	t.chosen = i
	t.pages.Objects[i].Show()
	t.paint()
	if t.changed != nil {
		t.changed()
	}
}

// paint fills the chosen button, and shows those with a warning in red.
func (t *tabBar) paint() {
	for i, b := range t.buttons {
		importance := widget.LowImportance
		switch {
		case b.Importance == widget.DangerImportance:
			continue
		case i == t.chosen:
			importance = widget.MediumImportance
		}
		if b.Importance != importance {
			b.Importance = importance
			b.Refresh()
		}
	}
}

// warn sets the text of a tab, in red while something is to be noticed.
func (t *tabBar) warn(i int, text string, warning bool) {
	b := t.buttons[i]
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
