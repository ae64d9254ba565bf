package logmodel

import "sseconsole/client/record"

// Problem returns the number of the next shown finding after record seq, or with back of
// the previous one. It wraps around.
func (l *Log) Problem(seq int64, back bool) (next int64, ok bool) {
	if back {
		if next, ok = l.matched.Previous(seq, &l.problems); !ok {
			next, ok = l.matched.Previous(1<<62, &l.problems)
		}
		return next, ok
	}
	if next, ok = l.matched.Next(seq, &l.problems); !ok {
		next, ok = l.matched.Next(-1, &l.problems)
	}
	return next, ok
}

// mostFindings is how many findings are counted in a scope.
const mostFindings = 999

// Findings returns how many findings are in the query's scope, shown or not, and whether
// there are more than were counted.
func (l *Log) Findings() (n int64, more bool) {
	if !l.query.Scope.One {
		return l.problems.Len(), false
	}
	for seq, ok := l.scoped.Next(-1, &l.problems); ok; seq, ok = l.scoped.Next(seq, &l.problems) {
		if n == mostFindings {
			return n, true
		}
		n++
	}
	return n, false
}

// Connection returns the request and the response of r's connection, each nil if there
// is none. It may be called from any goroutine. It reads up to most records: one for
// each connection edge between r and its request.
func (l *Log) Connection(r *record.Record, most int) (request, response *record.Record) {
	l.mu.Lock()
	from := l.from
	l.mu.Unlock()
	same := func(o *record.Record) bool {
		return o != nil && o.Target == r.Target && o.ClientID == r.ClientID && o.Conn == r.Conn
	}
	at := l.edge(r.Seq+1, true)
	for ; at > 0 && most > 0; at, most = l.edge(at, true), most-1 {
		if o := from.At(at); same(o) && o.Kind == record.Subscribe {
			request = o
			break
		}
	}
	for request != nil && most > 0 {
		if at = l.edge(at, false); at == 0 {
			break
		}
		most--
		if o := from.At(at); same(o) {
			return request, o
		}
	}
	return request, nil
}

// edge returns the number of the next or, with back, the previous edge from record seq,
// 0 if there is none.
func (l *Log) edge(seq int64, back bool) (at int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if back {
		at, _ = l.edges.Previous(seq, &l.edges)
	} else {
		at, _ = l.edges.Next(seq, &l.edges)
	}
	return at
}

// isEdge reports whether a record begins, opens or ends a connection.
func isEdge(kind, call record.Kind) bool {
	switch kind {
	case record.Subscribe, record.Open, record.End:
		return true
	}
	return kind == record.Fail && call == record.Subscribe
}
