package ui

import (
	"bytes"
	"cmp"
	"encoding/json"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
)

const (
	// mostShown bounds the text that the details show, in bytes: its wrapping
	// and what is found in it have to be kept. Copy and Save have all of it.
	mostShown = 64 << 20
	// inPassing is how much is made ready for showing without delay, in bytes.
	inPassing = 64 << 10
)

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
	shows   int            // counts refreshes, so that what is late for one is left

	heading  *widget.Label
	tabs     *widget.RadioGroup
	original *widget.Check // JSON as it came, not indented
	hex      *widget.Check // Raw as a hex view
	allow    *button       // allows the origin that a Notice tells of
	copyAll  *button
	text     *widgets.TextView
	find     *findBar
}

func newDetails(w *window) *details {
	d := &details{w: w}
	d.heading = widget.NewLabel("")
	d.heading.Truncation = fyne.TextTruncateEllipsis
	d.tabs = widget.NewRadioGroup(nil, nil)
	d.tabs.Horizontal, d.tabs.Required = true, true
	d.original = widget.NewCheck("", nil)
	d.hex = widget.NewCheck("", nil)
	d.allow = newButton(nil, func() { w.con.AllowOrigin(d.record.URL) })
	d.allow.Importance = widget.HighImportance
	d.copyAll = newButton(theme.ContentCopyIcon(), d.copy)
	d.text = widgets.NewTextView(w.k.fonts)
	d.text.Post = w.k.post
	d.find = newFindBar(w.k, d.text)
	d.text.SetTextSize(cmp.Or(w.con.Settings().LogTextSize, logTextSize))
	d.content = container.NewBorder(
		container.NewVBox(
			container.NewBorder(nil, nil, nil, container.NewHBox(d.allow, d.find.open, d.copyAll), d.heading),
			container.NewHBox(d.tabs, d.original, d.hex)),
		d.find.content, nil, nil, d.text)
	w.k.text(func() {
		tab := d.tab()
		d.tabs.Options = []string{
			w.k.T("details.data"), w.k.T("details.raw"), w.k.T("details.connection"), w.k.T("details.timing"),
		}
		d.tabs.Selected = d.tabs.Options[tab]
		d.tabs.Refresh()
		d.original.SetText(w.k.T("details.original"))
		d.hex.SetText(w.k.T("details.hex"))
		d.copyAll.SetText(w.k.T("details.copy"))
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
	d.record = r
	d.refresh()
}

func (d *details) refresh() {
	r, T := d.record, d.w.k.T
	setVisible(d.tabs, r != nil)
	setEnabled(d.copyAll, r != nil)
	setVisible(d.hex, r != nil && d.tab() == tabRaw)
	allow := r != nil && r.Kind == record.Notice && r.Type == console.RefusedOrigin && r.URL != ""
	setVisible(d.allow, allow)
	if allow {
		d.allow.SetText(T("details.allow_origin", "Origin", r.URL))
	}
	d.shows++
	if r == nil {
		setVisible(d.original, false)
		d.heading.SetText(T("details.none"))
		d.text.SetText("")
		return
	}
	heading := wordsOf(d.w.k.texts).join(T("kind."+r.Kind.String()), r.Time.Format(timeLayout), d.w.k.shownText(r.ClientID),
		rowType(r), d.w.k.shownText(rowID(r)))
	payload, hasPayload := payload(r)
	if hasPayload {
		heading = wordsOf(d.w.k.texts).join(heading, d.w.k.texts.size(int64(len(payload))))
	}
	if r.Kind == record.Event && r.Took > 0 {
		heading = wordsOf(d.w.k.texts).join(heading, T("details.took", "Took", wordsOf(d.w.k.texts).took(r)))
	}
	setVisible(d.original, d.tab() == tabData && hasPayload && looksLikeJSON(payload))
	if tab, most := d.tab(), d.most(); tab == tabData && len(payload) > most || tab == tabRaw && len(r.Raw) > most {
		heading = wordsOf(d.w.k.texts).join(heading, T("details.beginning", "Size", d.w.k.texts.size(int64(most))))
	}
	d.heading.SetText(heading)
	text, rest := d.shown()
	d.text.SetText(text)
	if rest == nil {
		return
	}
	mine := d.shows
	d.w.k.work(func() {
		text := rest()
		d.w.k.post(func() {
			if d.shows == mine {
				d.text.SetText(text)
			}
		})
	})
}

// most is how much of a payload or of bytes the chosen tab shows.
func (d *details) most() int {
	if d.tab() == tabRaw && d.hex.Checked {
		return mostShown / 5 // a byte takes five
	}
	return mostShown
}

// shown returns the text of the chosen tab. If that takes long, it is one for
// the meantime, and rest makes the whole; rest may run on any goroutine.
func (d *details) shown() (text string, rest func() string) {
	r, w := d.record, wordsOf(d.w.k.texts)
	from := d.w.log.from
	switch d.tab() {
	case tabRaw:
		show := visibleBytes
		if d.hex.Checked {
			show = hexView
		}
		raw := r.Raw[:min(len(r.Raw), d.most())]
		if len(raw) <= inPassing {
			return show(raw), nil
		}
		return show(raw[:inPassing]), func() string { return show(raw) }
	case tabConnection:
		return "", func() string { return w.connection(d.w.log.model.Connection(r, math.MaxInt)) }
	case tabTiming:
		return "", func() string { return timingText(w, from, r) }
	}
	text, ok := payload(r)
	switch {
	case r.Kind == record.Problem:
		return w.details(r) + "\n" + w.T("details.seen", "N", d.w.con.Seen(r)), nil
	case !ok:
		return w.details(r), nil
	case len(text) > mostShown:
		return text[:mostShown], nil
	case d.original.Checked || !looksLikeJSON(text):
		return text, nil
	case len(text) <= inPassing:
		return indentJSON(text), nil
	}
	return text, func() string { return indentJSON(text) }
}

// looksLikeJSON tells whether a text may be a JSON object or array, by its ends.
func looksLikeJSON(text string) bool {
	text = strings.TrimSpace(text[:min(len(text), 64)]) + strings.TrimSpace(text[max(0, len(text)-64):])
	return text != "" && (text[0] == '{' && text[len(text)-1] == '}' || text[0] == '[' && text[len(text)-1] == ']')
}

// indentJSON returns JSON indented, its keys and numbers as they are, and what
// is none as it is.
func indentJSON(text string) string {
	var out bytes.Buffer
	if json.Indent(&out, []byte(text), "", "  ") != nil {
		return text
	}
	return out.String()
}

// copy copies all of what the chosen tab shows: a payload and bytes as they
// came, the rest as text.
func (d *details) copy() {
	if d.record == nil {
		return
	}
	text, ok := payload(d.record)
	var rest func() string
	switch {
	case d.tab() == tabRaw && d.hex.Checked:
		raw := d.record.Raw
		rest = func() string { return hexView(raw) }
	case d.tab() == tabRaw:
		text = string(d.record.Raw)
	case d.tab() != tabData || !ok:
		text, rest = d.shown()
	}
	if rest == nil {
		d.w.k.app.Clipboard().SetContent(text)
		return
	}
	d.w.k.work(func() { // what is shown may be a part of it yet
		text := rest()
		d.w.k.post(func() { d.w.k.app.Clipboard().SetContent(text) })
	})
}
