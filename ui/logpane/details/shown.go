package details

import (
	"context"
	"errors"
	"strings"

	"sseconsole/client/pretty"
	"sseconsole/ui/wording"
)

// Limits of what the details show, and of what they prepare on the UI thread. Save
// has no such limit, nor has Copy except for a hex view.
const (
	MostShown = 64 << 20 // bytes: the view holds the rows and matches of a text in memory
	MostLines = 1 << 21  // lines, for the same reason

	atOnce       = 64 << 10 // bytes of a text that is scanned once
	indentAtOnce = 16 << 10 // bytes of JSON, which may grow pretty.MaxGrowth times
)

// shown is a text as the details show it. note says what is missing, or why it is not
// indented; it may be "".
type shown struct{ text, note string }

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
		return shown{text: text}
	}
	return shown{text[:n], w.T("details.beginning", "Size", w.Size(int64(n)))}
}

// beginning returns a text of bytes, with a note if only taken of them are in it.
func beginning(w wording.Words, note, text string, taken int) shown {
	if taken == all {
		return shown{text: text}
	}
	return shown{text, w.T(note, "Size", w.Size(int64(taken)))}
}

// indented returns JSON indented for reading. A text that is not JSON, or would become
// too deep or too long, is returned unformatted; in the last two cases the note says
// why.
func indented(w wording.Words, ctx context.Context, text string) shown {
	formatted, err := pretty.Text(ctx, pretty.JSON, text)
	if err == nil {
		return whole(w, formatted)
	}
	s := whole(w, text)
	s.note = w.Join(s.note, whyUnformatted(w, err))
	return s
}

// whyUnformatted says why a text was not indented; "" if it is not JSON.
func whyUnformatted(w wording.Words, err error) string {
	switch {
	case errors.Is(err, pretty.ErrTooDeep):
		return w.T("details.too_deep", "Levels", pretty.MaxDepth)
	case errors.Is(err, pretty.ErrTooLong):
		return w.T("details.too_long")
	}
	return ""
}

// looksLikeJSON reports whether the ends of a text are those of a JSON object or array.
func looksLikeJSON(text string) bool {
	text = strings.TrimSpace(text[:min(len(text), 64)]) + strings.TrimSpace(text[max(0, len(text)-64):])
	return text != "" && (text[0] == '{' && text[len(text)-1] == '}' || text[0] == '[' && text[len(text)-1] == ']')
}
