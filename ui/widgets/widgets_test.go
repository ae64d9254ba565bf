package widgets

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/widgets/text"
)

var update = flag.Bool("update", false, "write the pictures that drawing is compared with")

// parsed is shared, so that only the tests of the caches parse fonts again.
var parsed = sync.OnceValues(text.Bundled)

func sharedFonts(t testing.TB) *text.Fonts {
	t.Helper()
	fonts, err := parsed()
	if err != nil {
		t.Fatal(err)
	}
	return fonts
}

// show puts o on a new canvas of a size in Fyne's units.
func show(t testing.TB, o fyne.CanvasObject, width, height, scale float32) software.WindowlessCanvas {
	t.Helper()
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(scale)
	c.SetContent(o)
	c.Resize(fyne.NewSize(width, height))
	return c
}

// inWindow puts o into a window, for focus and clicks.
func inWindow(t *testing.T, o fyne.CanvasObject, width, height float32) fyne.Canvas {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w.Canvas()
}

// fixedTheme is Fyne's default theme in a fixed variant.
type fixedTheme struct {
	fyne.Theme
	variant fyne.ThemeVariant
}

func (f fixedTheme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	return f.Theme.Color(name, f.variant)
}

func useTheme(t *testing.T, variant fyne.ThemeVariant) {
	t.Helper()
	fyne.CurrentApp().Settings().SetTheme(fixedTheme{theme.DefaultTheme(), variant})
}

// numbered is a source of n rows that records which were asked for.
type numbered struct {
	n     int64
	asked []int64
}

func (s *numbered) Len() int64 { return s.n }

func (s *numbered) Row(i int64) Row {
	if i < 0 || i >= s.n {
		panic(fmt.Sprintf("row %d of %d", i, s.n))
	}
	s.asked = append(s.asked, i)
	return Row{Cells: []Cell{{Text: fmt.Sprint("row ", i)}}}
}

func press(o desktop.Mouseable, x, y float32, modifier fyne.KeyModifier) {
	o.MouseDown(&desktop.MouseEvent{
		PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary, Modifier: modifier,
	})
}

func drag(o fyne.Draggable, x, y float32) {
	o.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

func key(o fyne.Focusable, names ...fyne.KeyName) {
	for _, name := range names {
		o.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

// sameAsGolden compares an image with the one in testdata. Single pixels may differ
// slightly, because processors round differently.
func sameAsGolden(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		writePicture(t, path, got)
		return
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	want, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("%s: size %v, want %v", name, got.Bounds(), want.Bounds())
	}
	differ, total := 0, got.Bounds().Dx()*got.Bounds().Dy()
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			a, b := color.RGBAModel.Convert(got.At(x, y)).(color.RGBA), color.RGBAModel.Convert(want.At(x, y)).(color.RGBA)
			if apart(a.R, b.R) || apart(a.G, b.G) || apart(a.B, b.B) {
				differ++
			}
		}
	}
	if differ*2000 > total {
		failed := filepath.Join(t.ArtifactDir(), name)
		writePicture(t, failed, got)
		t.Errorf("%s: %d of %d pixels differ; see %s (saved with go test -artifacts)", name, differ, total, failed)
	}
}

func apart(a, b uint8) bool { return max(a, b)-min(a, b) > 32 }

func writePicture(t *testing.T, path string, img image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(file, img); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}
