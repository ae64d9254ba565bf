package tabs

import (
	"fyne.io/fyne/v2"

	"sseconsole/ui/kit"
)

// tabGap is the space between two tabs, in Fyne's units.
const tabGap = 2

// rowLayout places the tabs of the subscriptions one after the other. One that is being
// dragged is where the mouse has it.
type rowLayout struct{ b *Bar }

// MinSize implements fyne.Layout.
func (l *rowLayout) MinSize([]fyne.CanvasObject) (size fyne.Size) {
	for _, t := range l.b.List {
		size = fyne.NewSize(size.Width+t.MinSize().Width+tabGap, max(size.Height, t.MinSize().Height))
	}
	return size
}

// Layout implements fyne.Layout.
func (l *rowLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for _, t := range l.b.List {
		t.Resize(fyne.NewSize(t.MinSize().Width, size.Height))
		if at := fyne.NewPos(x, 0); t.dragged {
			t.Move(fyne.NewPos(t.at, 0))
		} else if t.Position() != at {
			t.Move(at)
		}
		x += t.MinSize().Width + tabGap
	}
}

// left returns where t begins. It adds up widths, because a new tab has no position before
// the next frame.
func (l *rowLayout) left(of *Tab) (x float32) {
	for _, t := range l.b.List {
		if t == of {
			break
		}
		x += t.MinSize().Width + tabGap
	}
	return x
}

// stripLayout places everything, the tab for all and the tabs of the subscriptions, the
// buttons after them, and the badge at the right end. If there is no room for all tabs,
// those of the subscriptions scroll, and the button for the menu of all tabs appears.
type stripLayout struct{ b *Bar }

// leastScroll is the least width for the tabs of the subscriptions, in Fyne's units.
const leastScroll = 120

// MinSize implements fyne.Layout.
func (l *stripLayout) MinSize([]fyne.CanvasObject) (size fyne.Size) {
	b := l.b
	for _, o := range []fyne.CanvasObject{b.All, b.New, b.Menu, b.Badge} {
		size = fyne.NewSize(size.Width+o.MinSize().Width+tabGap, max(size.Height, o.MinSize().Height))
	}
	size.Width += leastScroll
	return size
}

// Layout implements fyne.Layout.
func (l *stripLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	b, x := l.b, float32(0)
	place := func(o fyne.CanvasObject, width float32) {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		x += width + tabGap
	}
	button := func(o fyne.CanvasObject) {
		if o.Visible() {
			place(o, o.MinSize().Width)
		}
	}
	end := size.Width
	if b.Badge.Visible() {
		width := b.Badge.MinSize().Width
		end -= width + tabGap
		b.Badge.Move(fyne.NewPos(end+tabGap, 0))
		b.Badge.Resize(fyne.NewSize(width, size.Height))
	}
	button(b.All)
	tabs := b.row.MinSize().Width
	room := end - x - b.New.MinSize().Width - tabGap
	kit.SetVisible(b.Menu, tabs > room)
	if b.Menu.Visible() {
		room -= b.Menu.MinSize().Width + tabGap
	}
	place(b.Scroll, max(0, min(tabs, room)))
	button(b.New)
	button(b.Menu)
	if b.Hint.Visible() {
		place(b.Hint, max(0, end-x))
	}
	b.keepInView()
}
