package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit"
)

// line is a label of one line, whose whole text is shown beside the mouse.
type line struct {
	widget.Label
	k     *kit.Kit
	whole string
}

func newLine(k *kit.Kit) *line {
	l := &line{k: k}
	l.Truncation = fyne.TextTruncateEllipsis
	l.ExtendBaseWidget(l)
	return l
}

// show shows a text. It causes no redraw if nothing changes.
func (l *line) show(text string, importance widget.Importance) {
	if text != l.whole || importance != l.Importance {
		l.whole, l.Importance = text, importance
		l.SetText(l.k.Heading(text))
	}
}

// MouseIn implements desktop.Hoverable.
func (l *line) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (l *line) MouseMoved(e *desktop.MouseEvent) {
	l.k.Tip.Rest(l, e.AbsolutePosition, func() string {
		if fyne.MeasureText(l.Text, theme.TextSize(), l.TextStyle).Width < l.Size().Width && l.Text == l.whole {
			return ""
		}
		return l.whole
	})
}

// MouseOut implements desktop.Hoverable.
func (l *line) MouseOut() { l.k.Tip.Leave(l) }
