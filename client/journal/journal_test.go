package journal

import (
	"strings"
	"sync"
	"testing"

	"sseconsole/client/record"
)

func TestJournalKeepsTheOrderOfAppending(t *testing.T) {
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
		t.Errorf("kept %q", got)
	}
	if j.At(0) != nil || j.At(4) != nil {
		t.Error("a number outside the bounds has a record")
	}
}

func TestJournalDropsTheOldestAtItsLimitAndCountsThem(t *testing.T) {
	j := Journal{Limit: 100 * (recordCost + 1000)}
	data := strings.Repeat("x", 1000)
	for range 5000 {
		j.Append(record.Record{Kind: record.Event, Data: data})
	}
	first, last := j.Bounds()
	if first != 4901 || last != 5000 {
		t.Errorf("bounds %d, %d; want 4901, 5000", first, last)
	}
	if j.At(4900) != nil {
		t.Error("a dropped record is still there")
	}
	if r := j.At(4901); r == nil || r.Seq != 4901 {
		t.Errorf("the oldest kept record is %v", r)
	}
	if len(j.records) > 3000 {
		t.Errorf("%d places are held for 100 records", len(j.records))
	}
}

func TestJournalKeepsARecordLargerThanItsLimit(t *testing.T) {
	j := Journal{Limit: 10}
	j.Append(record.Record{Data: "first"})
	j.Append(record.Record{Data: strings.Repeat("y", 100)})
	if first, last := j.Bounds(); first != 2 || last != 2 {
		t.Errorf("bounds %d, %d; want 2, 2", first, last)
	}
}

func TestJournalIsSafeForManyWritersAndReaders(t *testing.T) {
	j := Journal{Limit: 50 * recordCost}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 500 {
				j.Append(record.Record{Kind: record.Event})
				if first, last := j.Bounds(); j.At(last) == nil && first > last {
					t.Error("no newest record")
				}
			}
		})
	}
	wg.Wait()
	if _, last := j.Bounds(); last != 2000 {
		t.Errorf("%d records were numbered, want 2000", last)
	}
}
