package look

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestAFieldThatFitsDoesNotLookScrollableAtAnyZoom(t *testing.T) {
	a := test.NewTempApp(t)
	Use(a, Look{Theme: Light})
	field := widget.NewEntry()
	field.SetText("demo")
	w := test.NewTempWindow(t, container.NewVBox(container.NewBorder(nil, nil, nil, widget.NewLabel("x"), field)))
	w.Resize(fyne.NewSize(400, 200))
	for zoom := 60; zoom <= 250; zoom += 5 {
		Use(a, Look{Theme: Light, Zoom: float32(zoom) / 100})
		for _, o := range test.WidgetRenderer(field).Objects() {
			if scroll, ok := o.(fyne.Widget); ok {
				content := test.WidgetRenderer(scroll).Objects()[0].Size()
				if content.Width > scroll.Size().Width || content.Height > scroll.Size().Height {
					t.Errorf("%d %%: %v in %v", zoom, content, scroll.Size())
				}
				break
			}
		}
	}
}
