package journal

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/record"
)

func TestRecordsAreInTheFileWithin200Milliseconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m memory
		j := onto(&m, 0, nil)
		defer j.Close()
		for n := int64(1); n <= 20; n++ {
			j.Append(event(n))
			time.Sleep(200 * time.Millisecond)
			synctest.Wait()
			d, _, _, err := openDisk(&m, int64(len(m.bytes())))
			if err != nil {
				t.Fatal(err)
			}
			if _, last := d.bounds(); last != n {
				t.Fatalf("the file has %d of %d records", last, n)
			}
		}
	})
}

func TestAnIdleJournalDoesNotWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m memory
		j := onto(&m, 0, nil)
		defer j.Close()
		j.Append(event(1))
		time.Sleep(time.Second)
		synctest.Wait()
		writes := m.writes
		time.Sleep(time.Hour)
		if synctest.Wait(); writes == 0 || m.writes != writes {
			t.Errorf("%d writes, then %d while idle", writes, m.writes-writes)
		}
	})
}

func TestAJournalReadsBackWhatItWrote(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const n = 20000
		var m memory
		j := onto(&m, 0, nil)
		for i := range int64(n) {
			j.Append(event(i + 1))
			if i%997 == 0 {
				time.Sleep(time.Millisecond)
			}
		}
		check(t, j, 1, n)
		want := int64(1)
		for r := range j.Scan(1, n) {
			if e := event(want); r.Seq != want || r.Data != e.Data {
				t.Fatalf("record %d reads %+v", want, r)
			}
			want++
		}
		if want != n+1 {
			t.Errorf("a scan ends at %d", want)
		}
		synctest.Wait()
		j.mu.Lock()
		if j.size > recentBytes+2*blockSize {
			t.Errorf("%d bytes in memory are also in the file", j.size)
		}
		j.mu.Unlock()
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		d, started, finished, err := openDisk(&m, int64(len(m.data)))
		if err != nil || !finished || !started.Equal(time.Unix(1.7e9, 0)) {
			t.Fatalf("opened: %v, finished %t, started %v", err, finished, started)
		}
		check(t, &Reader{disk: d}, 1, n)
		if !slices.Equal(d.targets, []string{"embedded"}) || d.records != n {
			t.Errorf("%d records of %q", d.records, d.targets)
		}
	})
}

func TestASlowDiskBlocksAppendAndLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := memory{stall: make(chan struct{})}
		j := onto(&m, 1<<20, nil)
		const n = 40
		big := strings.Repeat("x", 1<<20)
		appended := 0
		done := make(chan struct{})
		go func() {
			defer close(done)
			for range n {
				j.Append(record.Record{Data: big})
				appended++
			}
		}()
		synctest.Wait()
		if appended < buffer>>20-2 || appended > buffer>>20 {
			t.Errorf("%d MiB were appended while the disk stalls", appended)
		}
		if j.At(1) == nil {
			t.Error("reading waits for the disk")
		}
		close(m.stall)
		<-done
		if err := j.Close(); err != nil || j.Lost() != 0 {
			t.Errorf("%d lost, %v", j.Lost(), err)
		}
		d, _, _, err := openDisk(&m, int64(len(m.data)))
		if err != nil || d.records != n {
			t.Errorf("%d records in the file, %v", d.records, err)
		}
	})
}

func TestAFullDiskIsReportedOnceAndWritingResumes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const limit = 1 << 20
		var m memory
		var notices []Notice
		var j *Journal
		j = onto(&m, limit, func(n Notice) {
			notices = append(notices, n)
			j.Append(record.Record{Kind: record.Notice, Type: "told"}) // as the console does
		})
		add := func(n int) {
			for range n {
				_, last := j.Bounds()
				j.Append(event(last + 1))
			}
		}
		full := errors.New("no space left on device")
		add(1000)
		time.Sleep(time.Second)
		m.set(func(m *memory) { m.err = full })
		for range 100 {
			add(100)
			time.Sleep(time.Second)
		}
		if len(notices) != 1 || notices[0].Err != full {
			t.Fatalf("notified %v", notices)
		}
		lost, before := j.Lost(), func() int64 { _, last := j.Bounds(); return last }()
		if lost == 0 || j.size > limit+2*blockSize {
			t.Errorf("%d lost, %d bytes in memory", lost, j.size)
		}
		check(t, j, 1, 1000)
		check(t, j, before-100, before)

		m.set(func(m *memory) { m.err = nil })
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if len(notices) != 2 || notices[1].Err != nil || notices[1].Lost != lost {
			t.Fatalf("notified %v, lost %d", notices, lost)
		}
		add(1000)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		d, _, _, err := openDisk(&m, int64(len(m.data)))
		if err != nil {
			t.Fatal(err)
		}
		_, last := j.Bounds()
		if d.records+lost != last || d.last != last {
			t.Errorf("%d records in the file up to %d, %d lost of %d", d.records, d.last, lost, last)
		}
		r := &Reader{disk: d}
		check(t, r, 1, 1000)
		check(t, r, before-100, before)
		var n int64
		for range r.Scan(1, last) {
			n++
		}
		if n != d.records {
			t.Errorf("a scan across the gap yields %d of %d records", n, d.records)
		}
	})
}

func TestCloseReturnsTheErrorOfAFullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("no space left on device")
		m := memory{err: full}
		j := onto(&m, 0, nil)
		j.Append(event(1))
		if err := j.Close(); !errors.Is(err, full) {
			t.Errorf("closed with %v", err)
		}
		if j.Append(event(2)) != 2 || j.At(2) == nil {
			t.Error("nothing can be appended after Close")
		}
	})
}

func TestReadingDoesNotBlockAppend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m memory
		j := onto(&m, 0, nil)
		const n = 20000 // more than is in memory
		for i := range int64(n) {
			j.Append(event(i + 1))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		stall := make(chan struct{})
		m.set(func(m *memory) { m.stallRead = stall })
		read := make(chan *record.Record)
		go func() { read <- j.At(1) }()
		go func() {
			for r := range j.Scan(1, 1) {
				read <- r
			}
		}()
		synctest.Wait()
		for i := range int64(n) {
			j.Append(event(n + i + 1))
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if _, written := j.w.disk.bounds(); written != 2*n {
			t.Errorf("%d of %d records are written during a read", written, 2*n)
		}
		close(stall)
		for range 2 {
			if r := <-read; r == nil || r.Seq != 1 {
				t.Errorf("read %+v", r)
			}
		}
		j.Close()
	})
}

func TestABlockBeingWrittenIsNotDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := memory{err: errors.New("no space left on device")}
		j := onto(&m, 1<<20, nil)
		add := func(n int64) {
			for range n {
				_, last := j.Bounds()
				j.Append(event(last + 1))
			}
		}
		add(1000)
		time.Sleep(1500 * time.Millisecond) // it has failed and will be retried
		stall := make(chan struct{})
		m.set(func(m *memory) { m.err, m.stall = nil, stall })
		time.Sleep(time.Second)
		add(20000) // far beyond the limit
		m.set(func(m *memory) { m.stall = nil })
		close(stall)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		d, _, _, err := openDisk(&m, int64(len(m.data)))
		if err != nil || j.Lost() == 0 || d.records+j.Lost() != 21000 {
			t.Errorf("%d records in the file, %d lost, %v", d.records, j.Lost(), err)
		}
		check(t, &Reader{disk: d}, 1, 100)
	})
}
