package ui

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sseconsole/client/filter"
	"sseconsole/ui/console"
)

// filterDelay is how long the bar waits for the next key before it filters.
const filterDelay = 100 * time.Millisecond

// errorDelay is how long it waits before it says that a text is wrong: most are
// half typed, and a sentence under the field moves all rows.
const errorDelay = time.Second

// filterBar is the field above the log whose text the rows must match or, if not
// only those are to be shown, which is marked and looked for.
type filterBar struct {
	w       *window
	row     *fyne.Container // stands below the kinds, in letters as small
	field   *filterEntry
	only    *widget.Check
	count   *widget.Label
	stop    *button
	help    *button
	message *widget.Label  // what is wrong, or what came of a search
	wrong   error          // of the text in the field
	stopped *filter.Filter // the one of which it was said that its jq was stopped
	pending *time.Timer
}

func newFilterBar(w *window) *filterBar {
	b := &filterBar{w: w, count: widget.NewLabel(""), message: widget.NewLabel("")}
	b.field = newFilterEntry(w)
	b.field.OnChanged = func(string) { b.soon() }
	b.only = widget.NewCheck("", nil)
	b.only.Checked = true
	b.only.OnChanged = func(bool) {
		w.log.only = b.only.Checked
		w.log.refilter()
		if w.menu != nil {
			w.menu.refresh()
		}
	}
	b.stop = newButton(nil, b.stopOrResume)
	b.help = newButton(theme.QuestionIcon(), b.showHelp)
	b.message.Truncation = fyne.TextTruncateEllipsis
	b.message.Hide()
	b.row = container.NewBorder(nil, nil, nil, container.NewHBox(b.only, b.count, b.stop, b.help), b.field)
	w.win.Canvas().SetOnTypedKey(func(e *fyne.KeyEvent) { w.typedKey(e.Name) })
	w.text(func() {
		b.field.SetPlaceHolder(w.words.T("filter.hint"))
		b.only.SetText(w.words.T("filter.only"))
		b.say("")
		b.refresh()
	})
	return b
}

// focus goes to the field and selects its text. From the details' text it goes
// to the field for finding there.
func (b *filterBar) focus() {
	if details := b.w.details.text; b.w.win.Canvas().Focused() == details && details.OnFind != nil {
		details.OnFind()
		return
	}
	b.w.showLog()
	b.w.win.Canvas().Focus(b.field)
	b.field.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// toggle does what a click on the check does.
func (b *filterBar) toggle() { b.only.SetChecked(!b.only.Checked) }

// clear empties the field and goes back to the log.
func (b *filterBar) clear() {
	b.field.SetText("")
	b.apply()
	b.w.win.Canvas().Focus(b.w.log.view)
}

// soon filters when no key has come for a moment.
func (b *filterBar) soon() {
	if b.pending != nil {
		b.pending.Stop()
	}
	b.pending = time.AfterFunc(filterDelay, func() { b.w.post(b.applyTyped) })
}

// applyTyped filters by what was typed. If that is wrong it is not said at once.
func (b *filterBar) applyTyped() {
	if _, err := filter.Parse(b.field.Text); err == nil || b.wrong != nil {
		b.apply()
		return
	}
	b.pending = time.AfterFunc(errorDelay-filterDelay, func() { b.w.post(b.apply) })
}

// apply filters by what is in the field. While that is wrong, what was right
// before stays.
func (b *filterBar) apply() {
	if b.pending != nil {
		b.pending.Stop()
	}
	p := b.w.log
	if b.field.Text == p.filter.String() && b.wrong == nil {
		return
	}
	f, err := filter.Parse(b.field.Text)
	b.wrong = err
	b.say("")
	if err != nil {
		return
	}
	if p.filter = f; p.only {
		p.refilter()
	}
	p.view.Refresh() // the marks
}

// say shows a sentence under the field; what is wrong with its text comes first.
func (b *filterBar) say(text string) {
	b.message.Importance = widget.MediumImportance
	if b.wrong != nil {
		b.message.Importance = widget.WarningImportance
		text = b.w.words.filterError(b.field.Text, b.wrong)
	}
	b.message.SetText(b.w.shownText(text))
	setVisible(b.message, text != "")
}

// filterError words what is wrong with a filter.
func (w *words) filterError(line string, err error) string {
	var wrong *filter.ParseError
	if !errors.As(err, &wrong) {
		return err.Error()
	}
	return w.T("filter.error."+string(wrong.Code),
		"Part", line[wrong.From:wrong.To], "Detail", wrong.Detail, "Kinds", strings.Join(filter.Kinds(), ", "))
}

// refresh tells how many rows match and how far the search is, and once for each
// filter that its jq expression was stopped.
func (b *filterBar) refresh() {
	p := b.w.log
	if s := p.filter.Stopped(); s != nil && b.stopped != p.filter {
		b.stopped = p.filter
		b.say(b.w.words.T("filter.stopped."+string(s.Reason), "Detail", s.Detail))
	}
	progress, text := p.model.Progress(), ""
	busy := progress.Stopped || progress.Working && progress.Of-progress.Looked > 1<<16
	switch {
	case busy:
		text = b.w.words.T("filter.progress", "Rows", p.Len(), "Of", progress.Of, "Percent", 100*progress.Looked/max(1, progress.Of))
	case p.only && !p.filter.Empty():
		text = b.w.words.T("filter.count", "Rows", p.Len(), "Of", progress.Of)
	}
	if b.count.Text != text {
		b.count.SetText(text)
	}
	label := b.w.words.T("filter.stop")
	if progress.Stopped {
		label = b.w.words.T("filter.resume")
	}
	if b.stop.Text != label {
		b.stop.SetText(label)
	}
	setVisible(b.stop, busy)
}

func (b *filterBar) stopOrResume() {
	if m := b.w.log.model; m.Progress().Stopped {
		m.Resume()
	} else {
		m.Stop()
	}
	b.refresh()
}

// filterExamples returns examples of each part of the syntax, with what names
// their texts in the catalogue, after "filter.help.".
func filterExamples() [][2]string {
	return [][2]string{
		{"text", "hello"}, {"quoted", `"two words"`}, {"regexp", "/pri[cs]e/i"}, {"type", "type:message"}, {"client", "client:al*"},
		{"id", "id:7"}, {"target", "target:embedded"}, {"kind", "kind:problem,fail"}, {"not", "-kind:comment"}, {"jq", "jq:.price > 100"},
	}
}

// showHelp lists examples and what was looked for before; a click takes one.
func (b *filterBar) showHelp() {
	var items []*fyne.MenuItem
	add := func(example, label string) {
		items = append(items, fyne.NewMenuItem(label, func() {
			b.field.SetText(example)
			b.focus()
		}))
	}
	for _, e := range filterExamples() {
		add(e[1], e[1]+"   "+b.w.words.T("filter.help."+e[0]))
	}
	if recent := b.w.con.Settings().Filters; len(recent) > 0 {
		title := fyne.NewMenuItem(b.w.words.T("filter.help.recent"), nil)
		title.Disabled = true
		items = append(items, fyne.NewMenuItemSeparator(), title)
		for _, line := range recent {
			add(line, b.w.shownText(line))
		}
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), b.w.win.Canvas())
	menu.ShowAtRelativePosition(fyne.NewPos(0, b.help.Size().Height), b.help)
}

// filterEntry is the bar's field. Enter finds the next match, Escape clears,
// Down leads to the log.
type filterEntry struct{ entry }

func newFilterEntry(w *window) *filterEntry {
	e := &filterEntry{}
	e.w = w
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey implements fyne.Focusable.
func (e *filterEntry) TypedKey(k *fyne.KeyEvent) {
	b := e.w.filter
	switch k.Name {
	case fyne.KeyEscape:
		b.clear()
	case fyne.KeyReturn, fyne.KeyEnter:
		b.apply()
		if b.wrong == nil && e.Text != "" {
			e.w.con.UpdateSettings(func(s *console.Settings) { s.RememberFilter(e.Text) })
			e.w.log.findNext()
		}
	case fyne.KeyDown:
		b.apply()
		e.w.win.Canvas().Focus(e.w.log.view)
	default:
		if !e.w.typedKey(k.Name) {
			e.Entry.TypedKey(k)
		}
	}
}
