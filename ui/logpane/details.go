package logpane

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
	"sseconsole/ui/console/embedded"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

const (
	// MostShown bounds the text that the details show, in bytes: its wrapping
	// and what is found in it have to be kept. Copy and Save have all of it.
	MostShown = 64 << 20
	// inPassing is how much is made ready for showing without delay, in bytes.
	inPassing = 64 << 10
)

// The tabs of the details, as they stand.
const (
	tabData = iota
	TabRaw
	TabConnection
	TabTiming
)

// Details shows the selected record whole: its payload, its bytes, the
// connection that it came over, and when.
type Details struct {
	p       *Pane
	content fyne.CanvasObject
	record  *record.Record // nil when none is selected
	shows   int            // counts refreshes, so that what is late for one is left

	Heading  *widget.Label
	tabs     *widget.RadioGroup
	Original *widget.Check // JSON as it came, not indented
	Hex      *widget.Check // Raw as a hex view
	Allow    *kit.Button   // allows the origin that a Notice tells of
	CopyAll  *kit.Button
	Text     *widgets.TextView
	Find     *kit.FindBar
}

func newDetails(p *Pane) *Details {
	d := &Details{p: p}
	d.Heading = widget.NewLabel("")
	d.Heading.Truncation = fyne.TextTruncateEllipsis
	d.tabs = widget.NewRadioGroup(nil, nil)
	d.tabs.Horizontal, d.tabs.Required = true, true
	d.Original = widget.NewCheck("", nil)
	d.Hex = widget.NewCheck("", nil)
	d.Allow = kit.NewButton(nil, func() { p.con.Embedded.AllowOrigin(d.record.URL) })
	d.Allow.Importance = widget.HighImportance
	d.CopyAll = kit.NewButton(theme.ContentCopyIcon(), d.Copy)
	d.Text = widgets.NewTextView(p.k.Fonts)
	d.Text.Post = p.k.Post
	d.Find = kit.NewFindBar(p.k, d.Text)
	d.Text.SetTextSize(cmp.Or(p.con.Settings().LogTextSize, kit.LogTextSize))
	d.content = container.NewBorder(
		container.NewVBox(
			container.NewBorder(nil, nil, nil, container.NewHBox(d.Allow, d.Find.Open, d.CopyAll), d.Heading),
			container.NewHBox(d.tabs, d.Original, d.Hex)),
		d.Find.Content, nil, nil, d.Text)
	p.k.Text(func() {
		tab := d.Tab()
		d.tabs.Options = []string{
			p.k.T("details.data"), p.k.T("details.raw"), p.k.T("details.connection"), p.k.T("details.timing"),
		}
		d.tabs.Selected = d.tabs.Options[tab]
		d.tabs.Refresh()
		d.Original.SetText(p.k.T("details.original"))
		d.Hex.SetText(p.k.T("details.hex"))
		d.CopyAll.SetText(p.k.T("details.copy"))
		d.refresh()
	})
	d.tabs.OnChanged = func(string) { d.refresh() }
	d.Original.OnChanged = func(bool) { d.refresh() }
	d.Hex.OnChanged = func(bool) { d.refresh() }
	return d
}

// Tab returns which tab is chosen.
func (d *Details) Tab() int {
	for i, option := range d.tabs.Options {
		if option == d.tabs.Selected {
			return i
		}
	}
	return tabData
}

// Choose goes to a tab.
func (d *Details) Choose(tab int) { d.tabs.SetSelected(d.tabs.Options[tab]) }

// Show shows a record, or with nil what to do to see one.
func (d *Details) Show(r *record.Record) {
	d.record = r
	d.refresh()
}

func (d *Details) refresh() {
	r, T := d.record, d.p.k.T
	kit.SetVisible(d.tabs, r != nil)
	kit.SetEnabled(d.CopyAll, r != nil)
	kit.SetVisible(d.Hex, r != nil && d.Tab() == TabRaw)
	allow := r != nil && r.Kind == record.Notice && r.Type == embedded.RefusedOrigin && r.URL != ""
	kit.SetVisible(d.Allow, allow)
	if allow {
		d.Allow.SetText(T("details.allow_origin", "Origin", r.URL))
	}
	d.shows++
	if r == nil {
		kit.SetVisible(d.Original, false)
		d.Heading.SetText(T("details.none"))
		d.Text.SetText("")
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
	kit.SetVisible(d.Original, d.Tab() == tabData && hasPayload && looksLikeJSON(payload))
	if tab, most := d.Tab(), d.most(); tab == tabData && len(payload) > most || tab == TabRaw && len(r.Raw) > most {
		heading = wording.Of(d.p.k.Texts).Join(heading, T("details.beginning", "Size", d.p.k.Texts.Size(int64(most))))
	}
	d.Heading.SetText(heading)
	text, rest := d.shown()
	d.Text.SetText(text)
	if rest == nil {
		return
	}
	mine := d.shows
	d.p.k.Work(func() {
		text := rest()
		d.p.k.Post(func() {
			if d.shows == mine {
				d.Text.SetText(text)
			}
		})
	})
}

// most is how much of a payload or of bytes the chosen tab shows.
func (d *Details) most() int {
	if d.Tab() == TabRaw && d.Hex.Checked {
		return MostShown / 5 // a byte takes five
	}
	return MostShown
}

// shown returns the text of the chosen tab. If that takes long, it is one for
// the meantime, and rest makes the whole; rest may run on any goroutine.
func (d *Details) shown() (text string, rest func() string) {
	r, w := d.record, wording.Of(d.p.k.Texts)
	from := d.p.From
	switch d.Tab() {
	case TabRaw:
		show := visibleBytes
		if d.Hex.Checked {
			show = HexView
		}
		raw := r.Raw[:min(len(r.Raw), d.most())]
		if len(raw) <= inPassing {
			return show(raw), nil
		}
		return show(raw[:inPassing]), func() string { return show(raw) }
	case TabConnection:
		return "", func() string { return w.Connection(d.p.Model.Connection(r, math.MaxInt)) }
	case TabTiming:
		return "", func() string { return timingText(w, from, r) }
	}
	text, ok := wording.Payload(r)
	switch {
	case r.Kind == record.Problem:
		return w.Details(r) + "\n" + w.T("details.seen", "N", d.p.con.Intake.Seen(r)), nil
	case !ok:
		return w.Details(r), nil
	case len(text) > MostShown:
		return text[:MostShown], nil
	case d.Original.Checked || !looksLikeJSON(text):
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

// Copy copies all of what the chosen tab shows: a payload and bytes as they
// came, the rest as text.
func (d *Details) Copy() {
	if d.record == nil {
		return
	}
	text, ok := wording.Payload(d.record)
	var rest func() string
	switch {
	case d.Tab() == TabRaw && d.Hex.Checked:
		raw := d.record.Raw
		rest = func() string { return HexView(raw) }
	case d.Tab() == TabRaw:
		text = string(d.record.Raw)
	case d.Tab() != tabData || !ok:
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
