package ui

import (
	"bytes"
	"cmp"
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

// shownAtOnce is how much of a payload the details show before they are asked
// for the rest, in bytes.
const shownAtOnce = 1 << 20

// The tabs of the details, as they stand.
const (
	tabData = iota
	tabRaw
	tabConnection
	tabTiming
)

// details shows the selected record whole: its payload, its bytes, the
// connection that it came over, and when.
type details struct {
	w       *window
	content fyne.CanvasObject
	record  *record.Record // nil when none is selected
	whole   bool           // the rest of a large payload was asked for

	heading  *widget.Label
	tabs     *widget.RadioGroup
	original *widget.Check // JSON as it came, not indented
	hex      *widget.Check // Raw as a hex view
	rest     *button       // shows the rest of a large payload
	allow    *button       // allows the origin that a Notice tells of
	copyAll  *button
	text     *widgets.TextView
}

func newDetails(w *window) *details {
	d := &details{w: w}
	d.heading = widget.NewLabel("")
	d.heading.Truncation = fyne.TextTruncateEllipsis
	d.tabs = widget.NewRadioGroup(nil, nil)
	d.tabs.Horizontal, d.tabs.Required = true, true
	d.original = widget.NewCheck("", nil)
	d.hex = widget.NewCheck("", nil)
	d.rest = newButton(nil, func() {
		d.whole = true
		d.refresh()
	})
	d.allow = newButton(nil, func() { w.con.AllowOrigin(d.record.URL) })
	d.allow.Importance = widget.HighImportance
	d.copyAll = newButton(theme.ContentCopyIcon(), d.copy)
	d.text = widgets.NewTextView(w.fonts)
	d.text.SetTextSize(cmp.Or(w.con.Settings().LogTextSize, logTextSize))
	d.content = container.NewBorder(
		container.NewVBox(
			container.NewBorder(nil, nil, nil, container.NewHBox(d.allow, d.rest, d.copyAll), d.heading),
			container.NewThemeOverride(container.NewHBox(d.tabs, d.original, d.hex), compactTheme{})),
		nil, nil, nil, d.text)
	w.text(func() {
		tab := d.tab()
		d.tabs.Options = []string{
			w.words.T("details.data"), w.words.T("details.raw"), w.words.T("details.connection"), w.words.T("details.timing"),
		}
		d.tabs.Selected = d.tabs.Options[tab]
		d.tabs.Refresh()
		d.original.SetText(w.words.T("details.original"))
		d.hex.SetText(w.words.T("details.hex"))
		d.rest.SetText(w.words.T("details.rest"))
		d.copyAll.SetText(w.words.T("details.copy"))
		d.refresh()
	})
	d.tabs.OnChanged = func(string) { d.refresh() }
	d.original.OnChanged = func(bool) { d.refresh() }
	d.hex.OnChanged = func(bool) { d.refresh() }
	return d
}

// tab returns which tab is chosen.
func (d *details) tab() int {
	for i, option := range d.tabs.Options {
		if option == d.tabs.Selected {
			return i
		}
	}
	return tabData
}

// choose goes to a tab.
func (d *details) choose(tab int) { d.tabs.SetSelected(d.tabs.Options[tab]) }

// show shows a record, or with nil what to do to see one.
func (d *details) show(r *record.Record) {
	d.record, d.whole = r, false
	d.refresh()
}

func (d *details) refresh() {
	r, T := d.record, d.w.words.T
	setVisible(d.tabs, r != nil)
	setEnabled(d.copyAll, r != nil)
	setVisible(d.hex, r != nil && d.tab() == tabRaw)
	allow := r != nil && r.Kind == record.Notice && r.Type == console.RefusedOrigin && r.URL != ""
	setVisible(d.allow, allow)
	if allow {
		d.allow.SetText(T("details.allow_origin", "Origin", r.URL))
	}
	if r == nil {
		setVisible(d.original, false)
		setVisible(d.rest, false)
		d.heading.SetText(T("details.none"))
		d.text.SetText("")
		return
	}
	text, isJSON := d.shown()
	setVisible(d.original, isJSON)
	heading := d.w.words.join(T("kind."+r.Kind.String()), r.Time.Format(timeLayout), d.w.shownText(r.ClientID),
		rowType(r), d.w.shownText(rowID(r)))
	if payload, ok := payload(r); ok {
		heading = d.w.words.join(heading, d.w.words.size(int64(len(payload))))
	}
	cut := !d.whole && len(text) > shownAtOnce
	if cut {
		heading = d.w.words.join(heading, T("details.beginning", "Size", d.w.words.size(shownAtOnce)))
		text = text[:shownAtOnce]
	}
	setVisible(d.rest, cut)
	d.heading.SetText(heading)
	d.text.SetText(text)
}

// shown returns the text of the chosen tab, and whether it is JSON that may be
// shown indented or as it came.
func (d *details) shown() (text string, isJSON bool) {
	r, w := d.record, d.w.words
	switch d.tab() {
	case tabRaw:
		if d.hex.Checked {
			return hexView(r.Raw), false
		}
		return visibleBytes(r.Raw), false
	case tabConnection:
		return w.connection(d.w.log.connectionOf(r)), false
	case tabTiming:
		return w.timing(d.w.log.from, r), false
	}
	text, ok := payload(r)
	if r.Kind == record.Problem {
		return w.details(r) + "\n" + w.T("details.seen", "N", d.w.con.Seen(r)), false
	}
	if !ok {
		return w.details(r), false
	}
	if indented, ok := indentJSON(text); ok {
		if !d.original.Checked {
			text = indented
		}
		return text, true
	}
	return text, false
}

// indentJSON returns a JSON object or array indented, and whether text is one.
// What is too long to be shown at once stays as it is.
func indentJSON(text string) (string, bool) {
	if len(text) < 2 || len(text) > shownAtOnce || text[0] != '{' && text[0] != '[' {
		return "", false
	}
	var out bytes.Buffer
	if json.Indent(&out, []byte(text), "", "  ") != nil {
		return "", false
	}
	return out.String(), true
}

// copy copies all of what the chosen tab shows: a payload and bytes as they
// came, the rest as text.
func (d *details) copy() {
	if d.record == nil {
		return
	}
	text, ok := payload(d.record)
	switch {
	case d.tab() == tabRaw && !d.hex.Checked:
		text = string(d.record.Raw)
	case d.tab() != tabData || !ok:
		text, _ = d.shown()
	}
	d.w.app.Clipboard().SetContent(text)
}

func setVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}
