package intake

import (
	"fmt"
	"testing"
	"time"

	"sseconsole/client/record"
)

// lap feeds latencies with records, whose times are in seconds since start.
type lap struct {
	latencies
	start time.Time
}

func (l *lap) at(second float64, r record.Record) time.Duration {
	r.Time = l.start.Add(time.Duration(second * float64(time.Second)))
	if r.Target == "" {
		r.Target, r.ClientID = "t", "alice"
	}
	took := r.Took
	l.add(&r)
	return r.Took - took
}

func (l *lap) send(second float64, content string) {
	l.at(second, record.Record{Kind: record.Send, Data: content})
}

func (l *lap) event(second float64, data string) string {
	if took := l.at(second, record.Record{Kind: record.Event, Data: data}); took > 0 {
		return took.String()
	}
	return "none"
}

func newLap() *lap { return &lap{start: time.Now()} }

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s took %s, want %s", what, got, want)
	}
}

func TestAnEventIsMatchedWithTheOldestMessageOfItsContent(t *testing.T) {
	l := newLap()
	l.send(0, "a")
	l.send(1, "b")
	l.send(2, "a")
	want(t, "a content that was not sent", l.event(2, "c"), "none")
	want(t, "b, which overtook", l.event(3, "b"), "2s")
	want(t, "the first a", l.event(4, "a"), "4s")
	want(t, "the second a", l.event(5, "a"), "3s")
	want(t, "a third a", l.event(5, "a"), "none")
	if l.count != 0 || len(l.waiting) != 0 {
		t.Errorf("%d messages still awaited", l.count)
	}
}

func TestAMessageIsMatchedAsAStreamDeliversIt(t *testing.T) {
	l := newLap()
	for sent, came := range map[string]string{"": "", "a\r\nb\rc\n": "a\nb\nc\n", "x\xffy": "x\uFFFDy", "订\x00": "订\x00"} {
		l.send(0, sent)
		want(t, fmt.Sprintf("%q", sent), l.event(1, came), "1s")
	}
}

func TestMessagesOfAnotherPairOrOfLongAgoAreNotMatched(t *testing.T) {
	l := newLap()
	l.at(0, record.Record{Kind: record.Send, Target: "t", ClientID: "bob", Data: "a"})
	l.at(0, record.Record{Kind: record.Send, Target: "u", ClientID: "alice", Data: "a"})
	want(t, "another's", l.event(1, "a"), "none")
	l.send(1, "a")
	l.send(30, "a")
	want(t, "the later one", l.event(62, "a"), "32s")
	l.send(100, "b")
	l.send(161, "c") // forgets b
	if l.count != 1 {
		t.Errorf("%d messages still awaited", l.count)
	}
}

func TestAFailedSendIsNotAwaitedUnlessItMayArrive(t *testing.T) {
	l := newLap()
	failed := func(second, took float64, why record.Failure) {
		l.at(second, record.Record{Kind: record.Fail, Call: record.Send, Failure: why, Took: time.Duration(took * float64(time.Second))})
	}
	l.send(0, "a")
	l.send(1, "a")
	failed(2, 2, record.BadCode) // the first
	want(t, "the second", l.event(3, "a"), "2s")
	l.send(4, "a")
	failed(5, 1, record.Timeout)
	want(t, "one whose answer was lost", l.event(6, "a"), "2s")
}

func TestLatencyHasPercentilesAndTheLatestMessages(t *testing.T) {
	l := newLap()
	for i := 1; i <= 1000; i++ {
		l.send(0, fmt.Sprint(i))
		l.event(float64(i)/1000, fmt.Sprint(i))
	}
	view := l.pairs[pair{"t", "alice"}].snapshot()
	for _, p := range []struct{ got, want time.Duration }{{view.P50, 500 * time.Millisecond}, {view.P95, 950 * time.Millisecond}, {view.P99, 990 * time.Millisecond}, {view.Max, time.Second}} {
		if off := (p.got - p.want).Abs(); off > p.want/100 {
			t.Errorf("a percentile is %v, want %v", p.got, p.want)
		}
	}
	if view.Count != 1000 || len(view.Series) != LatencyPoints || view.Series[0].Took != 761*time.Millisecond || view.Series[LatencyPoints-1].Took != time.Second {
		t.Errorf("%d messages, %d points from %v", view.Count, len(view.Series), view.Series[0])
	}
}

func TestTheMemoryOfLatenciesIsBounded(t *testing.T) {
	l := newLap()
	for i := range 3 * latencyWaiting {
		l.send(float64(i)/1e6, fmt.Sprint("lost ", i))
	}
	if l.count > latencyWaiting || len(l.waiting) > latencyWaiting || len(l.order) > latencyWaiting {
		t.Errorf("%d messages still awaited", l.count)
	}
	l.send(1, "x")
	want(t, "an event at once", l.event(1, "x"), "1ns")
}

func TestTheTotalLatencyIsThatOfAllMessages(t *testing.T) {
	in := New(func(record.Record) int64 { return 0 })
	if in.TotalLatency().Count != 0 {
		t.Error("there is a latency before the first message")
	}
	start := time.Now()
	for i, id := range []string{"ann", "bob"} {
		in.latencies.add(&record.Record{Time: start, Kind: record.Send, ClientID: id, Data: "a"})
		in.latencies.add(&record.Record{Time: start.Add(time.Duration(i+1) * time.Second), Kind: record.Event, ClientID: id, Data: "a"})
	}
	if all := in.TotalLatency(); all.Count != 2 || all.Max.Round(100*time.Millisecond) != 2*time.Second || len(all.Series) != 2 {
		t.Errorf("%+v", all)
	}
	if ann, _ := in.Latency("", "ann"); ann.Count != 1 {
		t.Errorf("of ann alone: %+v", ann)
	}
}
