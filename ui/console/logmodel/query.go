package logmodel

import (
	"bytes"

	"sseconsole/client/filter"
	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// Query says which records a log shows.
type Query struct {
	Scope   Scope
	Shows   func(kind, call record.Kind) bool // called from any goroutine; nil shows all kinds
	Filter  *filter.Filter
	Mark    *filter.Filter // shown records that match it are counted; Filter is then empty
	Cleared int64          // records up to this number are hidden
	Unfold  bool           // children are rows unless they are folded, not the other way round
	Program bool           // shows also notices that are about no stream
}

// Scope is everything, which is the zero value, or the records of one subscription.
type Scope struct {
	One              bool // only those with this target and clientId
	Target, ClientID string
}

// has reports whether a record is in the scope.
func (s *Scope) has(c *journal.Code) bool {
	if !s.One {
		return true
	}
	target, clientID, _ := c.Stream()
	return string(target) == s.Target && string(clientID) == s.ClientID
}

// looks reports whether q may show a record, as far as that can be decided without
// decoding it.
func (q *Query) looks(c *journal.Code) bool {
	return c.Seq > q.Cleared && (q.Shows == nil || q.Shows(c.Kind, c.Call)) && q.Filter.MayKind(c.Kind, c.Call) && q.Scope.has(c) && q.notes(c)
}

// notes reports whether q shows a record if it is a notice. There are few of those.
func (q *Query) notes(c *journal.Code) bool {
	if c.Kind != record.Notice || q.Program {
		return true
	}
	var r record.Record
	return c.Record(&r) && q.wanted(&r)
}

// wanted is like notes for a decoded record.
func (q *Query) wanted(r *record.Record) bool {
	return r.Kind != record.Notice || q.Program || r.Notice().Topic() == record.OfStream
}

// base reports whether q shows a record if it matches the filter.
func (q *Query) base(r *record.Record) bool {
	return r.Seq > q.Cleared && (q.Shows == nil || q.Shows(r.Kind, r.Call)) && q.wanted(r)
}

// quick reports whether q can be applied to new records without decoding them.
func (q *Query) quick() bool { return q.Filter.Empty() && q.Mark.Empty() }

// sieve returns a function that reports whether a text may contain a record that q shows,
// or nil if any text may. See [journal.Journal.Codes].
func (q *Query) sieve() func(text []byte) bool {
	filters := q.Filter.Sieve()
	if !q.Scope.One || q.Scope.ClientID == "" {
		return filters
	}
	clientID := []byte(q.Scope.ClientID)
	return func(text []byte) bool { return bytes.Contains(text, clientID) && (filters == nil || filters(text)) }
}
