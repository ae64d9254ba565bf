package jq

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/itchyny/gojq"
)

// machine is a compiled expression whose instructions and builtins are charged to
// a budget. It serves one run at a time. It is also the context of its run, since
// gojq calls Done before each instruction.
type machine struct {
	meter    meter
	code     *gojq.Code
	regexps  map[[2]string]*expression
	outer    context.Context
	deadline time.Time
	steps    int
	stacks   stacks
	forks    int  // number of forks at the previous step
	fell     bool // the previous step removed a fork
}

// done is what Done returns once a run has been stopped.
var done = func() chan struct{} { c := make(chan struct{}); close(c); return c }()

// newMachine compiles an expression.
func newMachine(parsed *gojq.Query) (*machine, error) {
	m := &machine{regexps: make(map[[2]string]*expression)}
	environment := false
	code, err := gojq.Compile(parsed, gojq.WithEnvironLoader(func() []string {
		environment = true // called only for env and $ENV
		return nil
	}))
	if err == nil && environment {
		err = errors.New("the environment is not available")
	}
	if err == nil {
		err = m.guard(code)
	}
	m.code = code
	return m, err
}

// reusable reports whether m may serve another run. gojq caches every regular
// expression it has compiled, so a machine with many of them is dropped.
func (m *machine) reusable() bool { return len(m.regexps) <= 64 && m.meter.stopped == nil }

func (m *machine) begin(ctx context.Context, limit time.Duration) {
	m.meter = meter{left: budget}
	m.outer, m.deadline, m.steps, m.forks, m.fell = ctx, time.Now().Add(limit), 0, 0, false
}

// results yields the results for value; the last may be an error.
func (m *machine) results(value any) iter.Seq[any] {
	return func(yield func(any) bool) {
		run := m.code.RunWithContext(m, value)
		m.stacks.of(run)
		for {
			result, ok := m.next(run)
			if !ok || !yield(result) {
				return
			}
		}
	}
}

// next turns a panic of the engine into an error: an expression must not end the
// program.
func (m *machine) next(run gojq.Iter) (result any, ok bool) {
	defer func() {
		if p := recover(); p != nil {
			m.meter.stopped = &Stopped{Broken, fmt.Sprint(p)}
			result, ok = m.meter.stopped, true
		}
	}()
	return run.Next()
}

// Done counts a step. With Deadline, Err and Value it makes m a context.Context.
func (m *machine) Done() <-chan struct{} {
	m.steps++
	m.meter.left -= step
	forks := m.stacks.forks.len
	if forks > m.forks && !m.fell {
		m.meter.left -= pathSize * m.stacks.iterated()
	}
	m.forks, m.fell = forks, forks < m.forks
	if n := m.stacks.paths.len; n > 64 {
		m.meter.left -= 4 * float64(n) // the cost of a path that is four steps after the previous one
	}
	if m.meter.left < 0 {
		m.meter.stop(TooMuch)
	}
	if m.steps%16 == 0 { // not rarer, since one step may read all of a long text
		m.look()
	}
	if m.meter.stopped != nil {
		return done
	}
	return nil
}

// look checks what need not be checked at every step.
func (m *machine) look() {
	switch {
	case m.outer.Err() != nil:
		if m.meter.stopped == nil {
			m.meter.stopped = context.Cause(m.outer)
		}
	case time.Now().After(m.deadline):
		m.meter.stop(TooLong)
	case m.stacks.size() > maxStacks:
		m.meter.stop(TooMuch)
	}
}

func (m *machine) Err() error                  { return m.meter.stopped }
func (m *machine) Deadline() (time.Time, bool) { return m.deadline, true }
func (m *machine) Value(any) any               { return nil }

// plain returns err, or a replacement if its text would be long.
func (m *machine) plain(err error) error {
	if m.meter.stopped != nil {
		return m.meter.stopped
	}
	var value gojq.ValueError
	if errors.As(err, &value) {
		of := meter{left: maxText}
		if of.spend(of.tree(value.Value())); of.stopped != nil {
			return errors.New("error (with a long value)")
		}
	}
	return err
}
