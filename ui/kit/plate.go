package kit

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// plated is the renderer of a field that draws background and border as one picture.
// Fyne draws each as a rounded rectangle, whose shader computes a distance for every
// pixel of every frame: with OpenGL in software, a field of four lines costs as much as
// the whole log.
type plated struct {
	fyne.WidgetRenderer
	of          *widget.Entry
	box, border *canvas.Rectangle // Fyne's, which has their colours
	plate       *canvas.Raster
	objects     []fyne.CanvasObject
}

// plate returns the renderer of a field with background and border as one picture. It
// returns r itself if that does not begin with two rectangles.
func plate(r fyne.WidgetRenderer, of *widget.Entry) fyne.WidgetRenderer {
	p := &plated{WidgetRenderer: r, of: of}
	if o := r.Objects(); len(o) >= 2 {
		p.box, _ = o[0].(*canvas.Rectangle)
		p.border, _ = o[1].(*canvas.Rectangle)
	}
	if p.box == nil || p.border == nil {
		return r
	}
	p.plate = canvas.NewRaster(p.draw)
	p.plate.ScaleMode = canvas.ImageScalePixels
	return p
}

// Objects implements fyne.WidgetRenderer.
func (p *plated) Objects() []fyne.CanvasObject {
	p.objects = append(append(p.objects[:0], p.plate), p.WidgetRenderer.Objects()[2:]...)
	return p.objects
}

// Layout implements fyne.WidgetRenderer.
func (p *plated) Layout(size fyne.Size) {
	p.WidgetRenderer.Layout(size)
	p.plate.Resize(size)
}

// draw draws the picture. Fyne calls it after each Refresh of the field.
func (p *plated) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	scale := float64(w) / float64(p.plate.Size().Width)
	stroke := float64(p.border.StrokeWidth)
	if p.marked() {
		stroke *= 2
	}
	line := max(1, int(math.Round(stroke*scale)))
	draw.Draw(img, img.Rect, image.NewUniform(p.border.StrokeColor), image.Point{}, draw.Src)
	draw.Draw(img, img.Rect.Inset(line), image.NewUniform(p.box.FillColor), image.Point{}, draw.Src)
	p.round(img, float64(p.box.CornerRadius)*scale, float64(line))
	return img
}

// marked reports whether the border shows the focus or a mistake: its colour alone differs
// too little from that of other borders.
func (p *plated) marked() bool {
	variant := fyne.CurrentApp().Settings().ThemeVariant()
	th := p.of.Theme()
	return p.border.StrokeColor != th.Color(theme.ColorNameInputBorder, variant) && p.border.StrokeColor != th.Color(theme.ColorNameDisabled, variant)
}

// round rounds the corners of the picture, with smooth edges.
func (p *plated) round(img *image.RGBA, radius, line float64) {
	right, bottom := img.Rect.Dx()-1, img.Rect.Dy()-1
	size := min(int(math.Ceil(radius)), (right+1)/2, (bottom+1)/2)
	for y := range size {
		for x := range size {
			away := radius - math.Hypot(radius-float64(x)-0.5, radius-float64(y)-0.5) // from the edge, inwards
			c := blended(color.Transparent, p.border.StrokeColor, away+0.5)
			c = blended(c, p.box.FillColor, away-line+0.5)
			for _, at := range [...]image.Point{{x, y}, {right - x, y}, {x, bottom - y}, {right - x, bottom - y}} {
				img.Set(at.X, at.Y, c)
			}
		}
	}
}

// blended returns the given part of b, from 0 to 1, over a. Less is none, more is all.
func blended(a, b color.Color, part float64) color.Color {
	part = min(max(part, 0), 1)
	ar, ag, ab, aa := a.RGBA()
	br, bg, bb, ba := b.RGBA()
	mix := func(a, b uint32) uint16 { return uint16(float64(a)*(1-part) + float64(b)*part) }
	return color.RGBA64{mix(ar, br), mix(ag, bg), mix(ab, bb), mix(aa, ba)}
}
