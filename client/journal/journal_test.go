package journal

import (
	"strings"
	"sync"
	"testing"

	"sseconsole/client/record"
)

func TestJournalPreservesTheOrder(t *testing.T) {
	var j Journal
	if first, last := j.Bounds(); first != 1 || last != 0 {
		t.Fatalf("empty journal has bounds %d, %d", first, last)
	}
	for _, data := range []string{"a", "b", "c"} {
		j.Append(record.Record{Kind: record.Event, Data: data})
	}
	var got string
	first, last := j.Bounds()
	for seq := first; seq <= last; seq++ {
		r := j.At(seq)
		if r.Seq != seq {
			t.Errorf("record %d says it is number %d", seq, r.Seq)
		}
		got += r.Data
	}
	if got != "abc" {
		t.Errorf("got %q", got)
	}
	if j.At(0) != nil || j.At(4) != nil {
		t.Error("a number outside the bounds has a record")
	}
}

func TestAJournalInMemoryDropsAndCountsTheOldestRecords(t *testing.T) {
	const limit = 1 << 20
	j := Journal{Limit: limit}
	data := strings.Repeat("x", 1000)
	for range 5000 {
		j.Append(record.Record{Kind: record.Event, Data: data})
	}
	first, last := j.Bounds()
	if last != 5000 || last-first < 900 || last-first > limit/1000 {
		t.Errorf("bounds %d, %d", first, last)
	}
	if j.Lost() != first-1 {
		t.Errorf("lost %d, but the first is %d", j.Lost(), first)
	}
	if j.At(first-1) != nil {
		t.Error("a dropped record still exists")
	}
	if r := j.At(first); r == nil || r.Seq != first || r.Data != data {
		t.Errorf("the oldest record is %v", r)
	}
	if j.size > limit {
		t.Errorf("%d bytes in memory", j.size)
	}
}

func TestTheNewestRecordStaysEvenBeyondTheLimit(t *testing.T) {
	j := Journal{Limit: 10}
	j.Append(record.Record{Data: "first"})
	j.Append(record.Record{Data: strings.Repeat("y", 100)})
	if first, last := j.Bounds(); first != 2 || last != 2 {
		t.Errorf("bounds %d, %d; want 2, 2", first, last)
	}
}

func TestJournalIsSafeForConcurrentUse(t *testing.T) {
	onDisk := create(t, t.TempDir())
	for name, j := range map[string]*Journal{"in memory": {Limit: 20000}, "on disk": onDisk} {
		t.Run(name, func(t *testing.T) {
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					for i := range 500 {
						j.Append(event(1))
						first, last := j.Bounds()
						if r := j.At(last); r != nil && r.Seq != last {
							t.Errorf("record %d has number %d", last, r.Seq)
						}
						if i%50 == 0 {
							before := first - 1
							for r := range j.Scan(first, last) {
								if r.Seq <= before {
									t.Errorf("record %d comes after %d", r.Seq, before)
								}
								before = r.Seq
							}
						}
					}
				})
			}
			wg.Wait()
			if _, last := j.Bounds(); last != 2000 {
				t.Errorf("%d records were numbered, want 2000", last)
			}
		})
	}
}
