package widgets

import (
	"image"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets/text"
)

// defaultTextSize goes with Fyne's own text of size 14: fixed-width letters look
// larger.
const defaultTextSize = 13

// pane is the common part of LogView and TextView: a focusable raster that shows
// rows of equal height and scrolls by row number.
type pane struct {
	widget.BaseWidget

	// Tip shows what is cut while the mouse rests on it. It may be nil.
	Tip *Tip
	// OnKey is called first for a typed key and reports whether it handled it.
	OnKey func(key fyne.KeyName) bool
	// OnDraw is called while a frame is drawn in which the pane has changed. It must not
	// change anything that is shown.
	OnDraw func()

	fonts  *text.Fonts
	view   view
	raster *canvas.Raster
	buffer *image.RGBA // the last image, reused for the next

	textSize      float32
	scale         float32 // pixels per unit of Fyne
	width, height int     // in pixels
	font          *text.Font

	scroll  scroll
	wheel   float32 // wheel movement short of a row
	focused bool
	shift   bool // a Shift key is down
	hold    hold
	grip    int  // offset from the top of the thumb to the mouse that drags it
	clicked bool // MouseDown has handled the click that Tapped will report
	clicks  Clicks
	outside outside
	hint    string
}

// hold is what the mouse drags while its button is down.
type hold uint8

const (
	holdNothing hold = iota
	holdThumb
	holdContent
)

// view is what differs between the widgets built on a pane. Positions are in
// pixels.
type view interface {
	fyne.Widget
	fyne.Focusable
	top() int                                                   // where the rows begin
	count() int64                                               // the number of rows at the current size
	paint(*surface)                                             // draws everything but background, scroll bar and focus
	blank() bool                                                // reports whether paint draws nothing
	press(at image.Point, modifier fyne.KeyModifier, click int) // the button went down on the content; click counts the series
	drag(at image.Point) (outside bool)                         // the mouse moved; reports whether it scrolls on while held there
	released()                                                  // the button went up
	typed(key fyne.KeyName) bool                                // reports whether it handled the key
	scrolled()                                                  // the rows in view may have changed
}

func (p *pane) extend(v view, fonts *text.Fonts) {
	p.fonts, p.view, p.textSize, p.scale = fonts, v, defaultTextSize, 1
	p.font = fonts.Sized(defaultTextSize)
	p.raster = canvas.NewRaster(p.generate)
	p.raster.ScaleMode = canvas.ImageScalePixels
	p.ExtendBaseWidget(v)
}

// SetTextSize sets the size of the text in Fyne's units, limited to 6 to 60. The
// default is 13. The theme's zoom multiplies it; see [SizeNameZoom].
func (p *pane) SetTextSize(size float32) {
	p.textSize = min(max(size, 6), 60)
	p.relayout()
}

// TextSize returns the size of the text.
func (p *pane) TextSize() float32 { return p.textSize }

// SetHint sets the text that is centred in the view while it has no rows. It may
// have several lines.
func (p *pane) SetHint(text string) {
	p.hint = text
	p.redraw()
}

// relayout updates the pane after a change and redraws it.
func (p *pane) relayout() {
	p.fit()
	p.view.scrolled()
	p.redraw()
}

// redraw draws the pane with the next frame. A pane without content has the colour of the
// window, so it is left out, which spares a picture of its size in every frame.
func (p *pane) redraw() {
	switch blank := p.view.blank() && p.hint == "" && !p.focused; {
	case !p.Visible():
	case blank:
		p.raster.Hide()
	default:
		p.raster.Show()
		p.raster.Refresh()
	}
}

// fit measures the pane in pixels and counts its rows. It calls no callbacks, since
// it also runs while drawing.
func (p *pane) fit() {
	size := p.raster.Size()
	p.width = int(math.Round(float64(size.Width * p.scale)))
	p.height = int(math.Round(float64(size.Height * p.scale)))
	p.font = p.fonts.Sized(int(math.Round(float64(p.textSize * Zoom(p.Theme()) * p.scale))))
	p.scroll.resize(p.view.count(), int64((p.height-p.view.top())/p.font.Line))
}

// content returns the area of the rows.
func (p *pane) content() image.Rectangle {
	return image.Rect(0, p.view.top(), p.width-p.units(barWidth), p.height)
}

// units converts Fyne's units to pixels, at least one.
func (p *pane) units(n float32) int { return max(1, int(math.Round(float64(n*p.scale)))) }

func (p *pane) pixels(pos fyne.Position) image.Point {
	return image.Pt(int(pos.X*p.scale), int(pos.Y*p.scale))
}

// generate draws the pane. It runs on the UI thread.
func (p *pane) generate(w, h int) image.Image {
	if w <= 0 || h <= 0 {
		return image.NewRGBA(image.Rectangle{})
	}
	if p.OnDraw != nil {
		p.OnDraw()
	}
	if scale := float32(w) / p.raster.Size().Width; math.Abs(float64(scale-p.scale)) > 0.01 {
		p.scale = scale // first drawing, or the window moved to another screen
		p.fit()
	}
	if p.buffer == nil || p.buffer.Rect.Dx() != w || p.buffer.Rect.Dy() != h {
		p.buffer = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	s := &surface{text.Surface{Image: p.buffer, Fonts: p.fonts, Font: p.font}, newPalette(p.Theme(), fyne.CurrentApp().Settings().ThemeVariant())}
	s.Fill(s.Image.Rect, s.colors.back)
	if p.scroll.rows == 0 {
		p.paintHint(s)
	}
	p.view.paint(s)
	if thumb := p.thumb(); !thumb.Empty() {
		s.Pill(thumb.Inset(p.units(2)), s.colors.thumb)
	}
	if p.focused {
		s.Frame(s.Image.Rect, p.units(2), s.colors.ring)
	}
	return p.buffer
}

func (p *pane) paintHint(s *surface) {
	area := p.content()
	cells := area.Dx()/p.font.Cell - 4
	rows := text.Wrap(p.hint, max(cells, 1))
	y := area.Min.Y + max(0, (area.Dy()-len(rows)*p.font.Line)/2)
	for i := range rows {
		line := text.RowText(p.hint, rows, i)
		x := (area.Dx() - text.Cells(line)*p.font.Cell) / 2
		s.text(x, y+i*p.font.Line, line, max(cells, 1), s.colors.ink[Muted], s.colors.escape)
	}
}

// paneRenderer passes the size on to the pane; the raster does the rest.
type paneRenderer struct{ p *pane }

// CreateRenderer implements [fyne.Widget].
func (p *pane) CreateRenderer() fyne.WidgetRenderer { return paneRenderer{p} }

func (r paneRenderer) Layout(size fyne.Size) {
	if c := r.p.canvas(); c != nil {
		r.p.scale = c.Scale()
	}
	r.p.raster.Resize(size)
	r.p.fit()
	r.p.view.scrolled()
}

func (r paneRenderer) MinSize() fyne.Size {
	size := r.p.textSize * Zoom(r.p.Theme())
	return fyne.NewSize(size*8, size*5)
}
func (r paneRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.raster} }
func (r paneRenderer) Refresh()                     { r.p.fit(); r.p.redraw() }
func (r paneRenderer) Destroy()                     {}

func (p *pane) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.view)
}

var (
	_ desktop.Mouseable = (*pane)(nil)
	_ fyne.Draggable    = (*pane)(nil)
	_ fyne.Scrollable   = (*pane)(nil)
	_ fyne.Tappable     = (*pane)(nil)
)
