package details

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// The tabs of the details, in display order.
const (
	TabData = iota
	TabRaw
	TabConnection
	TabTiming
)

// Config is what the details need from the log.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	From func() logmodel.Records // returns the records of the run that is shown
	// Connection returns the request and the response of a record's connection, nil if
	// there is none. Any goroutine may call it.
	Connection func(r *record.Record) (request, response *record.Record)
}

// Details shows everything about a record: its data, its bytes, its connection and its
// timing.
type Details struct {
	cfg     Config
	k       *kit.Kit
	Content fyne.CanvasObject
	record  *record.Record // nil if none is selected
	cancel  func()         // stops the work for the previous text; never nil

	Heading  *widget.Label
	Note     *widget.Label // says what is missing in the text, or why it is not indented
	tabs     *widget.RadioGroup
	original *widget.Check // show JSON unformatted
	hex      *widget.Check // show TabRaw as a hex view
	Allow    *kit.Button   // allows the origin that was refused
	copyAll  *kit.Button
	Text     *widgets.TextView
	find     *kit.FindBar
}

// New returns details that show no record yet.
func New(cfg Config) *Details {
	d := &Details{cfg: cfg, k: cfg.Kit, cancel: func() {}}
	d.Heading = widget.NewLabel("")
	d.Heading.Truncation = fyne.TextTruncateEllipsis
	d.Note = widget.NewLabel("")
	d.Note.Wrapping = fyne.TextWrapWord
	d.Note.Hide()
	d.tabs = widget.NewRadioGroup(nil, nil)
	d.tabs.Horizontal, d.tabs.Required = true, true
	d.original = widget.NewCheck("", nil)
	d.hex = widget.NewCheck("", nil)
	d.Allow = kit.NewButton(nil, d.AllowOrigin)
	d.Allow.Importance = widget.HighImportance
	d.copyAll = kit.NewButton(theme.ContentCopyIcon(), d.Copy)
	d.Text = widgets.NewTextView(d.k.Fonts)
	d.Text.Post = d.k.Post
	d.find = kit.NewFindBar(d.k, d.Text)
	d.Text.SetTextSize(cmp.Or(cfg.Console.Settings().LogTextSize, kit.LogTextSize))
	d.Content = container.NewBorder(
		container.NewVBox(
			container.NewBorder(nil, nil, nil, container.NewHBox(d.Allow, d.find.Open, d.copyAll), d.Heading),
			container.NewHBox(d.tabs, d.original, d.hex), d.Note),
		d.find.Content, nil, nil, d.Text)
	d.k.Text(func() {
		tab := d.Tab()
		d.tabs.Options = []string{
			d.k.T("details.data"), d.k.T("details.raw"), d.k.T("details.connection"), d.k.T("details.timing"),
		}
		d.tabs.Selected = d.tabs.Options[tab]
		d.tabs.Refresh()
		d.original.SetText(d.k.T("details.original"))
		d.hex.SetText(d.k.T("details.hex"))
		d.copyAll.SetText(d.k.T("details.copy"))
		d.Refresh()
	})
	d.tabs.OnChanged = func(string) { d.Refresh() }
	d.original.OnChanged = func(bool) { d.Refresh() }
	d.hex.OnChanged = func(bool) { d.Refresh() }
	return d
}

// Record returns the record that is shown, or nil.
func (d *Details) Record() *record.Record { return d.record }

// Tab returns the chosen tab.
func (d *Details) Tab() int {
	for i, option := range d.tabs.Options {
		if option == d.tabs.Selected {
			return i
		}
	}
	return TabData
}

// Choose shows a tab.
func (d *Details) Choose(tab int) { d.tabs.SetSelected(d.tabs.Options[tab]) }

// Show shows a record; nil shows a hint.
func (d *Details) Show(r *record.Record) {
	d.record = r
	d.Refresh()
}

// Refresh shows the record again, with the chosen tab and options.
func (d *Details) Refresh() {
	r, T := d.record, d.k.T
	kit.SetVisible(d.tabs, r != nil)
	kit.SetEnabled(d.copyAll, r != nil)
	kit.SetVisible(d.hex, r != nil && d.Tab() == TabRaw)
	allow := r != nil && r.Notice() == record.NoticeRefusedOrigin && r.Subject != ""
	kit.SetVisible(d.Allow, allow)
	if allow {
		d.Allow.SetText(T("details.allow_origin", "Origin", d.k.Heading(r.Subject)))
	}
	d.cancel()
	if r == nil {
		kit.SetVisible(d.original, false)
		d.Heading.SetText(T("details.none"))
		d.set(shown{})
		return
	}
	payload, hasPayload := wording.Payload(r)
	kit.SetVisible(d.original, d.Tab() == TabData && hasPayload && looksLikeJSON(payload))
	d.Heading.SetText(wording.Of(d.k.Texts).Heading(r, d.k.Heading))
	now, rest := d.shown()
	d.set(now)
	if rest == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.cancel = cancel
	d.k.Work(func() {
		text := rest(ctx)
		d.k.Post(func() {
			if ctx.Err() == nil {
				d.set(text)
			}
		})
	})
}

// set shows a text and its note.
func (d *Details) set(s shown) {
	d.Text.SetText(s.text)
	d.Note.SetText(s.note)
	kit.SetVisible(d.Note, s.note != "")
}

// shown returns the text of the chosen tab. If it takes long to make, now is a
// preliminary text and rest makes the final one; rest may be called on any goroutine
// and returns early when ctx is done. Otherwise rest is nil.
func (d *Details) shown() (now shown, rest func(ctx context.Context) shown) {
	r, w := d.record, wording.Of(d.k.Texts)
	from, con := d.cfg.From(), d.cfg.Console
	text, hasPayload := wording.Payload(r)
	switch tab := d.Tab(); {
	case tab == TabRaw:
		show, note := visibleBytes, "details.beginning"
		if d.hex.Checked {
			show, note = hexView, "details.beginning_hex"
		}
		raw := r.Raw
		if len(raw) <= atOnce {
			text, taken := show(context.Background(), raw, MostShown)
			return beginning(w, note, text, taken), nil
		}
		now.text, _ = show(context.Background(), raw[:atOnce], MostShown)
		return now, func(ctx context.Context) shown {
			text, taken := show(ctx, raw, MostShown)
			return beginning(w, note, text, taken)
		}
	case tab == TabConnection:
		connection := d.cfg.Connection
		return now, func(context.Context) shown { return whole(w, w.Connection(connection(r))) }
	case tab == TabTiming:
		return now, func(context.Context) shown { return whole(w, w.Timing(r, timing(from, r))) }
	case !hasPayload:
		about := func() shown {
			text := w.Details(r)
			if r.Kind == record.Problem {
				text += "\n" + w.T("details.seen", "N", con.Intake.Seen(r))
			}
			return whole(w, text)
		}
		if wording.Weight(r) <= atOnce {
			return about(), nil
		}
		return now, func(context.Context) shown { return about() }
	case d.original.Checked || !looksLikeJSON(text):
		return whole(w, text), nil
	case len(text) <= indentAtOnce:
		return indented(w, context.Background(), text), nil
	}
	return whole(w, text), func(ctx context.Context) shown { return indented(w, ctx, text) }
}

// AllowOrigin allows the origin that the record says was refused, if any.
func (d *Details) AllowOrigin() {
	if d.Allow.Visible() {
		d.cfg.Console.Embedded.AllowOrigin(d.record.Subject)
	}
}

// Copy copies all of what the chosen tab shows: data and bytes as received, the rest
// as text. A hex view, five times as long as its bytes, is copied only as far as it is
// shown, as the note says.
func (d *Details) Copy() {
	if d.record == nil {
		return
	}
	now, hasPayload := wording.Payload(d.record)
	var rest func(context.Context) shown
	switch {
	case d.Tab() == TabRaw && !d.hex.Checked:
		now = string(d.record.Raw)
	case d.Tab() != TabData || !hasPayload:
		var s shown
		s, rest = d.shown()
		now = s.text
	}
	if rest == nil {
		d.copy(now)
		return
	}
	d.k.Work(func() { // the text shown may still be incomplete
		text := rest(context.Background()).text
		d.k.Post(func() { d.copy(text) })
	})
}

func (d *Details) copy(text string) {
	d.k.Copy(text, d.k.T("toast.copied", "Size", d.k.Texts.Size(int64(len(text)))))
}
