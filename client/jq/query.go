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

// MaxExpression is the maximum length of an expression in bytes.
const MaxExpression = 8 << 10

// ErrNotJSON says that the data is not exactly one JSON value.
var ErrNotJSON = errors.New("jq: not JSON")

// Reason says why an expression was stopped.
type Reason string

// The reasons.
const (
	TooMuch Reason = "much"   // too many steps or too much memory
	TooLong Reason = "long"   // the time limit was reached
	TooDeep Reason = "deep"   // a value is nested too deeply
	TooBig  Reason = "big"    // a number or a regular expression is too long
	Broken  Reason = "broken" // the engine failed
)

// Reasons returns all reasons.
func Reasons() []Reason { return []Reason{TooMuch, TooLong, TooDeep, TooBig, Broken} }

// Stopped says that an expression was stopped before its end.
type Stopped struct {
	Reason Reason
	Detail string // set for Broken
}

func (s *Stopped) Error() string {
	switch s.Reason {
	case TooMuch:
		return fmt.Sprintf("jq: stopped: more than %d MiB or %d million steps", budget>>20, budget/step/1_000_000)
	case TooLong:
		return "jq: stopped: time limit reached"
	case TooDeep:
		return fmt.Sprintf("jq: stopped: value nested more than %d levels deep", maxDepth)
	case TooBig:
		return "jq: stopped: number or regular expression too long"
	}
	return "jq: " + s.Detail
}

// SyntaxError says that an expression is invalid or uses what is not available.
type SyntaxError struct {
	From int // position in the expression in bytes, 0 if unknown
	Err  error
}

func (e *SyntaxError) Error() string { return e.Err.Error() }
func (e *SyntaxError) Unwrap() error { return e.Err }

// Query is a compiled expression. It is safe for use by several goroutines.
type Query struct {
	parsed   *gojq.Query
	machines sync.Pool // of *machine
}

// Compile compiles an expression. Its errors are of type *SyntaxError.
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

// Run yields the results of q for a JSON text, until it ends, fails, or is stopped
// by its bounds, by limit, or by ctx. An error is the last thing it yields:
// ErrNotJSON, a *Stopped, the cause of ctx, or an error of gojq, whose text is
// bounded. Results may share parts, so a result may be far larger as text than in
// memory.
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
