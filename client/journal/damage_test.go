package journal

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// damaged is the file of a run and the positions of its frames.
type damaged struct {
	data   []byte
	frames []damagedFrame
}

type damagedFrame struct {
	off, size int
	records   []record.Record // nil for a frame of targets or a summary
}

// wholeRun returns a file of several frames, one of which is so large that the next
// frame begins a new region.
func wholeRun(t testing.TB, finished bool) damaged {
	t.Helper()
	m := &memory{}
	d := &disk{file: m}
	var run damaged
	seq := int64(0)
	for n, texts := range [][]string{{"a", "b"}, {"c"}, {strings.Repeat("x", blockSize)}, {"d", "e", "f"}, {"g"}} {
		var b *block
		var records []record.Record
		for _, text := range texts {
			seq++
			r := event(seq)
			r.Seq, r.Message = seq, text
			records = append(records, r)
			if b == nil {
				b = newBlock(&r, 0)
			} else {
				b.add(&r)
			}
		}
		var names []string
		if n%2 == 0 {
			names = []string{fmt.Sprint("target ", n)}
		}
		if err := d.write(b, names, time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
		size := len(b.append(nil))
		run.frames = append(run.frames, damagedFrame{off: int(d.end) - size, size: size, records: records})
	}
	if finished {
		if err := d.finish(); err != nil {
			t.Fatal(err)
		}
	}
	run.data = m.bytes()
	return run
}

// damage applies script: steps of four bytes that flip bits, delete bytes or
// duplicate some, near the beginning of a frame or near the end of the file. It
// returns the first byte that is changed.
func (run damaged) damage(script []byte) (data []byte, first int) {
	data, first = slices.Clone(run.data), len(run.data)
	for ; len(script) >= 4; script = script[4:] {
		at := len(run.data) - 64
		if i := int(script[1] >> 2); i < len(run.frames) {
			at = run.frames[i].off
		}
		at = min(max(0, at+int(int8(script[2]))), max(0, len(data)-1))
		n := min(int(script[3]), len(data)-at)
		switch script[0] % 3 {
		case 0:
			if at < len(data) && script[3] != 0 {
				data[at] ^= script[3]
				first = min(first, at)
			}
		case 1:
			data = slices.Delete(data, at, at+n)
			first = min(first, at)
		case 2:
			data = slices.Insert(data, at+n, slices.Clone(data[at:at+n])...)
			first = min(first, at+n)
		}
	}
	return data, first
}

// FuzzDamage damages a whole file. Only what was written can be read; all frames
// before the damage can be read and, if no byte moved, those after it; and a repair
// changes none of this.
func FuzzDamage(f *testing.F) {
	for _, finished := range []bool{false, true} {
		f.Add(byte(1), finished, []byte{})
		f.Add(byte(2), finished, []byte{0, 0 << 2, 8, 1})                   // the length of a frame
		f.Add(byte(2), finished, []byte{0, 1 << 2, 50, 0x80})               // a record
		f.Add(byte(2), finished, []byte{0, 4 << 2, 45, 1, 0, 0, 45, 1})     // the first and the last frame
		f.Add(byte(2), finished, []byte{1, 2 << 2, 60, 9})                  // bytes are missing
		f.Add(byte(2), finished, []byte{1, 2 << 2, 60, 9, 2, 3 << 2, 9, 9}) // and duplicated elsewhere
		f.Add(byte(1), finished, []byte{2, 3 << 2, 0, 200})                 // a frame is duplicated
		f.Add(byte(1), finished, []byte{1, 63 << 2, 0, 255})                // the end is missing
		f.Add(byte(2), finished, []byte{0, 63 << 2, 60, 1})                 // the trailer
	}
	runs := map[bool]damaged{false: wholeRun(f, false), true: wholeRun(f, true)}
	f.Fuzz(func(t *testing.T, version byte, finished bool, script []byte) {
		if version < 1 || version > fileVersion || len(script) > 64 {
			return
		}
		run := runs[finished]
		run.data[len(fileMagic)] = version
		data, first := run.damage(script)
		m := &memory{data: slices.Clone(data)}
		d, _, whole, err := openDisk(m, int64(len(data)))
		if err != nil {
			if first >= preambleSize || err != ErrNotJournal {
				t.Fatalf("damaged at %d: %v", first, err)
			}
			return
		}
		var want []record.Record // the records that must be read
		all := map[int64]record.Record{}
		for _, frame := range run.frames {
			end := frame.off + frame.size
			as := len(data) == len(run.data) && bytes.Equal(data[frame.off:end], run.data[frame.off:end])
			for _, r := range frame.records {
				all[r.Seq] = r
				if end <= first || as && flipsOnly(script) {
					want = append(want, r)
				}
			}
		}
		got := everything(d)
		for _, r := range got {
			if !same(r, all[r.Seq]) {
				t.Fatalf("record %d became %+v", r.Seq, r)
			}
		}
		for _, r := range want {
			if !slices.ContainsFunc(got, func(g record.Record) bool { return g.Seq == r.Seq }) {
				t.Fatalf("damaged at %d: record %d is lost", first, r.Seq)
			}
		}
		if whole {
			return
		}
		if err := d.finish(); err != nil {
			t.Fatal(err)
		}
		repaired := m.bytes()
		d, _, whole, err = openDisk(&memory{data: repaired}, int64(len(repaired)))
		if err != nil || !whole {
			t.Fatalf("repaired: whole %t, %v", whole, err)
		}
		if again := everything(d); !slices.EqualFunc(again, got, same) {
			t.Fatalf("%d records before the repair, %d after it", len(got), len(again))
		}
	})
}

func flipsOnly(script []byte) bool {
	for ; len(script) >= 4; script = script[4:] {
		if script[0]%3 != 0 {
			return false
		}
	}
	return true
}

// everything returns all records that can be read, and checks that Scan and At agree.
func everything(d *disk) (records []record.Record) {
	first, last := d.bounds()
	scan(d.scanner(last, nil, false), first, last, func(r *record.Record) bool {
		records = append(records, *r)
		return true
	})
	for _, r := range records {
		if at := recordAt(d.find(r.Seq), r.Seq); at == nil || !same(*at, r) {
			panic(fmt.Sprintf("record %d is %+v by At", r.Seq, at))
		}
	}
	return records
}
