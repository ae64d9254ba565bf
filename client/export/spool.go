package export

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"sseconsole/client/record"
)

// Bounds of a spool.
const (
	spoolBlock = 64 << 10 // bytes of a connection that are written together
	spoolOpen  = 256      // maximum number of connections with bytes in memory
)

// spool collects the bytes of each connection, whatever their order in the journal,
// in one temporary file. Memory is bounded to 16 bytes for each block in the file,
// and 64 KiB for each of 256 connections.
type spool struct {
	file    *os.File
	end     int64
	tracker *tracker
	conns   map[connection]*spooled
	order   []*spooled // in the order of their first bytes
	open    []*spooled // those with bytes in memory, oldest first
}

// spooled holds the bytes of one connection.
type spooled struct {
	connection connection
	pieces     pieces
	since      time.Time // time of the first bytes
	size       int64
	whole      int64 // number of bytes up to and including the last blank line
	last       byte
	buf        bytes.Buffer
	blocks     []extent
}

type extent struct{ off, size int64 }

// newSpool returns a spool with a file in dir, or in the system's directory if dir
// is "".
func newSpool(dir string) (*spool, error) {
	f, err := os.CreateTemp(dir, ".sse-console-*")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	return &spool{file: f, tracker: newTracker(), conns: map[connection]*spooled{}}, nil
}

// close removes the file.
func (s *spool) close() {
	_ = s.file.Close() // the file is not needed any more
	_ = os.Remove(s.file.Name())
}

// add adds the bytes of a record.
func (s *spool) add(r *record.Record) error {
	key := s.tracker.of(r)
	c := s.conns[key]
	switch {
	case hasBytes(r):
	case c != nil && (r.Kind == record.End || r.Kind == record.Fail):
		if err := c.pieces.release(s.into(c)); err != nil {
			return err
		}
		return s.flush(c)
	default:
		return nil
	}
	if c == nil {
		c = &spooled{connection: key, since: r.Time}
		s.conns[key] = c
		s.order = append(s.order, c)
	}
	return c.pieces.add(r, s.into(c))
}

// into returns a function that appends bytes to c.
func (s *spool) into(c *spooled) func([]byte, time.Time) error {
	return func(raw []byte, _ time.Time) error {
		c.follow(raw)
		if c.buf.Len() == 0 {
			if len(s.open) >= spoolOpen {
				if err := s.flush(s.open[0]); err != nil {
					return err
				}
			}
			s.open = append(s.open, c)
		}
		c.buf.Write(raw)
		if c.buf.Len() >= spoolBlock {
			return s.flush(c)
		}
		return nil
	}
}

// follow looks for blank lines.
func (c *spooled) follow(raw []byte) {
	for _, b := range raw {
		c.size++
		switch b {
		case '\n':
			switch c.last {
			case '\n', 0, blankCR: // an LF after the CR of a blank line is part of that line
				c.whole = c.size
			}
			if c.last == '\r' || c.last == blankCR {
				c.last = '\n'
				continue // CR LF is one line end
			}
			c.last = b
		case '\r':
			switch c.last {
			case '\n', '\r', 0, blankCR:
				c.whole = c.size
				c.last = blankCR
			default:
				c.last = b
			}
		default:
			c.last = 1
		}
	}
}

// blankCR stands for a CR that ends a blank line.
const blankCR = 2

// flush writes a connection's bytes from memory to the file.
func (s *spool) flush(c *spooled) error {
	if i := slices.Index(s.open, c); i >= 0 {
		s.open = slices.Delete(s.open, i, i+1)
	}
	if c.buf.Len() == 0 {
		return nil
	}
	n, err := s.file.WriteAt(c.buf.Bytes(), s.end)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if k := len(c.blocks); k > 0 && c.blocks[k-1].off+c.blocks[k-1].size == s.end {
		c.blocks[k-1].size += int64(n)
	} else {
		c.blocks = append(c.blocks, extent{s.end, int64(n)})
	}
	s.end += int64(n)
	c.buf = bytes.Buffer{}
	return nil
}

// finish must be called after the last record, before reading.
func (s *spool) finish() error {
	for _, c := range s.order {
		if err := c.pieces.release(s.into(c)); err != nil {
			return err
		}
		if err := s.flush(c); err != nil {
			return err
		}
	}
	return nil
}

// reader returns a reader of the bytes of c.
func (s *spool) reader(c *spooled) io.Reader {
	parts := make([]io.Reader, len(c.blocks))
	for i, b := range c.blocks {
		parts[i] = io.NewSectionReader(s.file, b.off, b.size)
	}
	return io.MultiReader(parts...)
}
