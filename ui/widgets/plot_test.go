package widgets

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/widgets/text"
)

// samplePlot returns a plot that rises, has a gap, and has each mark alone and both
// together.
func samplePlot(t *testing.T) *Plot {
	p := NewPlot(sharedFonts(t))
	values, marks := make([]uint32, 120), make([]PlotMarks, 120)
	for i := range 80 {
		values[i] = uint32(i)
	}
	values[110] = 1
	marks[40], marks[90], marks[110] = PlotTriangle, PlotDiamond, PlotTriangle|PlotDiamond
	p.Set(values, marks, "events/s · peak 79", "79/s")
	return p
}

func TestPlotLooksAsBefore(t *testing.T) {
	for _, tt := range []struct {
		name    string
		variant fyne.ThemeVariant
		scale   float32
	}{
		{"plot_light.png", theme.VariantLight, 1},
		{"plot_dark_scaled.png", theme.VariantDark, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			test.NewTempApp(t)
			useTheme(t, tt.variant)
			sameAsGolden(t, tt.name, show(t, samplePlot(t), 180, 36, tt.scale).Capture())
		})
	}
}

func TestPlotDrawsBarsOfWholePixelsToScale(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	p := NewPlot(sharedFonts(t))
	p.Set([]uint32{0, 1, 50, 100}, nil, "")
	for _, scale := range []float32{1, 2} {
		picture := show(t, p, 120, 44, scale).Capture()
		bounds := picture.Bounds()
		colors := map[color.Color]bool{}
		var heights []int
		for i := range 4 {
			x := (i*30 + 10) * int(scale)
			bar, height := picture.At(bounds.Max.X-5, bounds.Max.Y-10), 0
			for y := range bounds.Max.Y {
				colors[picture.At(x, y)] = true
				if picture.At(x, y) == bar {
					height++
				}
			}
			heights = append(heights, height/int(scale))
		}
		if len(colors) != 3 {
			t.Errorf("scale %v: %d colours, want background, bar and base line", scale, len(colors))
		}
		if heights[0] != 0 || heights[1] != 1 || heights[2] != 15 || heights[3] != 30 {
			t.Errorf("scale %v: heights %v", scale, heights)
		}
	}
}

func TestPlotMarksDifferWithoutTheirColours(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	drawn := func(m PlotMarks) map[image.Point]bool {
		p := NewPlot(sharedFonts(t))
		p.Set([]uint32{0, 0, 0}, []PlotMarks{0, m, 0}, "")
		picture := show(t, p, 180, 42, 1).Capture()
		points := map[image.Point]bool{}
		for y := range 40 {
			for x := range 180 {
				if picture.At(x, y) != picture.At(2, 20) {
					points[image.Pt(x, y)] = true
				}
			}
		}
		return points
	}
	triangle, diamond := drawn(PlotTriangle), drawn(PlotDiamond)
	if len(drawn(0)) != 0 || len(triangle) < 20 || len(diamond) < 15 {
		t.Fatalf("%d and %d pixels drawn", len(triangle), len(diamond))
	}
	for at := range diamond {
		if at.Y < 27 {
			t.Error("the diamond is not at the bottom")
			break
		}
	}
	high := 0
	for at := range triangle {
		if at.Y < 22 {
			high++
		}
	}
	if high < 20 {
		t.Error("the triangle is not at the top")
	}
}

func TestMarksAreWholeAtTheEdges(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	drawn := func(at int) (n int) {
		p, marks := NewPlot(sharedFonts(t)), make([]PlotMarks, 90)
		marks[at] = PlotTriangle | PlotDiamond
		p.Set(make([]uint32, 90), marks)
		picture := show(t, p, 180, 42, 1).Capture()
		for y := range 40 {
			for x := range 180 {
				if picture.At(x, y) != picture.At(2, 2) {
					n++
				}
			}
		}
		return n
	}
	for _, at := range []int{0, 89} {
		if got, want := drawn(at), drawn(45); got != want {
			t.Errorf("mark %d: %d pixels, want %d", at, got, want)
		}
	}
}

func TestPlotDescribesTheValueBesideTheMouse(t *testing.T) {
	test.NewTempApp(t)
	p := samplePlot(t)
	tip := newTip(t, p)
	p.Tip, p.Describe = tip, func(i int) string { return fmt.Sprint(i, ": ", p.values[i]) }
	at := func(x float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10), AbsolutePosition: fyne.NewPos(x, 10)}}
	}
	expect := func(want string) {
		t.Helper()
		if tip.Text() != want {
			t.Errorf("the tip says %q, want %q", tip.Text(), want)
		}
	}
	p.MouseIn(at(1))
	expect("0: 0")
	p.MouseMoved(at(265))
	expect("79: 79")
	p.MouseMoved(at(399.4))
	expect("119: 0")
	p.Set(slices.Repeat([]uint32{7}, 120), nil)
	expect("119: 7")
	p.Set([]uint32{3}, nil)
	expect("0: 3")
	p.MouseOut()
	expect("")
}

func TestPlotShowsTheLongestCaptionThatFits(t *testing.T) {
	test.NewTempApp(t)
	p := NewPlot(sharedFonts(t))
	p.Set(nil, nil, "events/s · peak 79", "79/s")
	for cells, want := range map[int]string{18: "events/s · peak 79", 17: "79/s", 2: "79/s"} {
		if got := p.caption(cells); got != want {
			t.Errorf("%d cells: %q, want %q", cells, got, want)
		}
	}
	p.Set(nil, nil)
	if got := p.caption(9); got != "" {
		t.Errorf("caption %q", got)
	}
}

func TestCaptionIsNotClipped(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	for _, scale := range []float32{1, 1.25, 2} {
		rows := func(caption string) int {
			p := NewPlot(sharedFonts(t))
			p.Set(nil, nil, caption)
			picture, drawn := show(t, p, 180, 36, scale).Capture(), 0
			for y := range int(plotCaption * scale) {
				for x := range 20 {
					if picture.At(x, y) != picture.At(170, 1) {
						drawn++
						break
					}
				}
			}
			return drawn
		}
		font := sharedFonts(t).Sized(int(math.Round(float64(plotTextSize * scale))))
		s := &text.Surface{Image: image.NewRGBA(image.Rect(0, 0, font.Cell, font.Line)), Fonts: sharedFonts(t), Font: font}
		s.Glyph(0, 0, "p", 1, color.RGBA{255, 0, 0, 255})
		want := 0
		for y := range font.Line {
			for x := range font.Cell {
				if s.Image.RGBAAt(x, y) != (color.RGBA{}) {
					want++
					break
				}
			}
		}
		if got := rows("p"); got != want {
			t.Errorf("scale %v: %d of the %d rows of a p are drawn", scale, got, want)
		}
	}
}
