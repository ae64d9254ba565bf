package palette

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// line shows a row: the name, and at the right the group and the keys. A click runs the
// item.
type line struct {
	widget.BaseWidget
	p     *Palette
	item  *Item // nil for a heading
	name  *widget.Label
	group *canvas.Text
	keys  *canvas.Text
}

func newLine(p *Palette) *line {
	l := &line{p: p, name: widget.NewLabel(""), group: &canvas.Text{}, keys: &canvas.Text{Alignment: fyne.TextAlignTrailing}}
	l.name.Truncation = fyne.TextTruncateEllipsis
	l.ExtendBaseWidget(l)
	return l
}

// set shows row i.
func (l *line) set(i int) {
	r := l.p.rows[i]
	l.item = r.item
	l.name.TextStyle.Bold = r.item == nil
	l.name.Importance = widget.MediumImportance
	l.name.Text, l.group.Text, l.keys.Text = l.p.k.Heading(r.heading), "", ""
	if i := r.item; i != nil {
		l.name.Text, l.keys.Text = l.p.k.Heading(i.Name), i.Keys
		if !l.p.byGroup {
			l.group.Text = i.Group
			if !i.canRun() {
				l.name.Importance = widget.LowImportance
			}
		}
	}
	l.Refresh()
}

// Tapped implements fyne.Tappable.
func (l *line) Tapped(*fyne.PointEvent) {
	if l.item != nil {
		l.p.run(l.item)
	} else {
		l.p.k.Win.Canvas().Focus(l.p.Field)
	}
}

// CreateRenderer implements fyne.Widget.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return &lineRenderer{l} }

type lineRenderer struct{ l *line }

func (r *lineRenderer) Destroy() {}

func (r *lineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.name, r.l.group, r.l.keys}
}

func (r *lineRenderer) MinSize() fyne.Size { return r.l.name.MinSize() }

// Widths of the columns at the right, in multiples of the text size, so that they are
// aligned, and the least width of a line that has them. A narrower one has room for the
// name and the keys alone.
const (
	groupColumn = 7
	keysColumn  = 11
	leastWide   = 36
)

func (r *lineRenderer) Layout(size fyne.Size) {
	text := r.l.Theme().Size(theme.SizeNameText)
	pad := 2 * r.l.Theme().Size(theme.SizeNameInnerPadding)
	right := size.Width - pad
	place := func(t *canvas.Text, width float32) {
		width = max(width, t.MinSize().Width)
		height := t.MinSize().Height
		t.Resize(fyne.NewSize(width, height))
		right -= width
		t.Move(fyne.NewPos(right, (size.Height-height)/2))
		right -= pad
	}
	narrow := size.Width < leastWide*text
	r.l.group.Hidden = narrow || r.l.p.byGroup
	switch {
	case r.l.item == nil:
	case narrow:
		place(r.l.keys, 0)
	default:
		place(r.l.keys, keysColumn*text)
		if !r.l.group.Hidden {
			place(r.l.group, groupColumn*text)
		}
	}
	left := float32(0)
	if r.l.item != nil && r.l.p.byGroup {
		left = pad // below its heading
	}
	r.l.name.Move(fyne.NewPos(left, 0))
	r.l.name.Resize(fyne.NewSize(right-left, size.Height))
}

func (r *lineRenderer) Refresh() {
	th, variant := r.l.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	for _, t := range []*canvas.Text{r.l.group, r.l.keys} {
		t.TextSize = th.Size(theme.SizeNameText)
		t.Color = th.Color(theme.ColorNamePlaceHolder, variant)
		t.Refresh()
	}
	r.l.name.Refresh()
	r.Layout(r.l.Size())
}
