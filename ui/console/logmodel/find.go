package logmodel

import (
	"context"
	"regexp"
	"sort"
	"strings"
	"time"

	"sseconsole/client/filter"
	"sseconsole/client/record"
)

// Find returns the number of the next record after seq, or with back of the previous
// one, that q shows and f matches. It wraps around and then reports wrapped. It returns
// 0 if there is no such record or ctx ends. It blocks, and may be called from any
// goroutine.
func Find(ctx context.Context, in Records, q Query, f *filter.Filter, seq int64, back bool) (at int64, wrapped bool) {
	first, last := in.Bounds()
	if back {
		if at = findIn(ctx, in, &q, f, first, seq-1, true); at == 0 {
			at, wrapped = findIn(ctx, in, &q, f, seq, last, true), true
		}
		return at, wrapped
	}
	if at = findIn(ctx, in, &q, f, seq+1, last, false); at == 0 {
		at, wrapped = findIn(ctx, in, &q, f, first, seq, false), true
	}
	return at, wrapped
}

// findIn searches the records numbered first to last.
func findIn(ctx context.Context, in Records, q *Query, f *filter.Filter, first, last int64, back bool) (at int64) {
	sieve, scoped := f.Sieve(), (&Query{Scope: q.Scope, Filter: f}).sieve()
	var r record.Record
	for first <= last && ctx.Err() == nil {
		from, to := first, min(last, first+part-1)
		if back {
			from, to = max(first, last-part+1), last
			last = from - 1
		} else {
			first = to + 1
		}
		for c := range in.Codes(from, to, scoped) {
			if ctx.Err() != nil {
				return 0
			}
			if q.looks(c) && f.MayKind(c.Kind, c.Call) && (sieve == nil || sieve(c.Text())) && c.Record(&r) && q.Filter.Match(&r) && f.Match(&r) {
				at = c.Seq
				if !back {
					return at
				}
			}
		}
		if at > 0 {
			return at
		}
	}
	return at
}

// ParseTime parses a time: "-5m" and "+90s" relative to reference; "15:04", "15:04:05"
// and "15:04:05.000" on the day of reference or, if that is after newest, the day before;
// or a full "2006-01-02 15:04:05".
func ParseTime(text string, reference, newest time.Time) (at time.Time, ok bool) {
	text = strings.TrimSpace(text)
	if regexp.MustCompile(`^[+-]`).MatchString(text) {
		d, err := time.ParseDuration(strings.ReplaceAll(text, " ", ""))
		return reference.Add(d), err == nil
	}
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02 15:04", time.RFC3339Nano} {
		if at, err := time.ParseInLocation(layout, text, reference.Location()); err == nil {
			return at, true
		}
	}
	for _, layout := range []string{"15:04:05", "15:04"} { // a fraction may follow the seconds
		clock, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		y, m, d := reference.Date()
		at := time.Date(y, m, d, clock.Hour(), clock.Minute(), clock.Second(), clock.Nanosecond(), reference.Location())
		if at.After(newest) && !at.AddDate(0, 0, -1).After(newest) {
			at = at.AddDate(0, 0, -1)
		}
		return at, true
	}
	return time.Time{}, false
}

// AtTime returns the number of the first record not before t, or of the last record if
// all are before t. It uses a binary search: the times of a run increase, except for the
// few milliseconds between its goroutines, and the result may be off by as much. It
// blocks, and may be called from any goroutine.
func AtTime(in Records, t time.Time) (seq int64) {
	first, last := in.Bounds()
	i := sort.Search(int(last-first+1), func(i int) bool {
		for r := range in.Scan(first+int64(i), last) { // skips damaged records
			return !r.Time.Before(t)
		}
		return true
	})
	return min(first+int64(i), last)
}
