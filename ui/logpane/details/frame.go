package details

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sseconsole/ui/kit"
)

// frame lays out the details: in a wide place, such as below the rows, one line has
// everything that is not text; in a narrow one, the heading and the tabs are above the
// text, path and buttons below.
type frame struct {
	d                   *Details
	tabs, note, buttons fyne.CanvasObject
}

// leastHeading is the width that the heading and the path need beside tabs and buttons.
const leastHeading = 140

// Layout implements fyne.Layout.
func (f *frame) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	d, gap := f.d, theme.Padding()
	top, bottom := float32(0), size.Height
	// place puts an object at x, as high as its line.
	place := func(o fyne.CanvasObject, x, y, width, line float32) {
		height := min(o.MinSize().Height, line)
		o.Move(fyne.NewPos(x, y+(line-height)/2))
		o.Resize(fyne.NewSize(max(0, width), height))
	}
	tabs, buttons, line := f.tabs.MinSize().Width, f.buttons.MinSize().Width, f.line()
	allow := float32(0)
	if d.Allow.Visible() {
		allow = d.Allow.MinSize().Width + gap
	}
	shut := d.Close.MinSize().Width
	place(d.Close, size.Width-shut, 0, shut, line)
	edge := size.Width - shut - gap // of the first line
	if rest := edge - tabs - buttons - allow - 4*gap; rest >= leastHeading {
		path := rest / 2
		if d.path.Text == "" {
			path = 0
		}
		place(f.tabs, 0, 0, tabs, line)
		place(d.Heading, tabs+gap, 0, rest-path, line)
		place(d.path, tabs+2*gap+rest-path, 0, path, line)
		place(d.Allow, edge-buttons-allow-gap, 0, allow, line)
		place(f.buttons, edge-buttons, 0, buttons, line)
		top = line + gap
	} else {
		place(d.Heading, 0, 0, edge-allow, line)
		place(d.Allow, edge-allow, 0, allow, line)
		place(f.tabs, 0, line, size.Width, line)
		top = 2*line + gap
		bottom -= line
		place(d.path, 0, bottom, size.Width-buttons-gap, line)
		place(f.buttons, size.Width-buttons, bottom, buttons, line)
		bottom -= gap
	}
	if f.note.Visible() {
		f.note.Resize(fyne.NewSize(size.Width, f.note.Size().Height)) // its text wraps
		height := f.note.MinSize().Height
		f.note.Move(fyne.NewPos(0, top))
		f.note.Resize(fyne.NewSize(size.Width, height))
		top += height + gap
	}
	if find := d.find.Content; find.Visible() {
		height := find.MinSize().Height
		bottom -= height
		find.Move(fyne.NewPos(0, bottom))
		find.Resize(fyne.NewSize(size.Width, height))
		bottom -= gap
	}
	middle := fyne.NewSize(size.Width, max(0, bottom-top))
	if wide := middle.Width > 2*middle.Height; wide != d.middle.Horizontal {
		d.middle.Horizontal = wide
		d.middle.Refresh()
	}
	d.middle.Move(fyne.NewPos(0, top))
	d.middle.Resize(middle)
}

// line returns the height of a line of controls.
func (f *frame) line() float32 {
	return max(f.tabs.MinSize().Height, f.buttons.MinSize().Height, f.d.Heading.MinSize().Height)
}

// MinSize implements fyne.Layout. It is that of a wide place, which needs the least height:
// in others the text has less.
func (f *frame) MinSize([]fyne.CanvasObject) fyne.Size {
	text := f.d.Text.MinSize()
	height := f.line() + theme.Padding() + text.Height
	for _, o := range []fyne.CanvasObject{f.note, f.d.find.Content} {
		if o.Visible() {
			height += o.MinSize().Height + theme.Padding()
		}
	}
	return fyne.NewSize(max(f.tabs.MinSize().Width, f.buttons.MinSize().Width, text.Width), height)
}

// showNote shows a note, and the button that goes to where the text is broken.
func (d *Details) showNote(note string, broken bool) {
	d.Note.SetText(d.k.ShownText(note))
	kit.SetVisible(d.goThere, broken)
	kit.SetVisible(d.Note, note != "")
	kit.SetVisible(d.frame.note, note != "")
	d.arrange()
}

// arrange lays the parts out again after some were shown or hidden.
func (d *Details) arrange() { d.frame.Layout(nil, d.Content.Size()) }
