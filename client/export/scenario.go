package export

import (
	"bufio"
	"fmt"
	"io"
	"time"

	"sseconsole/client/record"
)

// Scenario writes the bytes of one connection and the delays between them, for the
// embedded server to play. Each line is a step: "wait" and a Go duration, or "raw"
// and a Go string. A step is a chunk or, without chunks, an item. The first wait is
// the time since the response, if records has that. Of several connections it writes
// the one whose bytes come first; a comment at the end gives the number of others.
func Scenario(w io.Writer, records Records) error {
	out := bufio.NewWriterSize(w, 64<<10)
	var key connection // the connection that is written
	var bytes pieces
	track := newTracker()
	begun := false
	opened := map[connection]time.Time{}
	others := map[connection]bool{}
	var before time.Time
	step := func(raw []byte, at time.Time) error {
		if wait := at.Sub(before).Round(time.Microsecond); !before.IsZero() && wait > 0 {
			fmt.Fprintf(out, "wait %v\n", wait)
		}
		before = at
		_, err := fmt.Fprintf(out, "raw %q\n", raw)
		return err
	}
	for r := range records {
		c := track.of(r)
		switch {
		case r.Kind == record.Open && !begun && len(opened) < maxConnections:
			opened[c] = r.Time
		case !hasBytes(r):
		case !begun:
			begun, key, before = true, c, opened[c]
			fmt.Fprintf(out, "# connection %d of %q to %q, %s\n", r.Conn, r.ClientID, r.Target, r.Time.Format(time.RFC3339))
			fallthrough
		case c == key:
			if err := bytes.add(r, step); err != nil {
				return err
			}
		case len(others) < maxConnections:
			others[c] = true
		}
	}
	if err := bytes.release(step); err != nil {
		return err
	}
	if len(others) > 0 {
		fmt.Fprintf(out, "# connections among the records that are not here: %d\n", len(others))
	}
	return out.Flush()
}

// maxConnections is how many connections are distinguished where only their number
// or the beginning of their list matters.
const maxConnections = 10_000
