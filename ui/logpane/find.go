package logpane

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2/widget"

	"sseconsole/ui/console/logmodel"
	"sseconsole/ui/kit"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// mostCopied limits the text copied from several rows, in bytes.
const mostCopied = 10 << 20

// NextFinding selects the first finding after the selected row, or the first one if no
// row is selected.
func (p *Pane) NextFinding() { p.finding(false) }

// PreviousFinding selects the last finding before the selected row, or the last one if
// no row is selected.
func (p *Pane) PreviousFinding() { p.finding(true) }

func (p *Pane) finding(back bool) {
	from := p.position()
	if p.View.Selected() < 0 && !back {
		from = 0
	}
	if seq, ok := p.Model.Problem(from, back); ok {
		p.goTo(seq, false)
	}
}

// FindNext selects the next row that matches the filter bar's text. Without a text it
// focuses the bar.
func (p *Pane) FindNext() { p.Find(false) }

// FindPrevious is like FindNext, but searches backwards.
func (p *Pane) FindPrevious() { p.Find(true) }

// Find implements FindNext and FindPrevious.
func (p *Pane) Find(back bool) {
	p.Bar.Apply()
	if p.Filter.Empty() {
		p.Bar.Focus()
		return
	}
	p.cancel()
	ctx, cancel := context.WithCancel(context.Background())
	p.cancel = cancel
	from, q, f, seq := p.From, p.query(), p.Filter, p.position()
	if p.View.Selected() < 0 && !back {
		seq = 0
	}
	p.Bar.say(p.k.T("filter.finding"))
	p.k.Work(func() {
		at, wrapped := logmodel.Find(ctx, from, q, f, seq, back)
		p.k.Post(func() {
			if ctx.Err() != nil {
				return
			}
			cancel()
			text := ""
			switch {
			case at == 0:
				text = p.k.T("filter.none")
			case wrapped && back:
				text = p.k.T("filter.wrapped_start")
			case wrapped:
				text = p.k.T("filter.wrapped_end")
			}
			p.Bar.say(text)
			if at > 0 {
				p.goTo(at, false)
			}
		})
	})
}

// AskTime asks for a time and selects the first row from then on.
func (p *Pane) AskTime() {
	if p.k.Asking() {
		return
	}
	field := kit.NewField(p.k)
	field.SetPlaceHolder("15:04:05.000")
	r := p.Selected()
	_, last := p.From.Bounds()
	newest := p.From.At(last)
	if newest == nil {
		return
	}
	if r == nil {
		r = newest
	}
	field.Validator = func(text string) error {
		if _, ok := logmodel.ParseTime(text, r.Time, newest.Time); !ok && text != "" {
			return errors.New(p.k.T("jump.wrong"))
		}
		return nil
	}
	from := p.From
	T := p.k.T
	p.k.Ask(T("jump.title"), T("fyne.OK"), []*widget.FormItem{{Text: T("jump.time"), Widget: field, HintText: T("jump.hint")}}, func() {
		at, valid := logmodel.ParseTime(field.Text, r.Time, newest.Time)
		if !valid {
			return
		}
		p.k.Work(func() {
			seq := logmodel.AtTime(from, at)
			p.k.Post(func() {
				if p.From == from {
					p.goTo(seq, true)
				}
			})
		})
	})
}

// copyRows copies the selected rows: a single one as Copy in the details does, several
// as lines.
func (p *Pane) copyRows(selected []widgets.Range) {
	if len(selected) == 1 && selected[0].To-selected[0].From == 1 {
		p.Details.Copy()
		return
	}
	numbers := p.recordsOf(selected)
	from, words := p.From, wording.Of(p.k.Texts)
	p.k.Work(func() {
		var text strings.Builder
		cut, copied := false, 0
		for seq := range numbers.All() {
			r := from.At(seq)
			if r == nil {
				continue
			}
			line := words.Line(r)
			if cut = text.Len()+len(line) >= mostCopied; cut {
				break
			}
			text.WriteString(line + "\n")
			copied++
		}
		p.k.Post(func() {
			p.k.Copy(text.String(), words.T("toast.copied_rows", "N", copied))
			if cut {
				p.Bar.say(words.T("filter.copied_in_part", "Size", words.Size(int64(text.Len()))))
			}
		})
	})
}
