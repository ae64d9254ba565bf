package ui

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"sseconsole/client/pretty"
	"sseconsole/client/record"
)

// Bounds of what the details show, and of what they make ready at once. Copy and
// Save have all of it.
const (
	mostShown = 64 << 20 // bytes: how a text is wrapped and what is found in it has to be kept
	mostLines = 1 << 21  // lines, for the same reason
	mostTold  = 200      // bytes of a type, a clientId or an id in the heading

	inPassing        = 64 << 10 // bytes of a text that needs no more than a look at each
	laidOutInPassing = 16 << 10 // bytes of JSON, which may grow pretty.MaxGrowth times
)

// shown is a text as the details show it, and a sentence about what of it is
// missing or not as it might be, "" if nothing is.
type shown struct{ text, note string }

// whole returns text, or its beginning if it is too long to be shown.
func (w *words) whole(text string) shown {
	n := min(len(text), mostShown)
	if strings.Count(text[:n], "\n") >= mostLines {
		n = 0
		for range mostLines {
			n += strings.IndexByte(text[n:], '\n') + 1
		}
	}
	if n == len(text) {
		return shown{text: text}
	}
	return shown{text[:n], w.T("details.beginning", "Size", w.size(int64(n)))}
}

// beginning returns the text of bytes, of which taken are in it if all are not.
func (w *words) beginning(text string, taken int) shown {
	if taken == all {
		return shown{text: text}
	}
	return shown{text, w.T("details.beginning", "Size", w.size(int64(taken)))}
}

// laidOut returns JSON laid out for reading. What is not JSON, and what would
// become too deep or too long, is shown as it came; for the latter two the note
// says why.
func (w *words) laidOut(ctx context.Context, text string) shown {
	indented, err := pretty.JSON(ctx, text)
	if err == nil {
		return w.whole(indented)
	}
	s := w.whole(text)
	s.note = w.join(s.note, w.notLaidOut(err))
	return s
}

func (w *words) notLaidOut(err error) string {
	switch {
	case errors.Is(err, pretty.ErrTooDeep):
		return w.T("details.too_deep", "Levels", pretty.MaxDepth)
	case errors.Is(err, pretty.ErrTooLong):
		return w.T("details.too_long")
	}
	return ""
}

// looksLikeJSON reports whether a text may be a JSON object or array, by its ends.
func looksLikeJSON(text string) bool {
	text = strings.TrimSpace(text[:min(len(text), 64)]) + strings.TrimSpace(text[max(0, len(text)-64):])
	return text != "" && (text[0] == '{' && text[len(text)-1] == '}' || text[0] == '[' && text[len(text)-1] == ']')
}

// weight is how many bytes the texts of a record have.
func weight(r *record.Record) int {
	return len(r.Data) + len(r.Raw) + len(r.ID) + len(r.URL) + len(r.Message) + len(r.Detail) + len(r.Type) + len(r.ClientID) +
		len(r.ContentType) + len(r.Target)
}

// heading returns a text as a line of Fyne's shows it beside others: its beginning
// if it is long, since Fyne measures all of a text.
func (w *window) heading(s string) string {
	return oneLine.Replace(w.shownText(shortened(s, mostTold)))
}

// shortened returns s, or its first most bytes, without half a character, and an
// ellipsis.
func shortened(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := most
	for n > most-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
