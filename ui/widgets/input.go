package widgets

import (
	"image"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	barWidth   = 12 // width of the scroll bar, in Fyne's units
	thumbLeast = 24 // shortest thumb that is easy to grab
)

// thumb returns the bounds of the scroll bar's thumb, empty if all rows are in view.
func (p *pane) thumb() image.Rectangle {
	area := p.content()
	at, length := p.scroll.thumb(area.Dy(), p.units(thumbLeast))
	if length == 0 {
		return image.Rectangle{}
	}
	return image.Rect(area.Max.X, area.Min.Y+at, p.width, area.Min.Y+at+length)
}

// scrollTo makes top the first visible row.
func (p *pane) scrollTo(top int64) {
	before := p.scroll
	p.scroll.to(top)
	p.afterScroll(before)
}

func (p *pane) afterScroll(before scroll) {
	if p.scroll != before {
		p.Tip.Leave(p.view)
		p.view.scrolled()
		p.redraw()
	}
}

// Scrolled implements [fyne.Scrollable]: the wheel moves by rows.
func (p *pane) Scrolled(e *fyne.ScrollEvent) {
	const notch = 8.0 // Fyne's units per row: three rows per notch of a common wheel
	if p.wheel*e.Scrolled.DY < 0 {
		p.wheel = 0 // the direction changed
	}
	p.wheel += e.Scrolled.DY
	rows := int64(p.wheel / notch)
	p.wheel -= float32(rows) * notch
	p.scrollTo(p.scroll.top - rows)
}

// MouseDown implements [desktop.Mouseable].
func (p *pane) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	p.clicked = true
	p.press(p.pixels(e.Position), e.Modifier, p.clicks.Add(e.Position))
}

// MouseUp implements [desktop.Mouseable].
func (p *pane) MouseUp(*desktop.MouseEvent) { p.release() }

// Tapped implements [fyne.Tappable], for touch and tests: MouseDown has handled a
// mouse already.
func (p *pane) Tapped(e *fyne.PointEvent) {
	if p.clicked {
		p.clicked = false
		return
	}
	p.press(p.pixels(e.Position), 0, 1)
	p.release()
}

func (p *pane) press(at image.Point, modifier fyne.KeyModifier, click int) {
	p.Tip.Leave(p.view)
	if c := p.canvas(); c != nil {
		c.Focus(p.view)
	}
	thumb := p.thumb()
	switch {
	case at.X < p.content().Max.X || thumb.Empty():
		p.hold = holdContent
		p.view.press(at, modifier, click)
	case at.Y < thumb.Min.Y:
		p.scrollTo(p.scroll.top - p.scroll.page)
	case at.Y >= thumb.Max.Y:
		p.scrollTo(p.scroll.top + p.scroll.page)
	default:
		p.hold, p.grip = holdThumb, at.Y-thumb.Min.Y
	}
}

// Dragged implements [fyne.Draggable].
func (p *pane) Dragged(e *fyne.DragEvent) {
	at := p.pixels(e.Position)
	switch p.hold {
	case holdThumb:
		area, before := p.content(), p.scroll
		p.scroll.dragged(at.Y-p.grip-area.Min.Y, area.Dy(), p.units(thumbLeast))
		p.afterScroll(before)
	case holdContent:
		if p.view.drag(at) {
			p.outside.start(func() { p.view.drag(at) })
		} else {
			p.outside.stop()
		}
	}
}

// DragEnd implements [fyne.Draggable].
func (p *pane) DragEnd() {
	p.clicked = false
	if c := p.canvas(); c != nil && p.hold != holdNothing {
		c.Focus(p.view) // Fyne unfocuses it if the button is released over another widget
	}
	p.release()
}

func (p *pane) release() {
	p.hold = holdNothing
	p.outside.stop()
	p.view.released()
}

// outside repeats a drag while the mouse is held still outside the rows: Fyne only
// reports movements.
type outside struct {
	again   func()
	frames  int
	running *fyne.Animation
}

// outsideFrames is the number of frames per row, at about 60 frames a second.
const outsideFrames = 2

func (o *outside) start(again func()) {
	o.again = again
	if o.running != nil {
		return
	}
	o.frames = 0
	o.running = &fyne.Animation{Duration: time.Second, RepeatCount: fyne.AnimationRepeatForever, Tick: func(float32) { o.frame() }}
	o.running.Start()
}

func (o *outside) frame() {
	if o.frames++; o.frames%outsideFrames == 0 {
		o.again()
	}
}

func (o *outside) stop() {
	if o.running != nil {
		o.running.Stop()
		o.running = nil
	}
}

// FocusGained implements [fyne.Focusable].
func (p *pane) FocusGained() {
	p.focused = true
	p.redraw()
}

// FocusLost implements [fyne.Focusable].
func (p *pane) FocusLost() {
	p.focused, p.shift = false, false
	p.redraw()
}

// KeyDown implements [desktop.Keyable]: TypedKey does not report Shift.
func (p *pane) KeyDown(e *fyne.KeyEvent) { p.shiftIs(e.Name, true) }

// KeyUp implements [desktop.Keyable].
func (p *pane) KeyUp(e *fyne.KeyEvent) { p.shiftIs(e.Name, false) }

func (p *pane) shiftIs(key fyne.KeyName, down bool) {
	if key == desktop.KeyShiftLeft || key == desktop.KeyShiftRight {
		p.shift = down
	}
}

// TypedRune implements [fyne.Focusable].
func (p *pane) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable].
func (p *pane) TypedKey(e *fyne.KeyEvent) {
	p.Tip.Leave(p.view)
	if p.OnKey != nil && p.OnKey(e.Name) || p.view.typed(e.Name) {
		return
	}
	switch e.Name {
	case fyne.KeyUp:
		p.scrollTo(p.scroll.top - 1)
	case fyne.KeyDown:
		p.scrollTo(p.scroll.top + 1)
	case fyne.KeyPageUp:
		p.scrollTo(p.scroll.top - p.scroll.page)
	case fyne.KeyPageDown:
		p.scrollTo(p.scroll.top + p.scroll.page)
	case fyne.KeyHome:
		p.scrollTo(0)
	case fyne.KeyEnd:
		p.scrollTo(p.scroll.last())
	}
}

// passOn passes a shortcut that the focused widget does not use to the window,
// which gets none while a widget that accepts shortcuts has the focus.
func passOn(window fyne.Canvas, shortcut fyne.Shortcut) {
	if window, ok := window.(fyne.Shortcutable); ok {
		window.TypedShortcut(shortcut)
	}
}

const (
	clickDelay = 400 * time.Millisecond // longest time between two clicks of one series
	clickReach = 4                      // longest distance between them, in Fyne's units
)

// Clicks counts consecutive clicks at one place. It replaces
// [fyne.DoubleTappable], which can swallow a click on another widget: if Fyne
// stops waiting for the second click while a button is held down elsewhere, it
// forgets that button. Clicks can be removed once Fyne reports every click
// (https://github.com/fyne-io/fyne/issues/3901).
type Clicks struct {
	n    int
	at   fyne.Position
	when time.Time
}

// Add records a press of the button and returns its number in the series, from 1.
func (c *Clicks) Add(at fyne.Position) int {
	now, away := time.Now(), at.Subtract(c.at)
	if now.Sub(c.when) > clickDelay || max(away.X, -away.X, away.Y, -away.Y) > clickReach {
		c.n = 0
	}
	c.n, c.at, c.when = c.n+1, at, now
	return c.n
}
