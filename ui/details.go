package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

// details shows the selected record whole: a payload as it came, or all that
// is known of what happened.
type details struct {
	w       *window
	content fyne.CanvasObject
	record  *record.Record // nil when none is selected

	heading *widget.Label
	allow   *button // allows the origin that a Notice tells of
	copyAll *button
	text    *widgets.TextView
}

func newDetails(w *window) *details {
	d := &details{w: w}
	d.heading = widget.NewLabel("")
	d.heading.Truncation = fyne.TextTruncateEllipsis
	d.allow = newButton(nil, func() { w.con.AllowOrigin(d.record.URL) })
	d.allow.Importance = widget.HighImportance
	d.copyAll = newButton(theme.ContentCopyIcon(), d.copy)
	d.text = widgets.NewTextView(w.fonts)
	d.text.SetTextSize(orElse(w.con.Settings().LogTextSize, logTextSize))
	d.content = container.NewBorder(
		container.NewBorder(nil, nil, nil, container.NewHBox(d.allow, d.copyAll), d.heading),
		nil, nil, nil, d.text)
	w.text(func() {
		d.copyAll.SetText(w.words.T("details.copy"))
		d.show(d.record)
	})
	return d
}

// show shows a record, or with nil what to do to see one.
func (d *details) show(r *record.Record) {
	d.record = r
	T := d.w.words.T
	d.allow.Hide()
	if r == nil {
		d.heading.SetText(T("details.none"))
		d.copyAll.Disable()
		d.text.SetText("")
		return
	}
	d.copyAll.Enable()
	heading := d.w.words.join(T("kind."+r.Kind.String()), r.Time.Format(timeLayout), d.w.shownText(r.ClientID))
	text, whole := payload(r)
	if whole {
		heading = d.w.words.join(heading, rowType(r), d.w.shownText(rowID(r)), d.w.words.size(int64(len(text))))
		if len(text) > largeContent {
			heading = d.w.words.join(heading, T("details.beginning", "Size", d.w.words.size(largeContent)))
			text = text[:largeContent]
		}
	} else {
		text = d.w.words.details(r)
	}
	if r.Kind == record.Notice && r.Type == console.RefusedOrigin && r.URL != "" {
		d.allow.SetText(T("details.allow_origin", "Origin", r.URL))
		d.allow.Show()
	}
	d.heading.SetText(heading)
	d.text.SetText(text)
}

// copy copies the whole payload, or all that is known.
func (d *details) copy() {
	if d.record == nil {
		return
	}
	text, whole := payload(d.record)
	if !whole {
		text = d.w.words.details(d.record)
	}
	d.w.app.Clipboard().SetContent(text)
}
