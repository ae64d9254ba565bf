package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Empty is shown in place of a list that has nothing: it says what to do next, and has
// the one button that does it.
type Empty struct {
	Content *fyne.Container
	Label   *widget.Label
	Button  *Button
}

// emptyWidth is the width of the text, so that a sentence is read at a glance.
const emptyWidth = 420

// NewEmpty returns a hidden Empty whose button calls do; nil means that there is no button.
func NewEmpty(do func()) *Empty {
	e := &Empty{Label: widget.NewLabel("")}
	e.Label.Alignment = fyne.TextAlignCenter
	e.Label.Wrapping = fyne.TextWrapWord
	box := container.NewVBox(container.New(FixedWidth(emptyWidth), e.Label))
	if do != nil {
		e.Button = NewButton(nil, do)
		box.Add(container.NewCenter(container.New(minWidth(80), e.Button)))
	}
	e.Content = container.NewCenter(box)
	e.Content.Hide()
	return e
}

// Set sets the texts. It causes no redraw if nothing changes.
func (e *Empty) Set(text, button string) {
	if e.Label.Text != text {
		e.Label.SetText(text)
	}
	if e.Button != nil && e.Button.Text != button {
		e.Button.SetText(button)
	}
}
