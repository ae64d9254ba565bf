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
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
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
	p       *logPane
	content fyne.CanvasObject
	record  *record.Record // nil when none is selected
	shows   int            // counts refreshes, so that what is late for one is left

	heading  *widget.Label
	tabs     *widget.RadioGroup
	original *widget.Check // JSON as it came, not indented
	hex      *widget.Check // Raw as a hex view
	allow    *kit.Button   // allows the origin that a Notice tells of
	copyAll  *kit.Button
	text     *widgets.TextView
	find     *kit.FindBar
}

func newDetails(p *logPane) *details {
	d := &details{p: p}
	d.heading = widget.NewLabel("")
	d.heading.Truncation = fyne.TextTruncateEllipsis
	d.tabs = widget.NewRadioGroup(nil, nil)
	d.tabs.Horizontal, d.tabs.Required = true, true
	d.original = widget.NewCheck("", nil)
	d.hex = widget.NewCheck("", nil)
	d.allow = kit.NewButton(nil, func() { p.con.AllowOrigin(d.record.URL) })
	d.allow.Importance = widget.HighImportance
	d.copyAll = kit.NewButton(theme.ContentCopyIcon(), d.copy)
	d.text = widgets.NewTextView(p.k.Fonts)
	d.text.Post = p.k.Post
	d.find = kit.NewFindBar(p.k, d.text)
	d.text.SetTextSize(cmp.Or(p.con.Settings().LogTextSize, kit.LogTextSize))
	d.content = container.NewBorder(
		container.NewVBox(
			container.NewBorder(nil, nil, nil, container.NewHBox(d.allow, d.find.Open, d.copyAll), d.heading),
			container.NewHBox(d.tabs, d.original, d.hex)),
		d.find.Content, nil, nil, d.text)
	p.k.Text(func() {
		tab := d.tab()
		d.tabs.Options = []string{
			p.k.T("details.data"), p.k.T("details.raw"), p.k.T("details.connection"), p.k.T("details.timing"),
		}
		d.tabs.Selected = d.tabs.Options[tab]
		d.tabs.Refresh()
		d.original.SetText(p.k.T("details.original"))
		d.hex.SetText(p.k.T("details.hex"))
		d.copyAll.SetText(p.k.T("details.copy"))
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
	r, T := d.record, d.p.k.T
	kit.SetVisible(d.tabs, r != nil)
	kit.SetEnabled(d.copyAll, r != nil)
	kit.SetVisible(d.hex, r != nil && d.tab() == tabRaw)
	allow := r != nil && r.Kind == record.Notice && r.Type == console.RefusedOrigin && r.URL != ""
	kit.SetVisible(d.allow, allow)
	if allow {
		d.allow.SetText(T("details.allow_origin", "Origin", r.URL))
	}
	d.shows++
	if r == nil {
		kit.SetVisible(d.original, false)
		d.heading.SetText(T("details.none"))
		d.text.SetText("")
		return
	}
	heading := wording.Of(d.p.k.Texts).Join(T("kind."+r.Kind.String()), r.Time.Format(wording.TimeLayout), d.p.k.ShownText(r.ClientID),
		wording.RowType(r), d.p.k.ShownText(wording.RowID(r)))
	payload, hasPayload := wording.Payload(r)
	if hasPayload {
		heading = wording.Of(d.p.k.Texts).Join(heading, d.p.k.Texts.Size(int64(len(payload))))
	}
	if r.Kind == record.Event && r.Took > 0 {
		heading = wording.Of(d.p.k.Texts).Join(heading, T("details.took", "Took", wording.Of(d.p.k.Texts).Took(r)))
	}
	kit.SetVisible(d.original, d.tab() == tabData && hasPayload && looksLikeJSON(payload))
	if tab, most := d.tab(), d.most(); tab == tabData && len(payload) > most || tab == tabRaw && len(r.Raw) > most {
		heading = wording.Of(d.p.k.Texts).Join(heading, T("details.beginning", "Size", d.p.k.Texts.Size(int64(most))))
	}
	d.heading.SetText(heading)
	text, rest := d.shown()
	d.text.SetText(text)
	if rest == nil {
		return
	}
	mine := d.shows
	d.p.k.Work(func() {
		text := rest()
		d.p.k.Post(func() {
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
	r, w := d.record, wording.Of(d.p.k.Texts)
	from := d.p.from
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
		return "", func() string { return w.Connection(d.p.model.Connection(r, math.MaxInt)) }
	case tabTiming:
		return "", func() string { return timingText(w, from, r) }
	}
	text, ok := wording.Payload(r)
	switch {
	case r.Kind == record.Problem:
		return w.Details(r) + "\n" + w.T("details.seen", "N", d.p.con.Seen(r)), nil
	case !ok:
		return w.Details(r), nil
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
	text, ok := wording.Payload(d.record)
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
		d.p.k.App.Clipboard().SetContent(text)
		return
	}
	d.p.k.Work(func() { // what is shown may be a part of it yet
		text := rest()
		d.p.k.Post(func() { d.p.k.App.Clipboard().SetContent(text) })
	})
}
