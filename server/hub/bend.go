package hub

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"
	"unicode/utf8"

	"sseconsole/server/fault"
)

var errFault = errors.New("server: a fault cut the connection")

// bent stands between a session's writer and its response, and does to the
// stream what the faults say that hit it. The writer's goroutine owns it.
type bent struct {
	s      *Session
	ctx    context.Context // of the request
	faults []*fault.Active
	gzip   *gzip.Writer // nil: not compressed

	marked  bool   // the byte order mark is written
	events  uint64 // so far
	written int    // bytes of the stream so far, as they go out
	back    []byte // held back for the next beat
	beat    *time.Timer
}

func newBent(ctx context.Context, s *Session, hits []*fault.Active) *bent {
	b := &bent{s: s, ctx: ctx, faults: hits}
	if b.has(fault.Gzip) != nil {
		s.w.Header().Set("Content-Encoding", "gzip")
		b.gzip = gzip.NewWriter(rawWriter{b})
	}
	if b.has(fault.WrongType) != nil {
		s.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	}
	return b
}

// has returns the fault of a kind, if it is on for this connection.
func (b *bent) has(kind fault.Kind) *fault.Active {
	for _, f := range b.faults {
		if f.Fault.Kind == kind && f.IsOn() {
			return f
		}
	}
	return nil
}

// begin waits and writes what comes before or behind the first block.
func (b *bent) begin(cursor []byte) error {
	if f := b.has(fault.DelayHeaders); f != nil {
		if err := b.wait(f.Fault.Delay); err != nil {
			return err
		}
	}
	if b.has(fault.RetryStorm) != nil {
		cursor = append(bytes.TrimSuffix(cursor, []byte("\n")), "retry: 0\n\n"...)
	}
	if err := b.s.write(cursor); err != nil {
		return err
	}
	if f := b.has(fault.HugeEvent); f != nil {
		if err := b.s.write([]byte("event: huge\ndata: ")); err != nil {
			return err
		}
		piece := bytes.Repeat([]byte("x"), writeSize)
		for left := f.Fault.N; left > 0; left -= len(piece) {
			if err := b.s.write(piece[:min(left, len(piece))]); err != nil {
				return err
			}
		}
		if err := b.s.write([]byte("\n\n")); err != nil {
			return err
		}
	}
	return b.s.flush()
}

// event writes and flushes one message.
func (b *bent) event(m delivery) error {
	if f := b.has(fault.DelayEvents); f != nil {
		d := f.Fault.Delay
		if f.Fault.Jitter > 0 {
			d += rand.N(f.Fault.Jitter)
		}
		if err := b.wait(d); err != nil {
			return err
		}
	}
	if m.raw {
		if err := b.s.write(m.body); err != nil {
			return err
		}
		return b.s.flush()
	}
	b.events++
	id := m.id
	if id == "" {
		id = b.s.name + "-" + b.mark() + strconv.FormatUint(b.number(m.n), 10)
	}
	body := m.body
	if b.has(fault.RawLineFeed) != nil {
		body = unsplit(body)
	}
	if b.has(fault.NoBlankLine) != nil {
		body = bytes.TrimSuffix(body, []byte("\n"))
	}
	block := fmt.Appendf(nil, "id: %s\n%s", id, body)
	if f := b.has(fault.CutAfterEvents); f != nil && b.events > uint64(f.Fault.N) {
		if err := b.s.write(block[:len(block)/2]); err != nil {
			return err
		}
		return b.cut()
	}
	if f := b.has(fault.SplitRune); f != nil {
		if i := bytes.IndexFunc(block, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
			if err := b.s.write(block[:i+1]); err != nil {
				return err
			}
			if err := b.s.flush(); err != nil {
				return err
			}
			if err := b.wait(f.Fault.Delay); err != nil {
				return err
			}
			block = block[i+1:]
		}
	}
	if err := b.s.write(block); err != nil {
		return err
	}
	return b.s.flush()
}

// unsplit is body with its data as Spring writes it: a line feed in it stays,
// and what follows is a line of its own.
func unsplit(body []byte) []byte {
	const field = "\ndata: "
	i := bytes.Index(append([]byte("\n"), body...), []byte(field))
	if i < 0 {
		return body
	}
	first := i + len(field) - 1
	return append(bytes.Clone(body[:first]), bytes.ReplaceAll(body[first:], []byte(field), []byte("\n"))...)
}

// mark is what stands before the number in an id.
func (b *bent) mark() string {
	if b.has(fault.NULInID) != nil {
		return "\x00"
	}
	return ""
}

// number is what the n-th message is numbered.
func (b *bent) number(n uint64) uint64 {
	before := n - b.events
	switch {
	case b.has(fault.DuplicateIDs) != nil:
		return before + (b.events+1)/2
	case b.has(fault.SkippedIDs) != nil:
		return before + 2*b.events
	case b.has(fault.BackwardsIDs) != nil && b.events%2 == 1:
		return n + 1
	case b.has(fault.BackwardsIDs) != nil:
		return n - 1
	}
	return n
}

// Write takes text of the stream as it should be.
func (b *bent) Write(p []byte) (int, error) {
	text := p
	switch {
	case b.has(fault.LineEndCR) != nil:
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r"))
	case b.has(fault.LineEndCRLF) != nil:
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	if !b.marked && b.has(fault.ByteOrderMark) != nil {
		text = append([]byte("\ufeff"), text...)
	}
	b.marked = true
	write := b.raw
	if b.gzip != nil {
		write = func(p []byte) error { _, err := b.gzip.Write(p); return err }
	}
	if err := write(text); err != nil {
		return 0, err
	}
	return len(p), nil
}

// rawWriter is where compression writes to.
type rawWriter struct{ b *bent }

func (w rawWriter) Write(p []byte) (int, error) {
	if err := w.b.raw(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// raw takes bytes as they go out.
func (b *bent) raw(p []byte) error {
	cut := false
	if f := b.has(fault.CutAfterBytes); f != nil && b.written+len(p) > f.Fault.N {
		p, cut = p[:max(f.Fault.N-b.written, 0)], true
	}
	b.written += len(p)
	switch trickle := b.has(fault.Trickle); {
	case b.has(fault.Beats) != nil && b.s.memory.take(len(p)): // else it passes on what it has, as a proxy does
		b.back = append(b.back, p...)
	case trickle != nil:
		for i := range p {
			if err := b.out(p[i : i+1]); err != nil {
				return err
			}
			if err := b.s.rc.Flush(); err != nil {
				return err
			}
			if err := b.wait(trickle.Fault.Delay); err != nil {
				return err
			}
		}
	default:
		if err := b.out(p); err != nil {
			return err
		}
	}
	if cut {
		return b.cut()
	}
	return nil
}

// out writes what was held back, and p.
func (b *bent) out(p []byte) error {
	if err := b.s.arm(); err != nil {
		return err
	}
	if len(b.back) > 0 {
		p = append(b.back, p...)
		b.s.memory.give(len(b.back))
		b.back = nil
	}
	_, err := b.s.w.Write(p)
	return err
}

// flush sends what was written, unless it waits for the next beat.
func (b *bent) flush() error {
	if b.gzip != nil {
		if err := b.gzip.Flush(); err != nil {
			return err
		}
	}
	if f := b.has(fault.Beats); f != nil {
		if b.beat == nil {
			b.beat = time.NewTimer(f.Fault.Delay)
			return b.s.rc.Flush() // the headers do not wait
		}
		select {
		case <-b.beat.C: // the writer had no time to wait for it
			return b.release()
		default:
			return nil
		}
	}
	return b.release()
}

// release sends everything.
func (b *bent) release() error {
	if f := b.has(fault.Beats); f != nil && b.beat != nil {
		b.beat.Reset(f.Fault.Delay)
	}
	if err := b.out(nil); err != nil {
		return err
	}
	return b.s.rc.Flush()
}

// nextBeat is when to call release; nil: never.
func (b *bent) nextBeat() <-chan time.Time {
	if b == nil || b.beat == nil {
		return nil
	}
	return b.beat.C
}

// end sends what is left of a stream that ends.
func (b *bent) end() error {
	if b.gzip != nil {
		if err := b.gzip.Close(); err != nil {
			return err
		}
	}
	return b.out(nil)
}

// cut sends what was written, and then ends the connection.
func (b *bent) cut() error {
	if err := b.release(); err != nil {
		return err
	}
	return errFault
}

// wait waits, unless the session is over before.
func (b *bent) wait(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			return nil
		case <-b.ctx.Done():
			return b.ctx.Err()
		case <-b.s.wake: // the writer looks at the queue afterwards in any case
			if err := b.s.arm(); err != nil {
				return err
			}
		}
	}
}
