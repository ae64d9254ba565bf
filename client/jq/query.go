package jq

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/itchyny/gojq"
)

// MaxExpression bounds an expression, in bytes.
const MaxExpression = 8 << 10

// ErrNotJSON says that the data is not one JSON value.
var ErrNotJSON = errors.New("jq: not JSON")

// Reason says why an expression was stopped.
type Reason string

// The reasons.
const (
	TooMuch Reason = "much"   // it did or allocated too much
	TooLong Reason = "long"   // its time was over
	TooDeep Reason = "deep"   // a value is nested too deeply
	TooBig  Reason = "big"    // a number or a regular expression is too long
	Broken  Reason = "broken" // the engine failed
)

// Reasons returns all reasons.
func Reasons() []Reason { return []Reason{TooMuch, TooLong, TooDeep, TooBig, Broken} }

// Stopped says that an expression was stopped before its end.
type Stopped struct {
	Reason Reason
	Detail string // of Broken
}

func (s *Stopped) Error() string {
	switch s.Reason {
	case TooMuch:
		return fmt.Sprintf("jq: stopped, it needs more than %d MiB or %d million steps", budget>>20, budget/step/1_000_000)
	case TooLong:
		return "jq: stopped, it takes too long"
	case TooDeep:
		return fmt.Sprintf("jq: stopped, a value is nested more than %d deep", maxDepth)
	case TooBig:
		return "jq: stopped, a number or a regular expression is too long"
	}
	return "jq: " + s.Detail
}

// SyntaxError says that an expression is not jq, or asks for what it cannot have.
type SyntaxError struct {
	From int // the byte of the expression that it is about; 0 if that is not known
	Err  error
}

func (e *SyntaxError) Error() string { return e.Err.Error() }
func (e *SyntaxError) Unwrap() error { return e.Err }

// Query is a compiled expression. Any goroutine may use it.
type Query struct {
	parsed   *gojq.Query
	machines sync.Pool // of *machine
}

// Compile returns the Query of an expression. Its errors are *SyntaxError.
func Compile(expr string) (*Query, error) {
	if len(expr) > MaxExpression {
		return nil, &SyntaxError{Err: fmt.Errorf("longer than %d bytes", MaxExpression)}
	}
	parsed, err := gojq.Parse(expr)
	if err != nil {
		from := 0
		var wrong *gojq.ParseError
		if errors.As(err, &wrong) {
			from = min(max(0, wrong.Offset-len(wrong.Token)), len(expr))
		}
		return nil, &SyntaxError{from, err}
	}
	q := &Query{parsed: parsed}
	m, err := newMachine(parsed)
	if err != nil {
		return nil, &SyntaxError{Err: err}
	}
	q.machines.Put(m)
	return q, nil
}

// Run yields the results of q over a JSON text, until it ends, fails, or is
// stopped: by its bounds, after limit, or with ctx. The error is the last that it
// yields: ErrNotJSON, a *Stopped, the cause of ctx, or gojq's, whose text is
// bounded. Results share parts with each other, so that one may be far larger as
// text than in memory.
func (q *Query) Run(ctx context.Context, limit time.Duration, data string) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		m, _ := q.machines.Get().(*machine)
		if m == nil {
			var err error
			if m, err = newMachine(q.parsed); err != nil {
				yield(nil, err)
				return
			}
		}
		defer func() {
			if m.reusable() {
				q.machines.Put(m)
			}
		}()
		m.begin(ctx, limit)
		value, err := m.decode(data)
		if err != nil {
			yield(nil, err)
			return
		}
		for result := range m.results(value) {
			err, failed := result.(error)
			if failed {
				yield(nil, m.plain(err))
				return
			}
			if !yield(result, nil) {
				return
			}
		}
	}
}
