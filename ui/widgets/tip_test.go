package widgets

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/widgets/text"
)

// newTip returns a tip over an object in a window of 400×200 units.
func newTip(t *testing.T, o fyne.CanvasObject) *Tip {
	t.Helper()
	tip := NewTip(sharedFonts(t))
	inWindow(t, container.NewStack(o, tip), 400, 200)
	return tip
}

func TestTipStaysInsideTheWindow(t *testing.T) {
	test.NewTempApp(t)
	owner := container.NewWithoutLayout()
	tip := newTip(t, owner)
	for _, at := range []fyne.Position{{X: 10, Y: 10}, {X: 395, Y: 10}, {X: 395, Y: 195}, {X: 0, Y: 100}} {
		tip.Now(owner, at, "what this does\nand its key")
		from, size := tip.raster.Position(), tip.raster.Size()
		if from.X < 0 || from.Y < 0 || from.X+size.Width > 400 || from.Y+size.Height > 200 {
			t.Errorf("mouse at %v: tip at %v, size %v", at, from, size)
		}
		if at.Y >= from.Y && at.Y < from.Y+size.Height && at.X >= from.X && at.X < from.X+size.Width {
			t.Errorf("mouse at %v: covered by the tip at %v", at, from)
		}
	}
}

func TestTipGoesWhenTheWindowIsResized(t *testing.T) {
	test.NewTempApp(t)
	owner := container.NewWithoutLayout()
	tip := newTip(t, owner)
	tip.Now(owner, fyne.NewPos(10, 10), "text")
	layout := test.WidgetRenderer(tip).Layout
	if layout(tip.Size()); tip.Text() == "" {
		t.Error("gone although the size is the same")
	}
	if layout(fyne.NewSize(300, 200)); tip.Text() != "" {
		t.Error("still there")
	}
}

func TestTipTakesNoClicks(t *testing.T) {
	test.NewTempApp(t)
	l := NewLogView(sharedFonts(t), []Column{{Width: 10}})
	tip := newTip(t, l)
	l.SetSource(&numbered{n: 3})
	tip.Now(l, fyne.NewPos(10, 5), "over the rows")
	test.TapCanvas(fyne.CurrentApp().Driver().CanvasForObject(l), fyne.NewPos(30, 30))
	if l.Selected() != 1 {
		t.Errorf("row %d selected", l.Selected())
	}
}

func TestTipIsHiddenByItsOwnerOnly(t *testing.T) {
	test.NewTempApp(t)
	one, other := container.NewWithoutLayout(), container.NewWithoutLayout()
	tip := newTip(t, one)
	tip.Rest(one, fyne.NewPos(10, 10), func() string { return "one" })
	if tip.Leave(other); tip.Text() != "one" || !tip.raster.Visible() {
		t.Errorf("shows %q", tip.Text())
	}
	tip.Rest(other, fyne.NewPos(10, 10), func() string { return "other" })
	if tip.Leave(one); tip.Text() != "other" {
		t.Errorf("shows %q", tip.Text())
	}
	if tip.Leave(other); tip.Text() != "" || tip.raster.Visible() {
		t.Errorf("shows %q", tip.Text())
	}
	tip.Now(one, fyne.NewPos(10, 10), "one")
	if tip.Clear(); tip.Text() != "" {
		t.Errorf("shows %q", tip.Text())
	}
	(*Tip)(nil).Clear()
	(*Tip)(nil).Rest(one, fyne.Position{}, nil) // must not panic
	(*Tip)(nil).Now(one, fyne.Position{}, "")
	(*Tip)(nil).Leave(one)
}

func TestTipBreaksLinesBetweenWords(t *testing.T) {
	for _, tt := range []struct {
		text  string
		cells int
		want  []string
	}{
		{"short", 20, []string{"short"}},
		{"one\n\ntwo\n", 20, []string{"one", "", "two"}},
		{"nothing is listening there", 12, []string{"nothing is", "listening", "there"}},
		{"exactly ten fits", 10, []string{"exactly", "ten fits"}},
		{"abcdefghijklmnop", 10, []string{"abcdefghij", "klmnop"}},
		{"订阅成功你好", 5, []string{"订阅", "成功", "你好"}},
		{"", 5, []string{""}},
	} {
		if got := tipText(tt.text, tt.cells); !slices.Equal(got, tt.want) {
			t.Errorf("%q in %d cells: %q, want %q", tt.text, tt.cells, got, tt.want)
		}
	}
	for _, long := range []string{strings.Repeat("line\n", 50), strings.Repeat("x", 1<<20), strings.Repeat("订 ", 1<<20)} {
		lines := tipText(long, 20)
		if len(lines) != tipLines || !strings.HasSuffix(lines[tipLines-1], "…") || text.Cells(lines[tipLines-1]) > 20 {
			t.Errorf("%.10q…: %d lines, the last is %q", long, len(lines), lines[len(lines)-1])
		}
	}
}

func TestTipLooksAsBefore(t *testing.T) {
	for name, variant := range map[string]fyne.ThemeVariant{"tip_light.png": theme.VariantLight, "tip_dark.png": theme.VariantDark} {
		t.Run(name, func(t *testing.T) {
			test.NewTempApp(t)
			useTheme(t, variant)
			l := NewLogView(sharedFonts(t), sampleColumns())
			tip := NewTip(sharedFonts(t))
			c := show(t, container.NewStack(l, tip), 400, 200, 1)
			l.SetSource(sampler{})
			tip.Now(l, fyne.NewPos(60, 60), "Connection refused: nothing is listening at 127.0.0.1:9\n订阅失败：没有程序在监听 127.0.0.1:9")
			sameAsGolden(t, name, c.Capture())
		})
	}
}
