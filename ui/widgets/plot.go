package widgets

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets/text"
)

// PlotMarks is the set of marks of one value of a [Plot]. Marks differ by shape and
// position.
type PlotMarks uint8

// The marks.
const (
	PlotTriangle PlotMarks = 1 << iota // at the top, with a dashed line below it
	PlotDiamond                        // at the bottom
)

// Plot shows a series of counts as bars with marks, the last at the right, scaled
// to the largest, below a caption. Create it with [NewPlot].
type Plot struct {
	widget.BaseWidget

	// Describe returns the text that the Tip shows beside the mouse over a value.
	Describe func(i int) string
	Tip      *Tip // may be nil

	fonts    *text.Fonts
	raster   *canvas.Raster
	values   []uint32
	marks    []PlotMarks
	captions []string
	hovered  int
	mouse    fyne.Position // on the canvas
}

const (
	plotTextSize = 11 // text size of the caption, in Fyne's units
	plotCaption  = 13 // height of the caption; its letters need no more
)

// NewPlot returns an empty plot.
func NewPlot(fonts *text.Fonts) *Plot {
	p := &Plot{fonts: fonts, hovered: -1}
	p.raster = canvas.NewRaster(p.generate)
	p.raster.ScaleMode = canvas.ImageScalePixels
	p.ExtendBaseWidget(p)
	return p
}

// Set shows values, the marks of each, and the first of captions that fits, which is what
// they count and their unit. It copies its arguments, and does not redraw if nothing
// changes.
func (p *Plot) Set(values []uint32, marks []PlotMarks, captions ...string) {
	if slices.Equal(captions, p.captions) && slices.Equal(values, p.values) && slices.Equal(marks, p.marks) {
		return
	}
	p.values = append(p.values[:0], values...)
	p.marks = append(p.marks[:0], marks...)
	p.captions = append(p.captions[:0], captions...)
	p.Refresh()
	if p.hovered >= 0 {
		p.hover(min(p.hovered, len(p.values)-1)) // the value under the mouse may have changed
	}
}

// Captions returns the captions, the longest first.
func (p *Plot) Captions() []string { return slices.Clone(p.captions) }

// MouseIn implements [desktop.Hoverable].
func (p *Plot) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved implements [desktop.Hoverable].
func (p *Plot) MouseMoved(e *desktop.MouseEvent) {
	width := p.Size().Width
	if x := e.Position.X; x >= 0 && x < width {
		p.mouse = e.AbsolutePosition
		p.hover(int(x * float32(len(p.values)) / width))
	}
}

// MouseOut implements [desktop.Hoverable].
func (p *Plot) MouseOut() { p.hover(-1) }

// hover describes a value; -1 means none.
func (p *Plot) hover(i int) {
	if p.hovered = i; i < 0 || p.Describe == nil {
		p.Tip.Leave(p)
		return
	}
	p.Tip.Now(p, p.mouse, p.Describe(i))
}

// caption returns the first caption that fits in a number of cells, or else the last.
func (p *Plot) caption(cells int) (c string) {
	for _, c = range p.captions {
		if text.Fits(c, cells) {
			break
		}
	}
	return c
}

// generate draws the plot. It runs on the UI thread.
func (p *Plot) generate(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, max(w, 0), max(h, 0)))
	if img.Rect.Empty() || p.Size().Width <= 0 {
		return img
	}
	scale := float32(w) / p.Size().Width
	unit := max(1, int(math.Round(float64(scale))))
	font := p.fonts.Sized(int(math.Round(float64(plotTextSize * Zoom(p.Theme()) * scale))))
	s := &surface{text.Surface{Image: img, Fonts: p.fonts, Font: font}, newPalette(p.Theme(), fyne.CurrentApp().Settings().ThemeVariant())}
	s.Fill(img.Rect, s.colors.back)
	top := int(plotCaption * Zoom(p.Theme()) * scale)
	s.text(0, (top-font.Line)/2, p.caption(w/font.Cell), w/font.Cell, s.colors.ink[Muted], s.colors.escape)
	area := image.Rect(0, top, w, h)
	s.Fill(image.Rect(0, h-unit, w, h), s.colors.thumb)
	if len(p.values) == 0 {
		return img
	}
	base, room, most := h-unit, area.Dy()-unit, max(1, slices.Max(p.values))
	// Whole pixels only, so that bars have sharp edges.
	edge := func(i int) int { return area.Min.X + i*area.Dx()/len(p.values) }
	for i, v := range p.values {
		if v > 0 {
			height := max(unit, int(uint64(v)*uint64(room)/uint64(most)))
			s.Fill(image.Rect(edge(i), base-height, max(edge(i)+1, edge(i+1)), base), s.colors.ink[Accent])
		}
	}
	size, half := 7*unit, 5*unit
	for i, m := range p.marks[:min(len(p.marks), len(p.values))] {
		x := min(max(half, (edge(i)+edge(i+1))/2), w-half) // marks are whole at the edges, too
		if m&PlotTriangle != 0 {
			for y := top + size; y < base; y += 4 * unit {
				s.Fill(image.Rect(x, y, x+unit, min(y+2*unit, base)), s.colors.ink[Warn])
			}
			s.figure(x, top+size/2, size, triangle, s.colors.ink[Warn])
		}
		if m&PlotDiamond != 0 {
			s.figure(x, h-size/2-unit, size, diamond, s.colors.ink[Bad])
		}
	}
	return img
}

// A figure reports whether a point is inside it. It extends from -1 to 1 in both
// directions.
type figure func(x, y float64) bool

func triangle(x, y float64) bool { return math.Abs(x) <= (y+1)/2 }
func diamond(x, y float64) bool  { return math.Abs(x)+math.Abs(y) <= 1 }

// figure draws a figure centred at a point, with a rim in the background colour
// that separates it from what is behind.
func (s *surface) figure(x, y, size int, inside figure, c color.RGBA) {
	const fine = 4 // samples per pixel in each direction
	rim := max(1, size/7)
	for _, layer := range []struct {
		size int
		ink  color.RGBA
	}{{size + 4*rim, s.colors.back}, {size, c}} {
		half := float64(layer.size) / 2
		reach := layer.size/2 + 1
		for py := y - reach; py <= y+reach; py++ {
			for px := x - reach; px <= x+reach; px++ {
				if !image.Pt(px, py).In(s.Image.Rect) {
					continue
				}
				var hits uint32
				for i := range fine * fine {
					fx := (float64(px-x) + (float64(i%fine)+0.5)/fine - 0.5) / half
					fy := (float64(py-y) + (float64(i/fine)+0.5)/fine - 0.5) / half
					if fx >= -1 && fx <= 1 && fy >= -1 && fy <= 1 && inside(fx, fy) {
						hits++
					}
				}
				if hits > 0 {
					s.Blend(px, py, layer.ink, hits*255/(fine*fine))
				}
			}
		}
	}
}

// CreateRenderer implements [fyne.Widget].
func (p *Plot) CreateRenderer() fyne.WidgetRenderer { return plotRenderer{p} }

type plotRenderer struct{ p *Plot }

func (r plotRenderer) Layout(size fyne.Size) { r.p.raster.Resize(size) }
func (r plotRenderer) MinSize() fyne.Size {
	z := Zoom(r.p.Theme())
	return fyne.NewSize(120*z, 36*z)
}
func (r plotRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.raster} }
func (r plotRenderer) Refresh()                     { r.p.raster.Refresh() }
func (r plotRenderer) Destroy()                     {}

var _ desktop.Hoverable = (*Plot)(nil)
