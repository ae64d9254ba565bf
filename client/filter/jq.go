package filter

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"sseconsole/client/jq"
)

// jqTime bounds what one record may cost, on a machine that is slow or busy: most
// expressions that do too much are stopped before, by what they do.
const jqTime = 100 * time.Millisecond

// query is a jq expression.
type query struct {
	query   *jq.Query
	stopped atomic.Pointer[jq.Stopped] // why it was stopped first
}

func newQuery(expr string) (*query, error) {
	compiled, err := jq.Compile(expr)
	if err != nil {
		return nil, err
	}
	return &query{query: compiled}, nil
}

// match reports whether data is JSON for which the expression gives something
// other than false and null.
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

// Stopped returns why the jq expression of f was stopped, over one record at
// least, before it had looked at all of it; nil if it never was. Such records do
// not match it.
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
