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

// faultWriter applies the faults of a connection to its stream. It sits between the
// session's writer and the response, and is used by the writer's goroutine only.
//
// Each kind of fault is handled at one place: has finds it, and begin, event,
// number, Write, raw or flush acts on it.
type faultWriter struct {
	s      *Session
	ctx    context.Context // of the request
	faults []*fault.Active
	gzip   *gzip.Writer // nil: not compressed

	marked  bool   // the place of a byte order mark is past
	events  uint64 // written so far
	written int    // bytes written so far, as on the wire
	back    []byte // held back until the next beat
	beat    *time.Timer
}

func newFaultWriter(ctx context.Context, s *Session, hits []*fault.Active) *faultWriter {
	b := &faultWriter{s: s, ctx: ctx, faults: hits}
	if b.has(fault.Gzip) != nil {
		s.w.Header().Set("Content-Encoding", "gzip")
		b.gzip = gzip.NewWriter(rawWriter{b})
	}
	if b.has(fault.WrongType) != nil {
		s.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	}
	return b
}

// has returns the connection's fault of this kind, or nil if there is none or it
// was cleared.
func (b *faultWriter) has(kind fault.Kind) *fault.Active {
	for _, f := range b.faults {
		if f.Fault.Kind == kind && f.IsOn() {
			return f
		}
	}
	return nil
}

// begin writes first, the block that the stream begins with, and what the faults
// put before and after it.
func (b *faultWriter) begin(first []byte) error {
	if f := b.has(fault.DelayHeaders); f != nil {
		if err := b.wait(f.Fault.Delay); err != nil {
			return err
		}
	}
	if b.has(fault.RetryStorm) != nil {
		first = append(bytes.TrimSuffix(first, []byte("\n")), "retry: 0\n\n"...)
	}
	if err := b.s.write(first); err != nil {
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
func (b *faultWriter) event(m delivery) error {
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

// unsplit returns body as Spring writes it: a line feed in the data is left as it
// is, so that the rest of the data lacks its "data: ".
func unsplit(body []byte) []byte {
	const field = "\ndata: "
	i := bytes.Index(append([]byte("\n"), body...), []byte(field))
	if i < 0 {
		return body
	}
	first := i + len(field) - 1
	return append(bytes.Clone(body[:first]), bytes.ReplaceAll(body[first:], []byte(field), []byte("\n"))...)
}

// mark returns what precedes the number in an id.
func (b *faultWriter) mark() string {
	if b.has(fault.NULInID) != nil {
		return "\x00"
	}
	return ""
}

// number returns the number in the id of the n-th message.
func (b *faultWriter) number(n uint64) uint64 {
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

// Write writes p, a part of the stream without faults, and applies the faults that
// change its text.
func (b *faultWriter) Write(p []byte) (int, error) {
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

// rawWriter is the destination of b.gzip.
type rawWriter struct{ b *faultWriter }

func (w rawWriter) Write(p []byte) (int, error) {
	if err := w.b.raw(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// raw writes bytes as they appear on the wire, and applies the faults that cut or
// delay them.
func (b *faultWriter) raw(p []byte) error {
	cut := false
	if f := b.has(fault.CutAfterBytes); f != nil && b.written+len(p) > f.Fault.N {
		p, cut = p[:max(f.Fault.N-b.written, 0)], true
	}
	b.written += len(p)
	switch trickle := b.has(fault.Trickle); {
	case b.has(fault.Beats) != nil && b.s.memory.take(len(p)): // without memory it passes the bytes on, as a proxy does
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

// out writes what is held back, and then p.
func (b *faultWriter) out(p []byte) error {
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

// flush flushes the response, unless its bytes are held back until the next beat.
func (b *faultWriter) flush() error {
	if b.gzip != nil {
		if err := b.gzip.Flush(); err != nil {
			return err
		}
	}
	if f := b.has(fault.Beats); f != nil {
		if b.beat == nil {
			b.beat = time.NewTimer(f.Fault.Delay)
			return b.s.rc.Flush() // headers are not held back
		}
		select {
		case <-b.beat.C: // the writer was too busy to receive it
			return b.release()
		default:
			return nil
		}
	}
	return b.release()
}

// release writes what is held back, and flushes.
func (b *faultWriter) release() error {
	if f := b.has(fault.Beats); f != nil && b.beat != nil {
		b.beat.Reset(f.Fault.Delay)
	}
	if err := b.out(nil); err != nil {
		return err
	}
	return b.s.rc.Flush()
}

// nextBeat returns a channel that receives when release must be called. It is nil
// if that is never.
func (b *faultWriter) nextBeat() <-chan time.Time {
	if b == nil || b.beat == nil {
		return nil
	}
	return b.beat.C
}

// end writes what is left at the end of the stream.
func (b *faultWriter) end() error {
	if b.gzip != nil {
		if err := b.gzip.Close(); err != nil {
			return err
		}
	}
	return b.out(nil)
}

// cut flushes what was written, and returns the error that ends the connection.
func (b *faultWriter) cut() error {
	if err := b.release(); err != nil {
		return err
	}
	return errFault
}

// wait sleeps for d, or until the session is over.
func (b *faultWriter) wait(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			return nil
		case <-b.ctx.Done():
			return b.ctx.Err()
		case <-b.s.wake: // the writer looks at the queue after this wait anyway
			if err := b.s.arm(); err != nil {
				return err
			}
		}
	}
}
