package logmodel

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/record"
)

// at returns a time some milliseconds after the beginning of a test's records.
func at(ms int) time.Time { return time.Unix(1.7e9, 0).Add(time.Duration(ms) * time.Millisecond) }

// raw returns the bytes of an item at an offset of its body.
func raw(r record.Record, offset int64, text string) record.Record {
	r.Raw, r.Offset = []byte(text), offset
	return r
}

func TestRecordsBelongToTheirRequests(t *testing.T) {
	a := record.Record{Target: "t", ClientID: "a", Conn: 1}
	of := func(kind, call record.Kind) record.Record {
		r := a
		r.Kind, r.Call = kind, call
		return r
	}
	sent := func(ms int) record.Record {
		r := of(record.Send, 0)
		r.Time = at(ms)
		return r
	}
	answer := func(ms, took int) record.Record {
		r := of(record.Answer, record.Send)
		r.Time, r.Took = at(ms), time.Duration(took)*time.Millisecond
		return r
	}
	other := func(r record.Record) record.Record {
		r.ClientID = "b"
		return r
	}
	conn := func(n int, r record.Record) record.Record {
		r.Conn = n
		return r
	}
	subscribe, open := of(record.Subscribe, 0), of(record.Open, 0)
	cursor, retry, event, comment := of(record.Cursor, 0), of(record.Retry, 0), of(record.Event, 0), of(record.Comment, 0)
	for name, c := range map[string]struct {
		records []record.Record
		want    string // child:parent
	}{
		"an answer":                     {[]record.Record{sent(0), event, answer(9, 9)}, "3:1"},
		"an answer of another clientId": {[]record.Record{sent(0), other(answer(9, 9))}, ""},
		"answers of calls at the same time": {
			[]record.Record{sent(0), sent(100), answer(200, 200), answer(300, 200)}, "3:1 4:2"},
		"an answer after one that got lost":    {[]record.Record{sent(0), sent(100), answer(150, 50)}, "3:2"},
		"an answer that says nothing of time":  {[]record.Record{sent(0), answer(9, 0)}, "2:1"},
		"an answer that comes twice":           {[]record.Record{sent(0), answer(9, 9), answer(9, 9)}, "2:1"},
		"a failed send":                        {[]record.Record{sent(0), of(record.Fail, record.Send)}, "2:1"},
		"a close is not a send":                {[]record.Record{sent(0), of(record.Close, 0), of(record.Answer, record.Close)}, "3:2"},
		"redirects":                            {[]record.Record{subscribe, of(record.Redirect, record.Subscribe), open}, "2:1 3:1"},
		"an open and what opens the body":      {[]record.Record{subscribe, open, raw(cursor, 0, "id: 1\n\n"), raw(retry, 7, "retry: 1\n"), event}, "2:1 3:1 4:1"},
		"a comment in front":                   {[]record.Record{subscribe, open, raw(comment, 0, ": hello\n"), raw(cursor, 9, "id: 1\n\n")}, "2:1 4:1"},
		"an id only after an event":            {[]record.Record{subscribe, open, event, raw(cursor, 30, "id: 1\n\n")}, "2:1"},
		"an id only in a later body":           {[]record.Record{subscribe, open, raw(conn(2, cursor), 0, "id: 1\n\n")}, "2:1"},
		"two connections":                      {[]record.Record{subscribe, open, of(record.End, 0), conn(2, subscribe), conn(2, open)}, "2:1 5:4"},
		"a failed subscribe":                   {[]record.Record{subscribe, of(record.Fail, record.Subscribe)}, "2:1"},
		"giving up later":                      {[]record.Record{subscribe, open, of(record.End, 0), of(record.Fail, record.Subscribe)}, "2:1"},
		"what is never hidden":                 {[]record.Record{subscribe, of(record.Problem, 0), of(record.End, 0), of(record.Reconnect, 0), event}, ""},
		"records of an import without a place": {[]record.Record{subscribe, cursor}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			j := &journal.Journal{}
			for _, r := range c.records {
				j.Append(r)
			}
			l := NewLog(j, Query{})
			defer l.Close()
			l.Refresh()
			got := ""
			for seq := range int64(len(c.records) + 1) {
				if parent := l.links.parent(seq); parent > 0 {
					if !slices.Contains(l.Children(parent), seq) {
						t.Errorf("%d is no child of its parent %d", seq, parent)
					}
					if got != "" {
						got += " "
					}
					got += fmt.Sprintf("%d:%d", seq, parent)
				}
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// fold is a log of some calls, followed by its changes.
type fold struct {
	viewed
	j *journal.Journal
}

func newFold(t *testing.T, limit int64) *fold {
	f := &fold{j: &journal.Journal{Limit: limit}}
	f.log = NewLog(f.j, Query{})
	t.Cleanup(f.log.Close)
	return f
}

// call appends a send and its answer.
func (f *fold) call() {
	_, last := f.j.Bounds()
	n := int(last) * 100
	f.j.Append(record.Record{Kind: record.Send, Time: at(n), ClientID: "a", Data: "hello"})
	f.j.Append(record.Record{Kind: record.Answer, Call: record.Send, Time: at(n + 1), Took: time.Millisecond, ClientID: "a", Message: "fine"})
}

// expect checks the rows.
func (f *fold) expect(t *testing.T, want ...int64) {
	t.Helper()
	if f.settle(t); !slices.Equal(f.rows, want) {
		t.Errorf("rows %v, want %v", f.rows, want)
	}
}

func TestChildrenAreFoldedUntilTheUserUnfoldsThem(t *testing.T) {
	f := newFold(t, 0)
	f.call()
	f.call()
	f.expect(t, 1, 3)
	if children, folded := f.log.Folded(1); !children || !folded || f.log.Count() != 4 {
		t.Errorf("children %v, folded %v, %d records", children, folded, f.log.Count())
	}
	f.apply(t, f.log.Toggle(1))
	f.expect(t, 1, 2, 3)
	if f.log.Parent(2) != 1 || f.log.Parent(3) != 0 {
		t.Errorf("parents %d, %d", f.log.Parent(2), f.log.Parent(3))
	}
	f.call()
	f.expect(t, 1, 2, 3, 5)
	f.log.Show(f.j, Query{}, 0)
	f.expect(t, 1, 2, 3, 5)
	f.apply(t, f.log.Toggle(1))
	f.expect(t, 1, 3, 5)
	f.log.Show(f.j, Query{Unfold: true}, 0)
	f.expect(t, 1, 2, 3, 4, 5, 6)
	f.apply(t, f.log.Toggle(3))
	f.expect(t, 1, 2, 3, 5, 6)
}

func TestChildrenAreFoldedAlsoAfterRecordsWereHiddenUnseen(t *testing.T) {
	f := newFold(t, 0)
	f.call()
	f.settle(t)
	f.call()
	_, last := f.j.Bounds()
	f.log.Show(f.j, Query{Cleared: last}, 0)
	f.call()
	f.expect(t, 5)
	f.log.Show(f.j, Query{}, 0)
	f.expect(t, 1, 3, 5)
}

func TestAChildThatMatchesShowsItsParent(t *testing.T) {
	f := newFold(t, 0)
	f.call()
	f.call()
	f.log.Show(f.j, Query{Filter: parsed(t, "fine")}, 0)
	f.expect(t, 1, 2, 3, 4)
	if f.log.Count() != 2 || f.log.Matches(1) || !f.log.Matches(2) {
		t.Errorf("%d records, 1 matches: %v, 2 matches: %v", f.log.Count(), f.log.Matches(1), f.log.Matches(2))
	}
	f.apply(t, f.log.Toggle(1))
	f.expect(t, 1, 3, 4)
	f.call()
	f.expect(t, 1, 3, 4, 5, 6)
	f.log.Show(f.j, Query{Filter: parsed(t, "fine")}, 0) // what matches is seen again
	f.expect(t, 1, 2, 3, 4, 5, 6)
	f.log.Show(f.j, Query{Shows: func(kind, _ record.Kind) bool { return kind != record.Send }}, 0)
	f.expect(t, 2, 4, 6) // a kind that is off stays off
}

func TestTheRecordsOfRowsIncludeFoldedChildren(t *testing.T) {
	f := newFold(t, 0)
	for range 4 {
		f.call()
	}
	f.settle(t)
	f.apply(t, f.log.Toggle(3))
	f.expect(t, 1, 3, 4, 5, 7)
	for _, c := range []struct {
		rows []Rows
		want []int64
	}{
		{[]Rows{{0, 5}}, []int64{1, 2, 3, 4, 5, 6, 7, 8}}, {[]Rows{{1, 1}}, []int64{3}}, {[]Rows{{1, 2}}, []int64{3, 4}},
		{[]Rows{{0, 1}, {3, 9}}, []int64{1, 2, 5, 6, 7, 8}}, {[]Rows{{9, 1}}, nil},
	} {
		if got := slices.Collect(f.log.RecordsOf(c.rows).All()); !slices.Equal(got, c.want) {
			t.Errorf("rows %v are records %v, want %v", c.rows, got, c.want)
		}
	}
	f.log.Show(f.j, Query{Mark: parsed(t, "fine")}, 0)
	f.settle(t)
	if upTo, of, is := f.log.Marked(4); upTo != 2 || of != 4 || !is {
		t.Errorf("record 4 is match %d of %d: %v", upTo, of, is)
	}
}

func TestChildrenOfDroppedRecordsBecomeRows(t *testing.T) {
	f := newFold(t, 1<<16)
	long := func(ms, took int) {
		f.j.Append(record.Record{Kind: record.Answer, Call: record.Send, Time: at(ms), Took: time.Duration(took) * time.Millisecond, ClientID: "a"})
	}
	f.j.Append(record.Record{Kind: record.Send, Time: at(0), ClientID: "a"})
	for range 300 {
		f.call()
	}
	long(1_000_000, 1_000_000)
	_, answer := f.j.Bounds()
	f.settle(t)
	if _, shown := f.log.Row(answer); shown || f.log.links.parent(answer) != 1 {
		t.Fatalf("the answer has a row: %v, its parent is %d", shown, f.log.links.parent(answer))
	}
	for first, _ := f.j.Bounds(); first == 1; first, _ = f.j.Bounds() {
		f.j.Append(record.Record{Kind: record.Event, ClientID: "a", Data: "something"})
		f.settle(t)
	}
	first, last := f.j.Bounds()
	if _, shown := f.log.Row(answer); !shown || answer < first {
		t.Errorf("the answer %d of %d to %d has no row", answer, first, last)
	}
}

func TestTheRelationsOfAnOpenedRunAreThoseOfTheRun(t *testing.T) {
	dir := t.TempDir()
	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	fill(j, 3*part+10)
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*"))
	run, err := journal.OpenRun(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	for focus := range int64(4) { // the parts are examined in another order each time
		l := NewLog(&journal.Journal{}, Query{})
		l.Show(run, Query{}, 1+focus*part)
		for l.Refresh(); l.Progress().Working; l.Refresh() {
			runtime.Gosched()
		}
		if got, want := slices.Collect(l.shown.All()), expectRows(run, Query{}); !slices.Equal(got, want) {
			t.Errorf("focus %d: %d rows, want %d", focus, len(got), len(want))
		}
		l.Close()
	}
}
