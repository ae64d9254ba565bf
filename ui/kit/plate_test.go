package kit_test

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/wording/catalogue"
)

// A rectangle as large as a field costs more per frame than the field's text.
func TestAFieldIsDrawnWithoutRectangles(t *testing.T) {
	k := kittest.New(t, catalogue.English, func(run func()) { run() })
	for _, field := range []fyne.Widget{kit.NewField(k), kit.NewContentField(k, func(string) {})} {
		for _, o := range test.WidgetRenderer(field).Objects() {
			if _, ok := o.(*canvas.Rectangle); ok {
				t.Errorf("%T: %T", field, o)
			}
		}
	}
}

func TestTheBorderOfAFieldShowsItsFocus(t *testing.T) {
	k := kittest.New(t, catalogue.English, func(run func()) { run() })
	field := kit.NewField(k)
	k.Win.SetPadded(false)
	k.Win.SetContent(field)
	k.Win.Resize(fyne.NewSize(200, 40))

	seen := func(x, y int) color.RGBA {
		return color.RGBAModel.Convert(k.Win.Canvas().Capture().At(x, y)).(color.RGBA)
	}
	named := func(name fyne.ThemeColorName) color.RGBA {
		return color.RGBAModel.Convert(field.Theme().Color(name, k.App.Settings().ThemeVariant())).(color.RGBA)
	}
	check := func(what string, got, want color.RGBA) {
		t.Helper()
		if got != want {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	check("the border", seen(100, 0), named(theme.ColorNameInputBorder))
	check("the background", seen(150, 20), named(theme.ColorNameInputBackground))
	check("what is outside of the rounded corner", seen(0, 0), named(theme.ColorNameBackground))
	k.Win.Canvas().Focus(field)
	check("the focused border", seen(100, 0), named(theme.ColorNamePrimary))
	check("a focused border is thicker, so it", seen(100, 1), named(theme.ColorNamePrimary))
	k.Win.Canvas().Unfocus()
	field.Disable()
	check("the disabled border", seen(100, 0), named(theme.ColorNameDisabled))
}
