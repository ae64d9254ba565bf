package export

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"time"
)

// Raw writes the bytes as received. For one connection it writes nothing else, so
// the file is what a client such as curl would have received.
//
// Several connections follow each other in the order of their first bytes, each
// after a comment that names it. The byte order mark of a connection is omitted, and
// so is an unfinished block at its end, which the next connection would complete to
// an event that never was; a comment gives its size. So the file is an event stream
// with the same events.
//
// Where records has no chunk, the bytes come from the items. A temporary file in dir
// holds as much as is written.
func Raw(w io.Writer, records Records, dir string) error {
	s, err := newSpool(dir)
	if err != nil {
		return err
	}
	defer s.close()
	for r := range records {
		if err := s.add(r); err != nil {
			return err
		}
	}
	if err := s.finish(); err != nil {
		return err
	}
	if len(s.order) == 1 {
		_, err := io.Copy(w, s.reader(s.order[0]))
		return err
	}
	for _, c := range s.order {
		name := fmt.Sprintf(": connection %d of %q to %q, first byte %s\n", c.connection.conn, c.connection.clientID, c.connection.target, c.since.Format(time.RFC3339Nano))
		if _, err := io.WriteString(w, name); err != nil {
			return err
		}
		in := bufio.NewReaderSize(io.LimitReader(s.reader(c), c.whole), 32<<10)
		if mark, _ := in.Peek(3); bytes.Equal(mark, []byte("\ufeff")) {
			_, _ = in.Discard(3)
		}
		if _, err := io.Copy(w, in); err != nil {
			return err
		}
		if rest := c.size - c.whole; rest > 0 {
			if _, err := fmt.Fprintf(w, ": %d bytes of an unfinished block are left out\n", rest); err != nil {
				return err
			}
		}
	}
	return nil
}
