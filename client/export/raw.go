package export

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"time"
)

// Raw writes the bytes as they were received: of one connection nothing else, so
// that the file is what a client such as curl would have got.
//
// Several connections follow one another, by the time of their first byte. Before
// each stands a comment that names it; its byte order mark is left out, and so
// is a block without an end, which the next connection would complete to an
// event that there never was; a comment tells its size. So the file stays an event
// stream with the same events.
//
// Bytes of which no Chunk is among the records are taken from the items that are.
// A temporary file in dir holds as much as is written.
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
