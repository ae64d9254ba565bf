package widgets

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
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
	p.Set(values, marks, "79/s")
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
			sameAsGolden(t, tt.name, show(t, samplePlot(t), 180, 30, tt.scale).Capture())
		})
	}
}

func TestPlotDrawsBarsOfWholePixelsToScale(t *testing.T) {
	test.NewTempApp(t)
	useTheme(t, theme.VariantLight)
	p := NewPlot(sharedFonts(t))
	p.Set([]uint32{0, 1, 50, 100}, nil, "")
	for _, scale := range []float32{1, 2} {
		picture := show(t, p, 182, 31, scale).Capture()
		bounds := picture.Bounds()
		colors := map[color.Color]bool{}
		var heights []int
		for i := range 4 {
			x := bounds.Max.X - (4-i)*30*int(scale) + 10*int(scale)
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
		picture := show(t, p, 180, 30, 1).Capture()
		points := map[image.Point]bool{}
		for y := range 28 {
			for x := 42; x < 180; x++ {
				if picture.At(x, y) != picture.At(45, 10) {
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
		if at.Y < 15 {
			t.Error("the diamond is not at the bottom")
			break
		}
	}
	high := 0
	for at := range triangle {
		if at.Y < 10 {
			high++
		}
	}
	if high < 20 {
		t.Error("the triangle is not at the top")
	}
}

func TestPlotReportsTheValueUnderTheMouse(t *testing.T) {
	test.NewTempApp(t)
	p := samplePlot(t)
	inWindow(t, p, 180, 30)
	var told []int
	p.OnHover = func(i int) { told = append(told, i) }
	at := func(x float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 10)}}
	}
	p.MouseIn(at(179))
	p.MouseMoved(at(179.4))
	p.Set(make([]uint32, 120), nil, "")
	p.MouseMoved(at(2)) // over the caption
	p.MouseOut()
	if len(told) != 3 || told[0] != 119 || told[1] != 119 || told[2] != -1 {
		t.Errorf("reported %v", told)
	}
}
