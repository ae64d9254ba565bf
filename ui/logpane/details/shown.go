package details

import (
	"context"
	"errors"
	"strings"

	"sseconsole/client/pretty"
	"sseconsole/client/record"
	"sseconsole/ui/widgets"
	"sseconsole/ui/wording"
)

// Limits of what the details show, and of what they prepare on the UI thread. Save
// has no such limit, nor has Copy except for a hex view.
const (
	MostShown = 64 << 20 // bytes: the view holds the rows and matches of a text in memory
	MostLines = 1 << 21  // lines, for the same reason

	atOnce       = 64 << 10 // bytes of a text that is scanned once
	layOutAtOnce = 16 << 10 // bytes of a text that is laid out, which may grow pretty.MaxGrowth times
)

// shown is a text as the details show it. note says what is missing, or why it is not laid
// out; it may be "".
type shown struct {
	text, note string
	syntax     pretty.Syntax // of the part of text that is laid out, or Plain
	from       int           // where that part begins; it ends with the text
	broken     int           // where text that seems to be JSON is not, or -1
}

// plain returns a text that is shown as it is.
func plain(text, note string) shown { return shown{text: text, note: note, broken: -1} }

// style returns how the text looks.
func (s *shown) style() widgets.Style {
	if s.broken >= 0 {
		return brokenAt(s.broken)
	}
	return styleOf(s.syntax, s.from, len(s.text))
}

// whole returns text, or its beginning if it is too long to be shown.
func whole(w wording.Words, text string) shown {
	n := min(len(text), MostShown)
	if strings.Count(text[:n], "\n") >= MostLines {
		n = 0
		for range MostLines {
			n += strings.IndexByte(text[n:], '\n') + 1
		}
	}
	if n == len(text) {
		return plain(text, "")
	}
	return plain(text[:n], w.T("details.beginning", "Size", w.Size(int64(n))))
}

// beginning returns a text of bytes, with a note if only taken of them are in it.
func beginning(w wording.Words, note, text string, taken int) shown {
	if taken == all {
		return plain(text, "")
	}
	return plain(text, w.T(note, "Size", w.Size(int64(taken))))
}

// laidOut returns text laid out for reading. A text that is not valid, or would become too
// deep or too long, is returned unformatted; the note says why.
func laidOut(w wording.Words, ctx context.Context, syntax pretty.Syntax, text string) shown {
	formatted, err := pretty.Text(ctx, syntax, text)
	if err == nil {
		s := whole(w, formatted)
		s.syntax = syntax
		return s
	}
	s := whole(w, text)
	var wrong *pretty.SyntaxError
	if errors.As(err, &wrong) {
		s.broken = wrong.Offset
	}
	s.note = w.Join(s.note, whyUnformatted(w, err, text))
	return s
}

// whyUnformatted says why a text was not laid out.
func whyUnformatted(w wording.Words, err error, text string) string {
	var wrong *pretty.SyntaxError
	switch {
	case errors.Is(err, pretty.ErrTooDeep):
		return w.T("details.too_deep", "Levels", pretty.MaxDepth)
	case errors.Is(err, pretty.ErrTooLong):
		return w.T("details.too_long")
	case errors.As(err, &wrong) && wrong.Reason == "":
		return w.T("details.broken_end")
	case errors.As(err, &wrong):
		line, character := pretty.Position(text, wrong.Offset)
		return w.T("details.broken", "Line", line, "Character", character, "Reason", wrong.Reason)
	}
	return ""
}

// body returns the text of a record that may be laid out: the data of an event or a call,
// or the body of a response. ok is false if there is none.
func body(r *record.Record) (text string, ok bool) {
	if text, ok := wording.Payload(r); ok {
		return text, true
	}
	if r.Kind == record.Answer || r.Kind == record.Fail {
		return r.Data, r.Data != ""
	}
	return "", false
}

// about returns what is known about a record without a payload, and its body laid out at
// the end if syntax is not Plain.
func about(w wording.Words, ctx context.Context, r *record.Record, syntax pretty.Syntax) shown {
	if syntax == pretty.Plain {
		return whole(w, w.Details(r))
	}
	s := laidOut(w, ctx, syntax, r.Data)
	with := *r
	with.Data = s.text
	text := w.Details(&with)
	s.from = len(text) - len(strings.TrimRight(s.text, "\n"))
	if s.broken >= 0 {
		s.broken += s.from
	}
	s.text = text
	return s
}
