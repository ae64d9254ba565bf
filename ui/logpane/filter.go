package logpane

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/filter"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit"
	"sseconsole/ui/wording"
)

// filterDelay is how long the bar waits for another key before it filters.
const filterDelay = 100 * time.Millisecond

// errorDelay is how long it waits before it shows an error: most wrong texts are half
// typed, and a sentence under the field moves all rows.
const errorDelay = time.Second

// Filter is the filter bar above the log. It shows only matching rows or, if Only is
// off, highlights matches in all rows and finds them.
type Filter struct {
	p       *Pane
	row     *fyne.Container
	Field   *filterEntry
	Only    *toggle // its button is in no container: the menus have it
	Count   *widget.Label
	stop    *kit.Button
	help    *kit.Button
	Message *widget.Label  // an error, or the result of a search
	Wrong   error          // error in the text of the field
	stopped *filter.Filter // the last filter whose jq expression was reported as stopped
	pending *time.Timer
}

func newFilter(p *Pane) *Filter {
	b := &Filter{p: p, Count: widget.NewLabel(""), Message: widget.NewLabel("")}
	b.Field = newFilterEntry(b)
	b.Field.OnChanged = func(string) { b.soon() }
	b.Only = newToggle(true, func() {
		p.only = b.Only.Checked
		p.refilter()
		p.cfg.Changed()
	})
	b.stop = kit.NewButton(nil, b.stopOrResume)
	b.help = kit.NewButton(theme.QuestionIcon(), b.showHelp)
	b.help.Importance = widget.LowImportance
	b.Message.Truncation = fyne.TextTruncateEllipsis
	b.Message.Hide()
	b.row = kit.Border(nil, nil, nil, container.NewHBox(b.Count, b.stop, b.help, p.Kinds.row), b.Field)
	p.k.Text(func() {
		b.Field.SetPlaceHolder(p.k.T("filter.hint"))
		b.help.SetTip(p.k.T("filter.help"))
		b.say("")
		b.refresh()
	})
	return b
}

// Focus focuses the field and selects its text. If the text of the details has the
// focus, it opens the find bar there instead.
func (b *Filter) Focus() {
	if details := b.p.Details.Text; b.p.k.Win.Canvas().Focused() == details && details.OnFind != nil {
		details.OnFind()
		return
	}
	b.p.cfg.Open()
	b.p.k.Win.Canvas().Focus(b.Field)
	b.Field.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// Toggle switches between showing only matching rows and all rows.
func (b *Filter) Toggle() { b.Only.SetChecked(!b.Only.Checked) }

// clear empties the field and focuses the log.
func (b *Filter) clear() {
	b.Field.SetText("")
	b.Apply()
	b.p.k.Win.Canvas().Focus(b.p.View)
}

// soon filters after filterDelay without another key.
func (b *Filter) soon() {
	if b.pending != nil {
		b.pending.Stop()
	}
	b.pending = time.AfterFunc(filterDelay, func() { b.p.k.Post(b.applyTyped) })
}

// applyTyped filters by the text being typed. It shows an error only after errorDelay.
func (b *Filter) applyTyped() {
	if _, err := filter.Parse(b.Field.Text); err == nil || b.Wrong != nil {
		b.Apply()
		return
	}
	b.pending = time.AfterFunc(errorDelay-filterDelay, func() { b.p.k.Post(b.Apply) })
}

// Apply filters by the text in the field. If that has an error, it shows the error and
// keeps the previous filter.
func (b *Filter) Apply() {
	if b.pending != nil {
		b.pending.Stop()
	}
	p := b.p
	if b.Field.Text == p.Filter.String() && b.Wrong == nil {
		return
	}
	f, err := filter.Parse(b.Field.Text)
	b.Wrong = err
	b.say("")
	if err != nil {
		return
	}
	if p.Filter = f; p.only {
		p.refilter()
	}
	p.View.Refresh() // the marks
}

// say shows a sentence under the field, unless the text has an error, which it shows
// instead.
func (b *Filter) say(text string) {
	b.Message.Importance = widget.MediumImportance
	if b.Wrong != nil {
		b.Message.Importance = widget.WarningImportance
		text = wording.Of(b.p.k.Texts).FilterError(b.Field.Text, b.Wrong)
	}
	b.Message.SetText(b.p.k.ShownText(text))
	kit.SetVisible(b.Message, text != "")
}

// refresh shows how many rows match and the progress of filtering. It reports once for
// each filter that its jq expression was stopped.
func (b *Filter) refresh() {
	p := b.p
	if s := p.Filter.Stopped(); s != nil && b.stopped != p.Filter {
		b.stopped = p.Filter
		b.say(p.k.T("filter.stopped."+string(s.Reason), "Detail", s.Detail))
	}
	progress, text := p.Model.Progress(), ""
	upTo, matches, is := p.Model.Marked(p.position())
	busy := progress.Stopped || progress.Working && progress.Of-progress.Looked > 1<<16
	switch {
	case busy:
		text = b.p.k.T("filter.progress", "Rows", p.Model.Count(), "Of", p.Model.InScope(), "Percent", 100*progress.Looked/max(1, progress.Of))
	case p.Filter.Empty():
	case is:
		text = b.p.k.T("filter.match", "Match", upTo, "Of", matches)
	default:
		text = b.p.k.T("filter.count", "Rows", matches, "Of", p.Model.InScope())
	}
	if b.Count.Text != text {
		b.Count.SetText(text)
	}
	label := b.p.k.T("filter.stop")
	if progress.Stopped {
		label = b.p.k.T("filter.resume")
	}
	if b.stop.Text != label {
		b.stop.SetText(label)
	}
	kit.SetVisible(b.stop, busy)
}

func (b *Filter) stopOrResume() {
	if m := b.p.Model; m.Progress().Stopped {
		m.Resume()
	} else {
		m.Stop()
	}
	b.refresh()
}

// FilterExamples returns an example of each part of the syntax: first the key of its
// description in the catalogue, after "filter.help.", then the example.
func FilterExamples() [][2]string {
	return [][2]string{
		{"text", "hello"}, {"quoted", `"two words"`}, {"regexp", "/pri[cs]e/i"}, {"type", "type:message"}, {"client", "client:al*"},
		{"id", "id:7"}, {"target", "target:embedded"}, {"kind", "kind:finding,fail"}, {"not", "-kind:comment"}, {"jq", "jq:.price > 100"},
	}
}

// showHelp opens a menu of examples and recent filters.
func (b *Filter) showHelp() {
	var items []*fyne.MenuItem
	add := func(example, label string) {
		items = append(items, fyne.NewMenuItem(label, func() {
			b.Field.SetText(example)
			b.Focus()
		}))
	}
	for _, e := range FilterExamples() {
		add(e[1], e[1]+"   "+b.p.k.T("filter.help."+e[0]))
	}
	if recent := b.p.con.Settings().Filters; len(recent) > 0 {
		title := fyne.NewMenuItem(b.p.k.T("filter.help.recent"), nil)
		title.Disabled = true
		items = append(items, fyne.NewMenuItemSeparator(), title)
		for _, line := range recent {
			add(line, b.p.k.ShownText(line))
		}
	}
	b.p.k.Menu(b.help, items)
}

// filterEntry is the bar's field. Enter finds the next match, Escape clears the field,
// Down focuses the log.
type filterEntry struct {
	kit.Field
	bar *Filter
}

func newFilterEntry(b *Filter) *filterEntry {
	e := &filterEntry{bar: b}
	e.K = b.p.k
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey implements fyne.Focusable.
func (e *filterEntry) TypedKey(k *fyne.KeyEvent) {
	b := e.bar
	switch k.Name {
	case fyne.KeyEscape:
		b.clear()
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Apply()
		if b.Wrong == nil && e.Text != "" {
			b.p.con.UpdateSettings(func(s *settings.Settings) { s.RememberFilter(e.Text) })
			b.p.FindNext()
		}
	case fyne.KeyDown:
		b.Apply()
		b.p.k.Win.Canvas().Focus(b.p.View)
	default:
		if !b.p.k.TypedKey(k.Name) {
			e.Entry.TypedKey(k)
		}
	}
}
