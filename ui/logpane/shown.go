package logpane

import (
	"context"
	"errors"
	"strings"

	"sseconsole/client/pretty"
	"sseconsole/ui/wording"
)

// Bounds of what the details show, and of what they make ready at once. Save
// has all of it, and so has Copy but for a hex view.
const (
	MostShown = 64 << 20 // bytes: how a text is wrapped and what is found in it has to be kept
	MostLines = 1 << 21  // lines, for the same reason

	inPassing        = 64 << 10 // bytes of a text that needs no more than a look at each
	laidOutInPassing = 16 << 10 // bytes of JSON, which may grow pretty.MaxGrowth times
)

// shown is a text as the details show it, and a sentence about what of it is
// missing or not as it might be, "" if nothing is.
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

// beginning returns the text of bytes, with a note if not all but taken are in it.
func beginning(w wording.Words, note, text string, taken int) shown {
	if taken == all {
		return shown{text: text}
	}
	return shown{text, w.T(note, "Size", w.Size(int64(taken)))}
}

// laidOut returns JSON laid out for reading. What is not JSON, and what would
// become too deep or too long, is shown as it came; for the latter two the note
// says why.
func laidOut(w wording.Words, ctx context.Context, text string) shown {
	indented, err := pretty.JSON(ctx, text)
	if err == nil {
		return whole(w, indented)
	}
	s := whole(w, text)
	s.note = w.Join(s.note, notLaidOut(w, err))
	return s
}

func notLaidOut(w wording.Words, err error) string {
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
