package details

import (
	"cmp"
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/pretty"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/look"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// The tabs of the details, in display order.
const (
	TabData = iota
	TabRaw
	TabConnection
	TabTiming
	tabs
)

// Config is what the details need from the log.
type Config struct {
	Kit     *kit.Kit
	Console *console.Console

	From func() logmodel.Records // returns the records of the run that is shown
	// Connection returns the request and the response of a record's connection, nil if
	// there is none. Any goroutine may call it.
	Connection func(r *record.Record) (request, response *record.Record)
	Close      func() // hides the details
	// FilterBy puts a line into the filter bar.
	FilterBy func(line string)
}

// Details shows everything about a record: its data, its bytes, its connection and its
// timing.
type Details struct {
	cfg     Config
	k       *kit.Kit
	Content *fyne.Container
	frame   *frame
	record  *record.Record // nil if none is selected
	left    left           // what was shown before record became nil
	shown   shown
	value   value
	cancel  func() // stops the work for the previous text; never nil

	Heading  *widget.Label
	Note     *widget.Label // says what is missing in the text, or why it is not laid out
	goThere  *kit.Button   // shows where the text is broken
	tabs     *kit.TabBar
	original *widget.Check // show the text unformatted
	hex      *widget.Check // show TabRaw as a hex view
	Allow    *kit.Button   // allows the origin that was refused
	Text     *widgets.TextView
	inside   *insidePanel
	middle   *container.Split // the text and what is inside it
	find     *kit.FindBar

	path     *widget.Label // of the value at the caret
	FilterBy *kit.Button
	copies   *kit.Button
	Close    *kit.Button
}

// New returns details that show no record yet.
func New(cfg Config) *Details {
	d := &Details{cfg: cfg, k: cfg.Kit, cancel: func() {}, shown: plain("", "")}
	d.Heading = widget.NewLabel("")
	d.Heading.Truncation = fyne.TextTruncateEllipsis
	d.Note = widget.NewLabel("")
	d.Note.Wrapping = fyne.TextWrapWord
	d.goThere = kit.NewButton(nil, func() {
		d.Text.SetCaret(d.shown.broken)
		d.k.Win.Canvas().Focus(d.Text)
	})
	pages := make([]fyne.CanvasObject, tabs)
	for i := range pages {
		pages[i] = container.NewWithoutLayout() // all tabs show one text
	}
	d.tabs = kit.NewTabBar(d.Refresh, pages...)
	d.original = widget.NewCheck("", func(bool) { d.Refresh() })
	d.hex = widget.NewCheck("", func(bool) { d.Refresh() })
	d.Allow = kit.NewButton(nil, d.AllowOrigin)
	d.Allow.Importance = widget.HighImportance

	d.Text = widgets.NewTextView(d.k.Fonts)
	d.Text.Post = d.k.Post
	d.Text.SetTextSize(cmp.Or(cfg.Console.Settings().LogTextSize, look.LogTextSize))
	d.Text.OnCaret = d.follow
	d.Text.OnMenu = d.menu
	d.find = kit.NewFindBar(d.k, d.Text)
	d.inside = newInsidePanel(d)
	d.middle = container.NewVSplit(d.Text, d.inside.content)
	d.middle.Offset = 0.55

	d.path = widget.NewLabel("")
	d.path.Truncation = fyne.TextTruncateEllipsis
	d.FilterBy = kit.NewButton(nil, d.FilterByThis)
	d.copies = kit.NewButton(theme.MenuDropDownIcon(), d.copyMenu)
	d.copies.IconPlacement = widget.ButtonIconTrailingText
	d.Close = kit.NewButton(theme.CancelIcon(), cfg.Close)
	d.Close.Importance = widget.LowImportance

	d.frame = &frame{
		d:       d,
		tabs:    container.NewHBox(d.tabs.Content, d.original, d.hex),
		note:    kit.Border(nil, nil, nil, container.NewVBox(d.goThere), d.Note),
		buttons: container.NewHBox(d.FilterBy, d.copies, d.find.Open),
	}
	d.frame.note.Hide()
	d.find.Shown = d.arrange
	d.Content = container.New(d.frame, d.Heading, d.Allow, d.Close, d.frame.tabs, d.frame.note, d.middle, d.find.Content, d.path, d.frame.buttons)
	d.k.Text(d.setTexts)
	return d
}

func (d *Details) setTexts() {
	T := d.k.T
	for i, text := range []string{T("details.data"), T("details.raw"), T("details.connection"), T("details.timing")} {
		d.tabs.Buttons[i].SetText(text)
	}
	d.goThere.SetText(T("details.go_there"))
	d.original.SetText(T("details.original"))
	d.hex.SetText(T("details.hex"))
	d.copies.SetText(T("details.copy"))
	d.Close.SetTip(T("details.close"))
	d.FilterBy.SetText(T("details.filter_by"))
	d.Refresh()
}

// Record returns the record that is shown, or nil.
func (d *Details) Record() *record.Record { return d.record }

// Tab returns the chosen tab.
func (d *Details) Tab() int { return d.tabs.Chosen }

// Choose shows a tab.
func (d *Details) Choose(tab int) { d.tabs.Choose(tab) }

// SetTextSize sets the size of all text that may be long.
func (d *Details) SetTextSize(size float32) {
	d.Text.SetTextSize(size)
	d.inside.text.SetTextSize(size)
}

// left is the number of a record that is no longer shown, and the place in its text.
type left struct {
	seq   int64
	place widgets.Place
}

// Show shows a record; nil shows a hint. A record that is shown again after nothing, as
// when the rows are filtered, is shown as it was left.
func (d *Details) Show(r *record.Record) {
	if r != d.record {
		d.inside.clear()
	}
	switch {
	case r == nil && d.record != nil:
		d.left = left{d.record.Seq, d.Text.Place()}
	case r != nil && r.Seq != d.left.seq:
		d.left = left{}
	}
	d.record = r
	d.Refresh()
}

// Refresh shows the record again, with the chosen tab and options.
func (d *Details) Refresh() {
	r, T := d.record, d.k.T
	kit.SetEnabled(d.copies, r != nil)
	kit.SetVisible(d.hex, r != nil && d.Tab() == TabRaw)
	allow := r != nil && r.Notice() == record.NoticeRefusedOrigin && r.Subject != ""
	kit.SetVisible(d.Allow, allow)
	if allow {
		d.Allow.SetText(T("details.allow_origin", "Origin", d.k.Heading(r.Subject)))
	}
	d.cancel()
	if r == nil {
		d.Heading.SetText(T("details.none"))
		d.set(plain("", ""))
		return
	}
	d.Heading.SetText(wording.Of(d.k.Texts).Heading(r, d.k.Heading))
	now, rest := d.texts()
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
	d.shown = s
	d.Text.SetStyled(s.text, s.style())
	if d.record != nil && d.record.Seq == d.left.seq && d.Text.GoBack(d.left.place) {
		d.left = left{}
	}
	kit.SetVisible(d.original, s.syntax != pretty.Plain || d.original.Checked && d.syntax() != pretty.Plain)
	d.showNote(s.note, s.broken >= 0)
	d.follow()
	d.inside.first()
}

// syntax returns the syntax of what the chosen tab can lay out.
func (d *Details) syntax() pretty.Syntax {
	if d.record == nil || d.Tab() != TabData {
		return pretty.Plain
	}
	text, _ := body(d.record)
	return pretty.SyntaxOf(text)
}

// texts returns the text of the chosen tab. If it takes long to make, now is a preliminary
// text and rest makes the final one; rest may be called on any goroutine and returns early
// when ctx is done. Otherwise rest is nil.
func (d *Details) texts() (now shown, rest func(ctx context.Context) shown) {
	r, w := d.record, wording.Of(d.k.Texts)
	from, con := d.cfg.From(), d.cfg.Console
	now = plain("", "")
	syntax := d.syntax()
	if d.original.Checked {
		syntax = pretty.Plain
	}
	switch text, hasPayload := wording.Payload(r); {
	case d.Tab() == TabRaw:
		return d.bytes()
	case d.Tab() == TabConnection:
		connection := d.cfg.Connection
		return now, func(context.Context) shown { return whole(w, w.Connection(connection(r))) }
	case d.Tab() == TabTiming:
		return now, func(context.Context) shown { return whole(w, w.Timing(r, timing(from, r))) }
	case !hasPayload:
		build := func(ctx context.Context) shown {
			s := about(w, ctx, r, syntax)
			if r.Kind == record.Problem {
				s.text += "\n" + w.T("details.seen", "N", con.Intake.Seen(r))
			}
			return s
		}
		if wording.Weight(r) <= layOutAtOnce || syntax == pretty.Plain && wording.Weight(r) <= atOnce {
			return build(context.Background()), nil
		}
		return now, build
	case syntax == pretty.Plain:
		return whole(w, text), nil
	case len(text) <= layOutAtOnce:
		return laidOut(w, context.Background(), syntax, text), nil
	default:
		if begin := pretty.Beginning(syntax, text, layOutAtOnce); begin != "" {
			now = shown{text: begin, syntax: syntax, broken: -1}
		} else {
			now = whole(w, text)
		}
		return now, func(ctx context.Context) shown { return laidOut(w, ctx, syntax, text) }
	}
}

// bytes is texts for TabRaw.
func (d *Details) bytes() (now shown, rest func(ctx context.Context) shown) {
	w, raw := wording.Of(d.k.Texts), d.record.Raw
	if len(raw) == 0 {
		return plain(w.T("details.no_bytes"), ""), nil
	}
	show, note := visibleBytes, "details.beginning"
	if d.hex.Checked {
		show, note = hexView, "details.beginning_hex"
	}
	if len(raw) <= atOnce {
		text, taken := show(context.Background(), raw, MostShown)
		return beginning(w, note, text, taken), nil
	}
	text, _ := show(context.Background(), raw[:atOnce], MostShown)
	return plain(text, ""), func(ctx context.Context) shown {
		text, taken := show(ctx, raw, MostShown)
		return beginning(w, note, text, taken)
	}
}

// AllowOrigin allows the origin that the record says was refused, if any.
func (d *Details) AllowOrigin() {
	if d.Allow.Visible() {
		d.cfg.Console.Embedded.AllowOrigin(d.record.Subject)
	}
}
