package journal

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"unsafe"
)

func BenchmarkAppend(b *testing.B) {
	j, err := Create(Config{Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	r := event(1234567)
	b.ReportAllocs()
	for b.Loop() {
		j.Append(r)
	}
	j.Close()
}

// gigabyte returns the path of a run of 1 GB, or as many as SSECONSOLE_GB says, and
// its number of records.
func gigabyte(b *testing.B) (path string, records int64) {
	want := int64(1e9)
	if s := os.Getenv("SSECONSOLE_GB"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			b.Fatal(err)
		}
		want *= n
	}
	dir := b.TempDir()
	j, err := Create(Config{Dir: dir, Retention: Retention{Bytes: -1}})
	if err != nil {
		b.Fatal(err)
	}
	for size := int64(0); size < want; {
		records++
		j.Append(event(records))
		if records%1000 == 0 {
			j.w.disk.mu.RLock()
			size = j.w.disk.end
			j.w.disk.mu.RUnlock()
		}
	}
	if err := j.Close(); err != nil {
		b.Fatal(err)
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*"+extension))
	return paths[0], records
}

// BenchmarkGigabyte reads a run of 1 GB that is in the system's cache: the first
// screen, of a run that ended normally and of one that crashed, a random page of 40
// rows, and everything.
func BenchmarkGigabyte(b *testing.B) {
	path, records := gigabyte(b)
	page := func(b *testing.B, r *Reader, from int64) {
		for seq := from; seq < from+40; seq++ {
			if r.At(seq) == nil {
				b.Fatalf("no record %d of %d", seq, records)
			}
		}
	}
	firstScreen := func(b *testing.B) {
		for b.Loop() {
			r, err := OpenRun(path)
			if err != nil {
				b.Fatal(err)
			}
			page(b, r, records-39)
			r.Close()
		}
	}
	b.Run("first screen", firstScreen)
	r, err := OpenRun(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			page(b, r, 1+rand.Int64N(records-40))
		}
		index := float64(cap(r.disk.index)) * float64(unsafe.Sizeof(place{}))
		b.ReportMetric(index/float64(records), "index-B/record")
		b.ReportMetric(float64(r.disk.end)/float64(records), "file-B/record")
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		b.ReportMetric(float64(m.Sys-m.HeapReleased)/1e6, "process-MB")
	})
	b.Run("record", func(b *testing.B) { // on a page that is already shown
		for b.Loop() {
			r.At(records)
		}
	})
	b.Run("scan", func(b *testing.B) {
		b.SetBytes(r.disk.end)
		for b.Loop() {
			var n int64
			for range r.Scan(1, records) {
				n++
			}
			if n != records {
				b.Fatal(n)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(records), "ns/record")
	})
	end := r.disk.end
	r.Close()
	b.Run("first screen after a crash", func(b *testing.B) {
		for b.Loop() {
			if err := os.Truncate(path, end); err != nil { // removes the summary
				b.Fatal(err)
			}
			r, err := OpenRun(path)
			if err != nil {
				b.Fatal(err)
			}
			page(b, r, records-39)
			r.Close()
		}
	})
}

// BenchmarkCode encodes and decodes a record, and reads only its stream, without the
// journal around it.
func BenchmarkCode(b *testing.B) {
	r := event(1234567)
	code := appendRecord(nil, &r, r.Time.Unix())
	b.Run("encode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			code = appendRecord(code[:0], &r, r.Time.Unix())
		}
	})
	b.Run("decode", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if decodeRecord(&r, code, 0) != nil {
				b.Fatal("damaged")
			}
		}
	})
	b.Run("stream", func(b *testing.B) {
		c := Code{bytes: code}
		b.ReportAllocs()
		for b.Loop() {
			if _, clientID, _ := c.Stream(); len(clientID) == 0 {
				b.Fatal("no clientId")
			}
		}
	})
}
