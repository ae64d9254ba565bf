package details

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/ui/console/settings"
	"sseconsole/ui/wording/catalogue"
)

// In a low, wide place one line has all controls; in a narrow one they do not cover each
// other either.
func TestTheTextHasTheRoomInEveryPlace(t *testing.T) {
	for _, language := range []string{catalogue.English, catalogue.Chinese} {
		w := testWindow(t, settings.Settings{Language: language})
		event(w, `{"a":{"b":1},"t":"`+token("{}")+`"}`)
		event(w, `{"a":`)
		for i := range int64(2) {
			w.show(i)
			w.d.Text.SetCaret(10)
			for _, size := range []fyne.Size{fyne.NewSize(1000, 130), fyne.NewSize(1200, 300), fyne.NewSize(420, 500)} {
				for range 2 {
					size.Height = max(size.Height, w.d.Content.MinSize().Height)
					w.d.Content.Resize(size)
					var seen []image.Rectangle
					for _, o := range w.d.Content.Objects {
						p, s := o.Position(), o.Size()
						if r := image.Rect(int(p.X)+1, int(p.Y)+1, int(p.X+s.Width), int(p.Y+s.Height)); o.Visible() && !r.Empty() {
							for _, other := range seen {
								if r.Overlaps(other) {
									t.Errorf("%s at %v: %v overlaps %v", language, size, r, other)
								}
							}
							seen = append(seen, r)
							if r.Max.X > int(size.Width)+1 || r.Max.Y > int(size.Height)+1 {
								t.Errorf("%s at %v: %v is outside", language, size, r)
							}
						}
					}
					if w.d.middle.Size().Height < 60 {
						t.Errorf("%s at %v: the text is %v high", language, size, w.d.middle.Size().Height)
					}
					w.d.find.Open.OnTapped() // the second time with the find bar
				}
				w.d.find.Field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
			}
		}
	}
}
