package ui

import (
	"cmp"
	"context"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/widgets"
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
	cancel  func()         // ends the work for what was shown before; never nil

	heading  *widget.Label
	note     *widget.Label // what of the text is missing or not as it might be
	tabs     *widget.RadioGroup
	original *widget.Check // JSON as it came, not indented
	hex      *widget.Check // Raw as a hex view
	allow    *button       // allows the origin that a Notice tells of
	copyAll  *button
	text     *widgets.TextView
	find     *findBar
}

func newDetails(w *window) *details {
	d := &details{w: w, cancel: func() {}}
	d.heading = widget.NewLabel("")
	d.heading.Truncation = fyne.TextTruncateEllipsis
	d.note = widget.NewLabel("")
	d.note.Wrapping = fyne.TextWrapWord
	d.note.Hide()
	d.tabs = widget.NewRadioGroup(nil, nil)
	d.tabs.Horizontal, d.tabs.Required = true, true
	d.original = widget.NewCheck("", nil)
	d.hex = widget.NewCheck("", nil)
	d.allow = newButton(nil, func() { w.con.AllowOrigin(d.record.URL) })
	d.allow.Importance = widget.HighImportance
	d.copyAll = newButton(theme.ContentCopyIcon(), d.copy)
	d.text = widgets.NewTextView(w.fonts)
	d.text.Post = w.post
	d.find = newFindBar(w, d.text)
	d.text.SetTextSize(cmp.Or(w.con.Settings().LogTextSize, logTextSize))
	d.content = container.NewBorder(
		container.NewVBox(
			container.NewBorder(nil, nil, nil, container.NewHBox(d.allow, d.find.open, d.copyAll), d.heading),
			container.NewHBox(d.tabs, d.original, d.hex), d.note),
		d.find.content, nil, nil, d.text)
	w.text(func() {
		tab := d.tab()
		d.tabs.Options = []string{
			w.words.T("details.data"), w.words.T("details.raw"), w.words.T("details.connection"), w.words.T("details.timing"),
		}
		d.tabs.Selected = d.tabs.Options[tab]
		d.tabs.Refresh()
		d.original.SetText(w.words.T("details.original"))
		d.hex.SetText(w.words.T("details.hex"))
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
	d.record = r
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
		d.allow.SetText(T("details.allow_origin", "Origin", d.w.heading(r.URL)))
	}
	d.cancel()
	if r == nil {
		setVisible(d.original, false)
		d.heading.SetText(T("details.none"))
		d.set(shown{})
		return
	}
	heading := d.w.words.join(T("kind."+r.Kind.String()), r.Time.Format(timeLayout), d.w.heading(r.ClientID),
		d.w.heading(rowType(r)), d.w.heading(rowID(r)))
	payload, hasPayload := payload(r)
	if hasPayload {
		heading = d.w.words.join(heading, d.w.words.size(int64(len(payload))))
	}
	if r.Kind == record.Event && r.Took > 0 {
		heading = d.w.words.join(heading, T("details.took", "Took", d.w.words.took(r)))
	}
	setVisible(d.original, d.tab() == tabData && hasPayload && looksLikeJSON(payload))
	d.heading.SetText(heading)
	now, rest := d.shown()
	d.set(now)
	if rest == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	d.w.work(func() {
		text := rest(ctx)
		d.w.post(func() {
			if ctx.Err() == nil {
				d.set(text)
			}
		})
	})
}

// set shows a text and what is to be said of it.
func (d *details) set(s shown) {
	d.text.SetText(s.text)
	d.note.SetText(s.note)
	setVisible(d.note, s.note != "")
}

// shown returns the text of the chosen tab. If making it takes long, now is for
// the meantime and rest makes it, on any goroutine; it returns early when ctx is
// done.
func (d *details) shown() (now shown, rest func(ctx context.Context) shown) {
	r, w := d.record, d.w.words
	from, con := d.w.log.from, d.w.con
	text, hasPayload := payload(r)
	switch tab := d.tab(); {
	case tab == tabRaw:
		show := visibleBytes
		if d.hex.Checked {
			show = hexView
		}
		raw := r.Raw
		if len(raw) <= inPassing {
			return w.beginning(show(context.Background(), raw, mostShown)), nil
		}
		now.text, _ = show(context.Background(), raw[:inPassing], mostShown)
		return now, func(ctx context.Context) shown { return w.beginning(show(ctx, raw, mostShown)) }
	case tab == tabConnection:
		connection := d.w.log.model.Connection
		return now, func(context.Context) shown { return w.whole(w.connection(connection(r, math.MaxInt))) }
	case tab == tabTiming:
		return now, func(context.Context) shown { return w.whole(w.timing(from, r)) }
	case !hasPayload:
		about := func() shown {
			text := w.details(r)
			if r.Kind == record.Problem {
				text += "\n" + w.T("details.seen", "N", con.Seen(r))
			}
			return w.whole(text)
		}
		if weight(r) <= inPassing {
			return about(), nil
		}
		return now, func(context.Context) shown { return about() }
	case d.original.Checked || !looksLikeJSON(text):
		return w.whole(text), nil
	case len(text) <= laidOutInPassing:
		return w.laidOut(context.Background(), text), nil
	}
	return w.whole(text), func(ctx context.Context) shown { return w.laidOut(ctx, text) }
}

// copy copies all of what the chosen tab shows: a payload and bytes as they
// came, the rest as text.
func (d *details) copy() {
	if d.record == nil {
		return
	}
	now, hasPayload := payload(d.record)
	raw := d.record.Raw
	var rest func(context.Context) shown
	switch {
	case d.tab() == tabRaw && d.hex.Checked:
		rest = func(ctx context.Context) shown {
			text, _ := hexView(ctx, raw, math.MaxInt)
			return shown{text: text}
		}
	case d.tab() == tabRaw:
		now = string(raw)
	case d.tab() != tabData || !hasPayload:
		var s shown
		s, rest = d.shown()
		now = s.text
	}
	if rest == nil {
		d.w.app.Clipboard().SetContent(now)
		return
	}
	d.w.work(func() { // what is shown may be a part of it yet
		text := rest(context.Background()).text
		d.w.post(func() { d.w.app.Clipboard().SetContent(text) })
	})
}

func setVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}
