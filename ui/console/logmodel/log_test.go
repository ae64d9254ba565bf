package logmodel

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"time"

	"sseconsole/client/filter"
	"sseconsole/client/journal"
	"sseconsole/client/record"
)

func parsed(t testing.TB, line string) *filter.Filter {
	t.Helper()
	f, err := filter.Parse(line)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// fill appends n records of several kinds.
func fill(j *journal.Journal, n int) {
	_, last := j.Bounds()
	for i := last + 1; i <= last+int64(n); i++ {
		r := record.Record{Time: time.Unix(1.7e9+i, 0), Kind: record.Event, ClientID: "x", Conn: int(i / 50_000), Data: fmt.Sprintf("event %d of a stream", i)}
		switch {
		case i%50_000 == 0:
			r.Kind = record.Subscribe
		case i%50_000 == 1:
			r.Kind = record.Open
		case i%9973 == 0:
			r.Kind, r.Type = record.Problem, "late"
		case i%9 == 1:
			r.Kind, r.ClientID = record.Send, "z"
		case i%9 == 5 || i > part && i < part+10:
			r.Kind, r.Call, r.ClientID, r.Took = record.Answer, record.Send, "z", 4*time.Second
		case i%1000 == 3:
			r.ClientID = "y"
		case i%3 == 0:
			r.Kind = record.Comment
		}
		j.Append(r)
	}
}

// viewed follows a log only by its changes.
type viewed struct {
	log  *Log
	rows []int64 // -1 where the number was not read
}

func (v *viewed) refresh(t *testing.T) {
	t.Helper()
	v.apply(t, v.log.Refresh())
}

// apply follows a change.
func (v *viewed) apply(t *testing.T, c Change) {
	t.Helper()
	if c.Reset {
		v.rows = nil
	}
	v.rows = v.rows[c.Trimmed:]
	for _, r := range c.Removed {
		v.rows = slices.Delete(v.rows, int(r.At), int(r.At+r.N))
	}
	for _, in := range c.Inserted {
		v.rows = slices.Insert(v.rows, int(in.At), slices.Repeat([]int64{-1}, int(in.N))...)
	}
	if int64(len(v.rows)) != v.log.Len() {
		t.Fatalf("the changes give %d rows, the log has %d", len(v.rows), v.log.Len())
	}
	for i, seq := range v.rows {
		if now := v.log.At(int64(i)); seq == -1 {
			v.rows[i] = now
		} else if seq != now {
			t.Fatalf("row %d was %d and is %d without a change", i, seq, now)
		}
	}
}

// settle refreshes until everything has been examined.
func (v *viewed) settle(t *testing.T) {
	t.Helper()
	deadline := time.Now().Add(2 * time.Minute)
	for v.refresh(t); v.log.Progress().Working; v.refresh(t) {
		runtime.Gosched() // refresh reads all rows here, and must not starve the workers
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain: %+v", v.log.Progress())
		}
	}
}

// expectRows returns the records that are rows with q, after one look at all records.
func expectRows(j Records, q Query) (rows []int64) {
	first, last := j.Bounds()
	shows, parent, all := map[int64]bool{}, map[int64]int64{}, relater{}
	for _, seq := range expect(j, q) {
		shows[seq] = true
	}
	for c := range j.Codes(first, last, nil) {
		if p, _ := all.next(c); p > 0 {
			parent[c.Seq] = p
		}
	}
	is := map[int64]bool{}
	for seq := range shows {
		p := parent[seq]
		r := j.At(p)
		switch {
		case r == nil || !q.base(r):
			is[seq] = true
		case !shows[p] || q.Unfold:
			is[seq], is[p] = true, true
		}
	}
	return slices.Sorted(maps.Keys(is))
}

// expect returns the numbers of the records that q shows.
func expect(j Records, q Query) (rows []int64) {
	first, last := j.Bounds()
	for r := range j.Scan(first, last) {
		if q.Scope.One && (r.Target != q.Scope.Target || r.ClientID != q.Scope.ClientID) {
			continue
		}
		if r.Seq > q.Cleared && (q.Shows == nil || q.Shows(r.Kind, r.Call)) && q.Filter.Match(r) {
			rows = append(rows, r.Seq)
		}
	}
	return rows
}

func TestALogShowsWhatItsQuerySelects(t *testing.T) {
	j, err := journal.Create(journal.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	fill(j, 3*part+77)
	noComments := func(kind, _ record.Kind) bool { return kind != record.Comment }
	noSends := func(kind, _ record.Kind) bool { return kind != record.Send }
	v := &viewed{log: NewLog(j, Query{})}
	defer v.log.Close()
	for i, q := range []Query{
		{}, {Shows: noComments}, {Filter: parsed(t, "77")}, {Filter: parsed(t, "nowhere")}, {Cleared: 2 * part},
		{Scope: Scope{One: true, ClientID: "y"}}, {Scope: Scope{One: true, ClientID: "y"}, Filter: parsed(t, "77")}, {Scope: Scope{One: true, Target: "elsewhere", ClientID: "y"}},
		{Shows: noComments, Filter: parsed(t, "event -1 /[24]$|stream/"), Cleared: 100}, {Filter: parsed(t, "kind:problem")},
		{Filter: parsed(t, "kind:answer")}, {Shows: noSends}, {Unfold: true}, {Mark: parsed(t, "77")}, {Cleared: 6 * part}, {},
	} {
		v.log.Show(j, q, rand.Int64N(3*part)*int64(i%2))
		v.refresh(t)
		fill(j, 1000*i)
		v.settle(t)
		if want := expectRows(j, q); !slices.Equal(v.rows, want) {
			t.Errorf("query %d: %d rows, want %d", i, len(v.rows), len(want))
		}
		if want := expect(j, q); !slices.Equal(slices.Collect(v.log.Records().All()), want) {
			t.Errorf("query %d shows %d records, want %d", i, v.log.Count(), len(want))
		}
		if p := v.log.Progress(); p.Looked != p.Of {
			t.Errorf("query %d: %+v", i, p)
		}
	}
}

func TestRecordsThatArriveMeanwhileBecomeRows(t *testing.T) {
	j := &journal.Journal{Limit: 1 << 20}
	v := &viewed{log: NewLog(j, Query{Filter: parsed(t, "event")})}
	defer v.log.Close()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 60 {
			fill(j, 1000)
		}
	}()
	for over := false; !over; {
		select {
		case <-done:
			over = true
		default:
		}
		v.log.Look()
		v.refresh(t)
	}
	v.settle(t)
	if want := expectRows(j, Query{}); !slices.Equal(v.rows, want) {
		t.Errorf("%d rows, want %d", len(v.rows), len(want))
	}
}

func TestRecordsDroppedSinceTheyWereExaminedBecomeNoRows(t *testing.T) {
	j := &journal.Journal{Limit: 1 << 20}
	fill(j, 1000)
	l := NewLog(j, Query{Filter: parsed(t, "event")})
	defer l.Close()
	l.Look()
	for l.Progress().Looked < 1000 {
		runtime.Gosched()
	}
	fill(j, 60_000)
	l.Refresh()
	if first, _ := j.Bounds(); first <= 1000 || l.Len() > 0 && l.At(0) < first {
		t.Errorf("the first of %d rows is record %d, the first record %d", l.Len(), l.At(0), first)
	}
}

func TestTheNewestRowsAreThereFirstAndTheRestCanWait(t *testing.T) {
	j := &journal.Journal{}
	fill(j, 20*part)
	l := NewLog(j, Query{})
	defer l.Close()
	for l.Refresh(); l.Len() == 0; l.Refresh() {
	}
	if newest := l.At(l.Len() - 1); newest < 19*part {
		t.Errorf("the first rows end with record %d", newest)
	}
	l.Stop()
	for l.Refresh(); l.Progress().Working; l.Refresh() {
	}
	p, before := l.Progress(), l.Count()
	fill(j, 10)
	for l.Refresh(); l.Progress().Looked < p.Looked+10; l.Refresh() {
	}
	if l.Count() != before+10 {
		t.Errorf("%d records after 10 more than %d", l.Count(), before)
	}
	l.Resume()
	for l.Refresh(); l.Progress().Working; l.Refresh() {
	}
	if _, last := j.Bounds(); l.Count() != last {
		t.Errorf("%d of %d after resuming from %+v", l.Count(), last, p)
	}
}

func TestFindingsAreSteppedThroughInBothDirections(t *testing.T) {
	j := &journal.Journal{}
	fill(j, 3*part)
	v := &viewed{log: NewLog(j, Query{})}
	defer v.log.Close()
	v.settle(t)
	for _, c := range []struct {
		from int64
		back bool
		want int64
	}{{0, false, 9973}, {9973, false, 2 * 9973}, {4 * 9973, false, 9973}, {2 * 9973, true, 9973}, {9973, true, 4 * 9973}} {
		if got, ok := v.log.Problem(c.from, c.back); got != c.want || !ok {
			t.Errorf("from %d, back %v: %d, %v", c.from, c.back, got, ok)
		}
	}
	v.log.Show(j, Query{Cleared: 9973}, 0)
	v.settle(t)
	if got, _ := v.log.Problem(0, false); got != 2*9973 {
		t.Errorf("a finding that is not shown is found: %d", got)
	}
}

func TestTheConnectionOfARecordIsFound(t *testing.T) {
	j := &journal.Journal{}
	fill(j, 120_000)
	v := &viewed{log: NewLog(j, Query{Filter: parsed(t, "nowhere")})}
	defer v.log.Close()
	v.settle(t)
	request, response := v.log.Connection(j.At(99_999), 10)
	if request == nil || request.Seq != 50_000 || response == nil || response.Seq != 50_001 {
		t.Errorf("%+v, %+v", request, response)
	}
	if request, _ := v.log.Connection(j.At(49_999), 10); request != nil {
		t.Errorf("a connection without a request: %+v", request)
	}
}

func TestFindWrapsAroundInBothDirections(t *testing.T) {
	j := &journal.Journal{}
	fill(j, 3*part)
	q := Query{Shows: func(kind, _ record.Kind) bool { return kind == record.Event }}
	f := parsed(t, `/event (7|20002|40000) /`)
	for _, c := range []struct {
		from    int64
		back    bool
		want    int64
		wrapped bool
	}{{0, false, 7, false}, {7, false, 20002, false}, {20002, false, 40000, false}, {40000, false, 7, true}, {20002, true, 7, false}, {7, true, 40000, true}} {
		if at, wrapped := Find(context.Background(), j, q, f, c.from, c.back); at != c.want || wrapped != c.wrapped {
			t.Errorf("from %d, back %v: %d, %v", c.from, c.back, at, wrapped)
		}
	}
	if at, _ := Find(context.Background(), j, q, parsed(t, "nowhere"), 5, false); at != 0 {
		t.Errorf("found %d", at)
	}
	ended, end := context.WithCancel(context.Background())
	end()
	if at, _ := Find(ended, j, q, f, 0, false); at != 0 {
		t.Errorf("found %d after the end", at)
	}
}

func TestFindStaysInTheScope(t *testing.T) {
	j := &journal.Journal{}
	fill(j, 3*part)
	q := Query{Scope: Scope{One: true, ClientID: "y"}}
	for _, c := range []struct {
		from int64
		back bool
		want int64
	}{{0, false, 3}, {3, false, 1003}, {3, true, 49003}} {
		if at, _ := Find(context.Background(), j, q, parsed(t, "event"), c.from, c.back); at != c.want {
			t.Errorf("from %d, back %v: %d", c.from, c.back, at)
		}
	}
}

func TestATimeIsFound(t *testing.T) {
	j := &journal.Journal{}
	fill(j, 1000)
	for seconds, want := range map[int64]int64{-5: 1, 1: 1, 500: 500, 1000: 1000, 2000: 1000} {
		if got := AtTime(j, time.Unix(1.7e9+seconds, 0)); got != want {
			t.Errorf("second %d: record %d", seconds, got)
		}
	}
	day := time.Date(2026, 3, 4, 12, 0, 0, 0, time.Local)
	for text, want := range map[string]string{
		"-5m": "03-04 11:55:00.000", "+ 90s": "03-04 12:01:30.000", "11:59": "03-04 11:59:00.000", "1:02:03.5": "", "11:02:03.250": "03-04 11:02:03.250",
		"23:00": "03-03 23:00:00.000", "2026-03-01 07:00": "03-01 07:00:00.000", "x": "", "": "", "-": "",
	} {
		at, ok := ParseTime(text, day, day.Add(time.Hour))
		if ok != (want != "") && text != "1:02:03.5" || ok && want != "" && at.Format("01-02 15:04:05.000") != want {
			t.Errorf("%q: %v, %v", text, at, ok)
		}
	}
}

func TestARunThatIsClosedMeanwhileDoesNoHarm(t *testing.T) {
	dir := t.TempDir()
	j, err := journal.Create(journal.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	fill(j, 10*part)
	j.Close()
	paths, _ := filepath.Glob(filepath.Join(dir, "*"))
	r, err := journal.OpenRun(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	l := NewLog(r, Query{Filter: parsed(t, "event")})
	l.Show(&journal.Journal{}, Query{}, 0)
	r.Close()
	l.Refresh()
	l.Close()
	if l.Len() != 0 {
		t.Errorf("%d rows of an empty journal", l.Len())
	}
}

func TestNoticesAboutNoStreamAreShownIfWanted(t *testing.T) {
	j := &journal.Journal{}
	j.Append(record.NewNotice(record.NoticeSaved, "/a/file", ""))
	j.Append(record.NewNotice(record.NoticeReplaced, "", ""))
	j.Append(record.NewNotice("of a later version", "", ""))
	for program, want := range map[bool]int64{false: 2, true: 3} {
		l := NewLog(j, Query{Program: program})
		l.Refresh()
		if l.Len() != want {
			t.Errorf("wanted: %v, %d rows", program, l.Len())
		}
		l.Close()
	}
}
