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

// Sizes of a spool.
const (
	spoolBlock = 64 << 10 // bytes of a connection that go to the file together
	spoolOpen  = 256      // connections that may have bytes in memory at once
)

// spool gathers the bytes of each connection, whatever their order in the
// journal, in one temporary file. Memory is bounded: what is kept is 16 bytes a
// block, and 64 KiB for each of 256 connections.
type spool struct {
	file    *os.File
	end     int64
	tracker *tracker
	conns   map[connection]*spooled
	order   []*spooled // by their first bytes
	open    []*spooled // those with bytes in memory, oldest first
}

// spooled are the bytes of one connection.
type spooled struct {
	connection connection
	pieces     pieces
	since      time.Time // of the first bytes
	size       int64
	whole      int64 // bytes up to the last blank line and with it
	last       byte
	buf        bytes.Buffer
	blocks     []extent
}

type extent struct{ off, size int64 }

// newSpool makes a spool with a file in dir, "" for the system's directory.
func newSpool(dir string) (*spool, error) {
	f, err := os.CreateTemp(dir, ".sse-console-*")
	if err != nil {
		return nil, fmt.Errorf("export: %w", err)
	}
	return &spool{file: f, tracker: newTracker(), conns: map[connection]*spooled{}}, nil
}

// close removes the file.
func (s *spool) close() {
	_ = s.file.Close() // it was for here alone
	_ = os.Remove(s.file.Name())
}

// add takes the bytes of a record.
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

// into returns a function that appends bytes to those of c.
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
			case '\n', 0, blankCR: // after a blank line's CR it belongs to that
				c.whole = c.size
			}
			if c.last == '\r' || c.last == blankCR {
				c.last = '\n'
				continue // CR and LF are one end
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

// blankCR is in the place of a CR that ends a blank line.
const blankCR = 2

// flush writes what a connection has in memory.
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

// finish is to be called after the last record, before anything is read.
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

// reader returns the bytes of c.
func (s *spool) reader(c *spooled) io.Reader {
	parts := make([]io.Reader, len(c.blocks))
	for i, b := range c.blocks {
		parts[i] = io.NewSectionReader(s.file, b.off, b.size)
	}
	return io.MultiReader(parts...)
}
