package filter

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"sseconsole/client/jq"
)

// jqTime bounds the time for one record, on a machine that is slow or busy. Most
// expressions that do too much are stopped earlier, by what they do.
const jqTime = 100 * time.Millisecond

// query is a jq expression.
type query struct {
	query   *jq.Query
	stopped atomic.Pointer[jq.Stopped] // why it was stopped the first time
}

func newQuery(expr string) (*query, error) {
	compiled, err := jq.Compile(expr)
	if err != nil {
		return nil, err
	}
	return &query{query: compiled}, nil
}

// match reports whether data is JSON for which the expression has a result other
// than false and null.
func (q *query) match(data string) bool {
	for result, err := range q.query.Run(context.Background(), jqTime, data) {
		if err != nil {
			var stopped *jq.Stopped
			if errors.As(err, &stopped) {
				q.stopped.CompareAndSwap(nil, stopped)
			}
			return false
		}
		if result != nil && result != false {
			return true
		}
	}
	return false
}

// Stopped returns why the jq expression of f was stopped for a record the first
// time, or nil if it never was. Such records do not match.
func (f *Filter) Stopped() *jq.Stopped {
	if f == nil {
		return nil
	}
	for i := range f.terms {
		if q := f.terms[i].jq; q != nil && q.stopped.Load() != nil {
			return q.stopped.Load()
		}
	}
	return nil
}
