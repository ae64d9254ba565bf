//go:build e2e

package ui

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// openMenu returns the index of the open menu of the bar, or -1. It runs on the UI thread.
func (d *desk) openMenu() int {
	item, ok := d.w.k.Win.Canvas().Focused().(interface{ Child() *widget.Menu })
	if !ok || !item.Child().Visible() {
		return -1
	}
	return slices.IndexFunc(d.w.menu.main.Items, func(menu *fyne.Menu) bool { return len(menu.Items) == len(item.Child().Items) })
}

func TestEndToEndMenusOpenByTheKeyboardInBothLanguages(t *testing.T) {
	d := open(t, "")
	for _, language := range []string{"alt+8", "alt+9"} {
		d.key(language)
		for i, key := range []string{"alt+f", "alt+e", "alt+b", "alt+r", "alt+v", "alt+h"} {
			d.key(key)
			d.until(key+" opens its menu", func() bool { return d.openMenu() == i })
		}
		d.key("Escape")
		d.until("Escape closes it", func() bool { return d.openMenu() == -1 })
		d.key("F10")
		d.until("F10 opens the first", func() bool { return d.openMenu() == 0 })
		d.key("Right")
		d.until("Right opens the next", func() bool { return d.openMenu() == 1 })
		d.key("Left", "F10")
		d.until("F10 closes it", func() bool { return d.openMenu() == -1 })
	}
	d.key("alt+b", "Down", "Return")
	d.untilOpen()
	d.key("alt+s")
	d.until("Alt+S still shows the server's tab", func() bool { return d.w.server.Content.Visible() })
}

func TestEndToEndTheWindowZoomsAndRemembersIt(t *testing.T) {
	d := open(t, "")
	size := func() float32 { return theme.SizeForWidget(theme.SizeNameText, d.w.form.Subscribe) }
	var before float32
	fyne.DoAndWait(func() { before = d.w.form.Subscribe.Size().Height })
	d.key("ctrl+plus", "ctrl+equal", "ctrl+KP_Add")
	d.until("the text is half as large again", func() bool { return size() == 13*1.5 })
	d.until("the controls grow with it", func() bool { return d.w.form.Subscribe.Size().Height > before*1.3 })
	d.key("ctrl+minus", "ctrl+KP_Subtract")
	d.until("it is smaller again", func() bool { return size() > 14 && size() < 15 })
	d.until("it is remembered", func() bool { return d.w.con.Settings().Zoom == 110 })
	d.key("ctrl+0")
	d.until("it has the usual size", func() bool { return size() == 13 })
}

func TestEndToEndATipAppearsWhileTheMouseRests(t *testing.T) {
	d := open(t, "")
	d.key("alt+8")
	d.move(d.w.tabs.Buttons[tabServer])
	d.until("the tip says the key", func() bool { return d.w.k.Tip.Text() == "Alt+S" })
	d.move(d.w.form.ClientID)
	d.until("it goes with the mouse", func() bool { return d.w.k.Tip.Text() == "" })
	d.move(d.w.form.Subscribe)
	d.until("there is another", func() bool { return d.w.k.Tip.Text() != "" })
	d.click(d.w.form.Subscribe)
	d.untilOpen()
	d.until("a click takes it away", func() bool { return d.w.k.Tip.Text() == "" })
}

// move moves the mouse to the middle of a control.
func (d *desk) move(o fyne.CanvasObject) {
	d.t.Helper()
	d.settle()
	var x, y int
	fyne.DoAndWait(func() {
		at, scale := theApp.Driver().AbsolutePositionForObject(o), d.w.k.Win.Canvas().Scale()
		x, y = int((at.X+o.Size().Width/2)*scale), int((at.Y+o.Size().Height/2)*scale)
	})
	d.x("mousemove", "--window", d.id, fmt.Sprint(x), fmt.Sprint(y))
}

func TestEndToEndEveryControlShowsThatItHasTheFocus(t *testing.T) {
	d := open(t, "")
	d.key("alt+8", "alt+5", "alt+shift+3") // the tab of the faults has choices and fields
	picture := func() image.Image {
		d.settle()
		path := filepath.Join(t.TempDir(), "focus.png")
		var err error
		fyne.DoAndWait(func() { err = savePicture(d.w.k.Win, path) })
		if err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		img, err := png.Decode(file)
		if err != nil {
			t.Fatal(err)
		}
		return img
	}
	for range 30 {
		var focused fyne.Focusable
		var area image.Rectangle
		fyne.DoAndWait(func() {
			focused = d.w.k.Win.Canvas().Focused()
			o, scale := focused.(fyne.CanvasObject), d.w.k.Win.Canvas().Scale()
			at := theApp.Driver().AbsolutePositionForObject(o)
			area = image.Rect(int(at.X*scale), int(at.Y*scale), int((at.X+o.Size().Width)*scale), int((at.Y+o.Size().Height)*scale))
		})
		with := picture()
		d.key("Tab")
		d.until("another control has the focus", func() bool { return d.w.k.Win.Canvas().Focused() != focused })
		without, strong := picture(), 0
		for y := area.Min.Y; y < area.Max.Y; y++ {
			for x := area.Min.X; x < area.Max.X; x++ {
				if contrast(with.At(x, y), without.At(x, y)) >= 3 {
					strong++
				}
			}
		}
		if strong < 20 {
			t.Errorf("%T at %v: %d pixels with a contrast of 3:1 show the focus", focused, area, strong)
		}
	}
}

// contrast returns the contrast of two opaque colours (WCAG 2).
func contrast(a, b color.Color) float64 {
	luminance := func(c color.Color) float64 {
		linear := func(v uint32) float64 {
			if s := float64(v) / 0xffff; s > 0.04045 {
				return math.Pow((s+0.055)/1.055, 2.4)
			} else {
				return s / 12.92
			}
		}
		r, g, b, _ := c.RGBA()
		return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b) + 0.05
	}
	la, lb := luminance(a), luminance(b)
	return max(la, lb) / min(la, lb)
}
