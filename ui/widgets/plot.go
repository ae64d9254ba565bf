package widgets

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
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
// to the largest. Create it with [NewPlot].
type Plot struct {
	widget.BaseWidget

	// OnHover is called with the index of the value under the mouse when that
	// changes, and with -1 when the mouse leaves.
	OnHover func(i int)

	fonts   *Fonts
	raster  *canvas.Raster
	values  []uint32
	marks   []PlotMarks
	caption string
	hovered int
}

const (
	plotTextSize = 10 // text size of the caption, in Fyne's units
	plotCaption  = 10 // its width, in characters
	plotLines    = 12 // its width if it has several lines: p99 99.9 ms takes eleven
)

// NewPlot returns an empty plot.
func NewPlot(fonts *Fonts) *Plot {
	p := &Plot{fonts: fonts, hovered: -1}
	p.raster = canvas.NewRaster(p.generate)
	p.ExtendBaseWidget(p)
	return p
}

// Set shows values, the marks of each, and a caption of a few characters or up to
// three lines. It copies its arguments, and does not redraw if nothing changes.
func (p *Plot) Set(values []uint32, marks []PlotMarks, caption string) {
	if caption == p.caption && slices.Equal(values, p.values) && slices.Equal(marks, p.marks) {
		return
	}
	p.values = append(p.values[:0], values...)
	p.marks = append(p.marks[:0], marks...)
	p.caption = caption
	p.Refresh()
	if p.hovered >= 0 && p.OnHover != nil {
		p.OnHover(p.hovered) // the value under the mouse may have changed
	}
}

// Hovered returns the index of the value under the mouse, or -1.
func (p *Plot) Hovered() int { return p.hovered }

// Caption returns the caption.
func (p *Plot) Caption() string { return p.caption }

// MouseIn implements [desktop.Hoverable].
func (p *Plot) MouseIn(e *desktop.MouseEvent) { p.MouseMoved(e) }

// MouseMoved implements [desktop.Hoverable].
func (p *Plot) MouseMoved(e *desktop.MouseEvent) {
	size := p.Size()
	if size.Width <= 0 {
		return
	}
	area := p.bars(int(size.Width), p.fonts.size(plotTextSize).cell)
	at := -1
	if x := int(e.Position.X); x >= area.Min.X && x < area.Max.X {
		at = (x - area.Min.X) * len(p.values) / area.Dx()
	}
	p.hover(at)
}

// MouseOut implements [desktop.Hoverable].
func (p *Plot) MouseOut() { p.hover(-1) }

func (p *Plot) hover(i int) {
	if i != p.hovered {
		p.hovered = i
		if p.OnHover != nil {
			p.OnHover(i)
		}
	}
}

// bars returns the horizontal extent of the bars within width, with no height.
func (p *Plot) bars(width, cell int) image.Rectangle {
	room := plotCaption
	if strings.Contains(p.caption, "\n") {
		room = plotLines
	}
	return image.Rect(min(room*cell, width), 0, width, 0)
}

// generate draws the plot. It runs on the UI thread.
func (p *Plot) generate(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, max(w, 0), max(h, 0)))
	if img.Rect.Empty() || p.Size().Width <= 0 {
		return img
	}
	scale := float32(w) / p.Size().Width
	unit := max(1, int(math.Round(float64(scale))))
	font := p.fonts.size(int(math.Round(float64(plotTextSize * scale))))
	s := &surface{img: img, fonts: p.fonts, font: font,
		colors: newPalette(p.Theme(), fyne.CurrentApp().Settings().ThemeVariant())}
	s.fill(img.Rect, s.colors.back)
	area := p.bars(w, font.cell)
	area.Max.Y = h
	lines := strings.Split(p.caption, "\n")
	for i, line := range lines {
		s.text(0, i*h/len(lines), line, area.Min.X/font.cell-1, s.colors.ink[Muted], s.colors.escape)
	}
	s.fill(image.Rect(area.Min.X, h-unit, area.Max.X, h), s.colors.thumb)
	if len(p.values) == 0 {
		return img
	}
	room, most := h-unit, max(1, slices.Max(p.values))
	// Whole pixels only, so that bars have sharp edges.
	edge := func(i int) int { return area.Min.X + i*area.Dx()/len(p.values) }
	for i, v := range p.values {
		if v > 0 {
			height := max(unit, int(uint64(v)*uint64(room)/uint64(most)))
			s.fill(image.Rect(edge(i), room-height, max(edge(i)+1, edge(i+1)), room), s.colors.ink[Accent])
		}
	}
	size := 7 * unit
	for i, m := range p.marks[:min(len(p.marks), len(p.values))] {
		x := (edge(i) + edge(i+1)) / 2
		if m&PlotTriangle != 0 {
			for y := size; y < room; y += 4 * unit {
				s.fill(image.Rect(x, y, x+unit, min(y+2*unit, room)), s.colors.ink[Warn])
			}
			s.figure(x, size/2, size, triangle, s.colors.ink[Warn])
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
				if !image.Pt(px, py).In(s.img.Rect) {
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
					blend(s.img.Pix[s.img.PixOffset(px, py):][:4], layer.ink, hits*255/(fine*fine))
				}
			}
		}
	}
}

// CreateRenderer implements [fyne.Widget].
func (p *Plot) CreateRenderer() fyne.WidgetRenderer { return plotRenderer{p} }

type plotRenderer struct{ p *Plot }

func (r plotRenderer) Layout(size fyne.Size)        { r.p.raster.Resize(size) }
func (r plotRenderer) MinSize() fyne.Size           { return fyne.NewSize(198, 33) }
func (r plotRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.p.raster} }
func (r plotRenderer) Refresh()                     { r.p.raster.Refresh() }
func (r plotRenderer) Destroy()                     {}

var _ desktop.Hoverable = (*Plot)(nil)
