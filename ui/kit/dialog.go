package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets"
)

// Dialog asks or tells something over the window. All dialogs have the same margins on
// all sides, and their buttons at the lower right, the one that agrees last. Escape closes
// a dialog. Create it with NewDialog.
type Dialog struct {
	k       *Kit
	popup   *widget.PopUp
	width   float32
	buttons *fyne.Container
	last    *Button
	agree   *Button
}

// DialogMargin is the space around the content of a dialog, and between its parts.
const DialogMargin = 16

// NewDialog returns a dialog that is not shown yet. Its width is limited by that of the
// window.
func (k *Kit) NewDialog(title string, content fyne.CanvasObject, width float32) *Dialog {
	heading := NewHeading()
	heading.SetText(title)
	heading.Truncation = fyne.TextTruncateEllipsis
	d := &Dialog{k: k, width: min(width, k.DialogSize().Width), buttons: container.New(layout.NewCustomPaddedHBoxLayout(DialogMargin/2), layout.NewSpacer())}
	d.popup = widget.NewModalPopUp(container.NewStack(DialogMargins(
		Border(Flush(heading), d.buttons, nil, nil,
			container.New(layout.NewCustomPaddedLayout(DialogMargin/2, DialogMargin, 0, 0), content))), widgets.NewTip(k.Fonts)), k.Win.Canvas())
	return d
}

// NewHeading returns a label for the title of a dialog.
func NewHeading() *widget.Label {
	heading := widget.NewLabelWithStyle("", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	heading.SizeName = theme.SizeNameSubHeadingText
	return heading
}

// DialogMargins returns content with the margins of a dialog.
func DialogMargins(content fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(DialogMargin, DialogMargin, DialogMargin, DialogMargin), content)
}

// Flush returns a label or the like without the space that it keeps at its left and right,
// so that its text is in line with fields and buttons.
func Flush(o fyne.CanvasObject) fyne.CanvasObject {
	inner := -theme.InnerPadding()
	return container.New(layout.NewCustomPaddedLayout(0, 0, inner, inner), o)
}

// Button adds a button, whose tapped decides whether the dialog is hidden.
func (d *Dialog) Button(label string, tapped func()) *Button {
	b := NewButton(nil, tapped)
	b.SetText(label)
	d.buttons.Add(container.New(minWidth(80), b))
	d.last = b
	return b
}

// Cancel adds the button that hides the dialog.
func (d *Dialog) Cancel() *Button { return d.Button(d.k.T("fyne.Cancel"), d.Hide) }

// Agree adds the emphasised button. It should be added last.
func (d *Dialog) Agree(label string, agreed func()) *Button {
	d.agree = d.Button(label, agreed)
	d.agree.Importance = widget.HighImportance
	return d.agree
}

// Submit presses the button that agrees, unless it is disabled.
func (d *Dialog) Submit() {
	if !d.agree.Disabled() {
		d.agree.OnTapped()
	}
}

// Show shows the dialog and focuses a control of it; nil means the last button, so that
// Return presses it.
func (d *Dialog) Show(first fyne.Focusable) { d.ShowOfHeight(0, first) }

// ShowOfHeight is like Show, with a height, at least what the content needs and limited by
// that of the window.
func (d *Dialog) ShowOfHeight(height float32, first fyne.Focusable) {
	d.popup.Resize(fyne.NewSize(d.width, 0)) // wrapped texts find their height
	d.popup.Show()
	d.popup.Resize(fyne.NewSize(d.width, min(max(height, d.popup.MinSize().Height), max(d.k.DialogSize().Height, d.popup.MinSize().Height))))
	if first == nil {
		first = d.last
	}
	d.k.Win.Canvas().Focus(first)
}

// Hide hides the dialog.
func (d *Dialog) Hide() { d.popup.Hide() }

// minWidth is a layout that gives its one object at least that width.
type minWidth float32

// MinSize implements fyne.Layout.
func (m minWidth) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	return fyne.NewSize(max(float32(m), size.Width), size.Height)
}

// Layout implements fyne.Layout.
func (m minWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) { objects[0].Resize(size) }
