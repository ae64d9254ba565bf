package widgets

import (
	"image"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/widgets/text"
)

// Tip shows a text beside the mouse: what a control does, or the whole of what is cut. It
// is the one look of tips in the window, of controls (package kit) as of the log and the
// plots. Create it with [NewTip].
//
// A Tip is a layer: put it last into a [container.NewStack] with the content of a window or
// dialog, which it covers without taking clicks, focus or the wheel. Its methods do nothing
// on a nil Tip.
//
// It belongs to one widget at a time, its owner. The owner calls Rest, or Now, as the mouse
// moves over it, and Leave when the mouse leaves, for a key, a click and the wheel.
type Tip struct {
	widget.BaseWidget

	fonts  *text.Fonts
	raster *canvas.Raster
	owner  fyne.CanvasObject
	text   string
	lines  []string
	at     fyne.Position // of the mouse on the canvas
	rest   *fyne.Animation
	room   fyne.Size // of the layer
}

const (
	tipDelay    = 500 * time.Millisecond
	tipTextSize = 13  // in Fyne's units
	tipCells    = 100 // longest line
	tipLines    = 12
	tipBytes    = 4096 // of a text that are read
	tipPadding  = 6    // in Fyne's units
	tipAway     = 16   // distance below the mouse
)

// NewTip returns a layer that shows nothing.
func NewTip(fonts *text.Fonts) *Tip {
	t := &Tip{fonts: fonts}
	t.raster = canvas.NewRaster(t.generate)
	t.raster.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// Rest hides the tip and shows it again once the mouse has rested at a position on the
// canvas for half a second. text is called then; "" shows nothing.
func (t *Tip) Rest(owner fyne.CanvasObject, at fyne.Position, text func() string) {
	if t == nil {
		return
	}
	t.stop()
	t.owner = owner
	rest := &fyne.Animation{Duration: tipDelay}
	rest.Tick = func(done float32) {
		if done == 1 && t.owner == owner {
			t.rest = nil
			t.show(text(), at)
		}
	}
	t.rest = rest
	rest.Start()
}

// Now shows a text at once, or hides the tip if it is "".
func (t *Tip) Now(owner fyne.CanvasObject, at fyne.Position, text string) {
	if t == nil {
		return
	}
	t.stopRest()
	t.owner = owner
	t.show(text, at)
}

// Leave hides the tip if it is owner's.
func (t *Tip) Leave(owner fyne.CanvasObject) {
	if t != nil && t.owner == owner {
		t.stop()
	}
}

// Clear hides the tip, whoever its owner is.
func (t *Tip) Clear() {
	if t != nil {
		t.stop()
	}
}

// Text returns the text that is shown, or "".
func (t *Tip) Text() string { return t.text }

func (t *Tip) stop() {
	t.stopRest()
	t.owner = nil
	t.show("", fyne.Position{})
}

func (t *Tip) stopRest() {
	if t.rest != nil {
		t.rest.Stop()
		t.rest = nil
	}
}

func (t *Tip) show(text string, at fyne.Position) {
	if text == t.text && (text == "" || at == t.at) {
		return
	}
	t.text, t.at = text, at
	if text == "" {
		t.raster.Hide()
	} else {
		t.place()
		t.raster.Show()
	}
	canvas.Refresh(t) // Fyne knows no canvas of a raster that it has never drawn
}

// place lays out the text and moves it near the mouse, inside the layer.
func (t *Tip) place() {
	scale := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		scale = c.Scale()
	}
	font := t.font(scale)
	cell, line := float32(font.Cell)/scale, float32(font.Line)/scale
	t.lines = tipText(t.text, min(tipCells, int((t.room.Width-4*tipPadding)/cell)))
	cells := 0
	for _, l := range t.lines {
		cells = max(cells, text.Cells(l))
	}
	size := fyne.NewSize(float32(cells)*cell+2*tipPadding, float32(len(t.lines))*line+2*tipPadding)
	at := t.at.Subtract(fyne.CurrentApp().Driver().AbsolutePositionForObject(t)).AddXY(0, tipAway)
	if at.Y+size.Height > t.room.Height { // above the mouse
		at.Y -= tipAway + size.Height + tipPadding
	}
	at.X = max(0, min(at.X, t.room.Width-size.Width))
	at.Y = max(0, at.Y)
	t.raster.Move(at)
	t.raster.Resize(size)
}

func (t *Tip) font(scale float32) *text.Font {
	return t.fonts.Sized(int(math.Round(float64(tipTextSize * Zoom(t.Theme()) * scale))))
}

// tipText returns the lines of a text, broken between words where possible.
func tipText(s string, cells int) (lines []string) {
	more := len(s) > tipBytes
	s = strings.TrimRight(beginning(s, tipBytes), "\n")
	for first := true; first || s != ""; first = false {
		if len(lines) == tipLines {
			more = true
			break
		}
		line, rest, _ := strings.Cut(s, "\n")
		if n := text.BeginningTo(line, max(cells, text.MaxCells)); n < len(line) {
			next := n
			if space := strings.LastIndexByte(line[:n+1], ' '); space > n/2 {
				n, next = space, space+1
			}
			line, rest = line[:n], s[next:]
		}
		lines, s = append(lines, line), rest
	}
	if last := len(lines) - 1; more {
		lines[last] = lines[last][:text.BeginningTo(lines[last], max(cells-1, 1))] + "…"
	}
	return lines
}

// generate draws the text. It runs on the UI thread.
func (t *Tip) generate(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, max(w, 0), max(h, 0)))
	if img.Rect.Empty() || t.raster.Size().Width <= 0 {
		return img
	}
	scale := float32(w) / t.raster.Size().Width
	s := &surface{text.Surface{Image: img, Fonts: t.fonts, Font: t.font(scale)}, newPalette(t.Theme(), fyne.CurrentApp().Settings().ThemeVariant())}
	unit, padding := max(1, int(math.Round(float64(scale)))), int(math.Round(float64(tipPadding*scale)))
	s.Fill(img.Rect, s.colors.header)
	s.Frame(img.Rect, unit, s.colors.thumb)
	for i, line := range t.lines {
		s.text(padding, padding+i*s.Font.Line, line, tipCells+1, legible(s.colors.ink[Normal], s.colors.header), s.colors.escape)
	}
	return img
}

// CreateRenderer implements [fyne.Widget].
func (t *Tip) CreateRenderer() fyne.WidgetRenderer { return tipRenderer{t} }

type tipRenderer struct{ t *Tip }

// Layout hides the tip when the window has another size. Fyne also calls it, with the same
// size, when the raster appears.
func (r tipRenderer) Layout(size fyne.Size) {
	if size != r.t.room {
		r.t.room = size
		r.t.stop()
	}
}

func (r tipRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r tipRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.t.raster} }
func (r tipRenderer) Refresh()                     { r.t.raster.Refresh() }
func (r tipRenderer) Destroy()                     {}
