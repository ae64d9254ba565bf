package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/kit/look"
)

func TestTheChosenTabIsUnderlined(t *testing.T) {
	a := test.NewTempApp(t)
	look.Use(a, look.Look{Theme: look.Dark})
	bar := NewTabBar(nil, widget.NewLabel(""), widget.NewLabel(""))
	bar.Warn(0, "faults", true)
	w := test.NewTempWindow(t, bar.Content)
	w.Resize(fyne.NewSize(300, 40))
	lines := func() (shown []int) {
		for i, b := range bar.Buttons {
			objects := test.WidgetRenderer(b).Objects()
			line := objects[len(objects)-1].(*canvas.Rectangle)
			if line.Visible() {
				shown = append(shown, i)
				if line.FillColor != theme.Color(theme.ColorNamePrimary) {
					t.Errorf("the line is %v", line.FillColor)
				}
				if line.Position().Y+line.Size().Height != b.Size().Height || line.Size().Width != b.Size().Width {
					t.Errorf("the line is at %v, %v of %v", line.Position(), line.Size(), b.Size())
				}
			}
		}
		return shown
	}
	if got := lines(); len(got) != 1 || got[0] != 0 {
		t.Errorf("underlined: %v", got)
	}
	bar.Choose(1)
	look.Use(a, look.Look{Theme: look.Light})
	if got := lines(); len(got) != 1 || got[0] != 1 {
		t.Errorf("underlined after the second was chosen: %v", got)
	}
}
