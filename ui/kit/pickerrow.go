package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// pickerList is the list of a Picker. It has the focus if there is no field.
type pickerList struct {
	widget.BaseWidget
	p    *Picker
	rows *fyne.Container
}

func newPickerList(p *Picker) *pickerList {
	l := &pickerList{p: p, rows: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *pickerList) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.rows) }

// show scrolls as little as needed to show a row.
func (l *pickerList) show(row *PickerRow) {
	top := float32(0)
	for _, r := range l.p.Rows {
		if r == row {
			break
		}
		top += r.MinSize().Height
	}
	bottom := top + row.MinSize().Height
	offset := l.p.scroll.Offset
	offset.Y = max(min(offset.Y, top), bottom-l.p.scroll.Size().Height, 0)
	if offset != l.p.scroll.Offset {
		l.p.scroll.ScrollToOffset(offset)
	}
}

// FocusGained implements fyne.Focusable.
func (l *pickerList) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *pickerList) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (l *pickerList) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (l *pickerList) TypedKey(k *fyne.KeyEvent) {
	name := k.Name
	if name == fyne.KeySpace {
		name = fyne.KeyReturn
	}
	if !l.p.key(name) {
		l.p.k.TypedKey(name)
	}
}

// PickerRow shows a Choice.
type PickerRow struct {
	widget.BaseWidget
	Choice  Choice
	p       *Picker
	i       int
	lit     bool
	back    *canvas.Rectangle
	sign    *sign
	title   *widget.RichText
	note    *widget.RichText
	hint    *widget.RichText
	Buttons []*Button
}

func newPickerRow(p *Picker, i int, c Choice) *PickerRow {
	r := &PickerRow{p: p, i: i, Choice: c, back: canvas.NewRectangle(color.Transparent), sign: newSign()}
	note, colour, size := c.Note, theme.ColorNameForeground, theme.SizeNameText
	switch {
	case c.Why != "":
		note, colour = c.Why, theme.ColorNamePlaceHolder
	case c.Run == nil:
		colour, size = theme.ColorNamePlaceHolder, theme.SizeNameCaptionText
	}
	r.title = r.text(c.Title, colour, size, c.Chosen, fyne.TextTruncateEllipsis)
	r.note = r.text(note, theme.ColorNamePlaceHolder, theme.SizeNameCaptionText, false, fyne.TextTruncateEllipsis)
	r.hint = r.text(c.Hint, theme.ColorNamePlaceHolder, theme.SizeNameCaptionText, false, fyne.TextTruncateOff)
	r.sign.set(c.Shape)
	for _, side := range c.Side {
		b := NewButton(nil, func() {
			side.Run()
			p.Refresh()
			p.focus() // its row may be another one now
		})
		b.SetText(side.Text)
		SetEnabled(b, side.Enabled)
		r.Buttons = append(r.Buttons, b)
	}
	r.back.CornerRadius = 4
	r.ExtendBaseWidget(r)
	return r
}

// text returns a line of the row.
func (r *PickerRow) text(s string, colour fyne.ThemeColorName, size fyne.ThemeSizeName, bold bool, cut fyne.TextTruncation) *widget.RichText {
	t := widget.NewRichText(&widget.TextSegment{
		Text:  r.p.k.Heading(s),
		Style: widget.RichTextStyle{Inline: true, ColorName: colour, SizeName: size, TextStyle: fyne.TextStyle{Bold: bold}},
	})
	t.Truncation = cut
	return t
}

// pickable reports whether the choice can be picked.
func (r *PickerRow) pickable() bool { return r.Choice.Run != nil && r.Choice.Why == "" }

// paint highlights the row or not.
func (r *PickerRow) paint(lit bool) {
	if r.lit == lit {
		return
	}
	r.lit = lit
	r.back.FillColor = color.Transparent
	if lit {
		r.back.FillColor = r.Theme().Color(theme.ColorNameSelection, r.p.k.App.Settings().ThemeVariant())
	}
	r.back.Refresh()
}

// Text returns the texts of the row.
func (r *PickerRow) Text() (title, note, hint string) {
	return r.title.String(), r.note.String(), r.hint.String()
}

// CreateRenderer implements fyne.Widget.
func (r *PickerRow) CreateRenderer() fyne.WidgetRenderer {
	text := container.New(layout.NewCustomPaddedVBoxLayout(-theme.InnerPadding()), r.title)
	if r.note.String() != "" {
		text.Add(r.note)
	}
	right := container.NewHBox(container.NewCenter(r.hint))
	for _, b := range r.Buttons {
		right.Add(container.NewCenter(b))
	}
	left := container.NewHBox(NewGap(2), container.NewCenter(r.sign))
	if r.Choice.Run == nil && r.Choice.Why == "" {
		left = container.NewHBox()
	}
	return widget.NewSimpleRenderer(container.NewStack(r.back, Border(nil, nil, left, right, text)))
}

// Tapped implements fyne.Tappable.
func (r *PickerRow) Tapped(*fyne.PointEvent) {
	if r.pickable() {
		r.p.highlight(r.i)
		r.p.pick()
	}
}

// MouseIn implements desktop.Hoverable.
func (r *PickerRow) MouseIn(*desktop.MouseEvent) {
	if r.pickable() {
		r.p.highlight(r.i)
	}
}

// MouseMoved implements desktop.Hoverable.
func (r *PickerRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *PickerRow) MouseOut() {}
