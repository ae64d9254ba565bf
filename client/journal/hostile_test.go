package journal

import (
	"encoding/binary"
	"math"
	"testing"
	"time"

	"sseconsole/client/record"
)

// opened returns the disk for a file of these frames.
func opened(t *testing.T, frames ...[]byte) *disk {
	t.Helper()
	data := appendPreamble(nil, time.Unix(1, 0))
	for _, frame := range frames {
		data = append(data, frame...)
	}
	d, _, _, err := openDisk(&memory{data: data}, int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAFrameWithImpossibleNumbersIsRejected(t *testing.T) {
	for _, first := range []int64{math.MinInt64, 0, math.MaxInt64} {
		b := newBlock(&record.Record{Seq: first, Kind: record.Event}, 0)
		d := opened(t, b.append(nil))
		if d.records != 0 || len(everything(d)) != 0 {
			t.Errorf("record %d is accepted", first)
		}
	}
}

func TestAnIndexThatIsNotSortedIsRejected(t *testing.T) {
	// A binary search in it would give wrong results.
	summary := make([]byte, frameSize)
	for _, n := range []uint64{100, 1, 0, uint64(preambleSize), 100, 1, 1<<64 - 50} {
		summary = binary.AppendUvarint(summary, n)
	}
	frame{kind: frameSummary, count: 2}.put(summary)
	event := newBlock(&record.Record{Seq: 7, Kind: record.Event}, 0).append(nil)
	trailer := binary.LittleEndian.AppendUint64(nil, uint64(preambleSize+len(event)))
	d := opened(t, event, summary, append(trailer, summaryMagic...))
	if first, last := d.bounds(); first != 7 || last != 7 || recordAt(d.find(7), 7) == nil || d.find(50) != nil {
		t.Errorf("records %d to %d", first, last)
	}
}

// A server could send the bytes of a frame, and a kill could leave them in a torn one.
func TestNothingInATornFrameIsARecord(t *testing.T) {
	forged := newBlock(&record.Record{Seq: 1000, Kind: record.Event, Data: "forged"}, 0).append(nil)
	real := newBlock(&record.Record{Seq: 1, Kind: record.Event, Data: "real"}, 0).append(nil)
	torn := newBlock(&record.Record{Seq: 2, Kind: record.Chunk, Raw: append(forged, make([]byte, 100)...)}, 0).append(nil)
	d := opened(t, real, torn[:len(torn)-50])
	if got := everything(d); len(got) != 1 || got[0].Data != "real" {
		t.Errorf("%+v", got)
	}
}
