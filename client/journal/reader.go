package journal

import (
	"fmt"
	"iter"
	"os"

	"sseconsole/client/record"
)

// Reader is a run that was opened for reading. All its methods but Close may
// be called from any goroutine, also at the same time.
type Reader struct {
	Run  Run
	disk *disk
}

// OpenRun opens the run at path; end it with Close, which gives it free for
// removal. If a crash ended the run, it is repaired first: the torn end is cut
// off. The run of a window that is open shows what it has until now. A file of a
// later version is never changed; records that can be read are, without what this
// version does not know, and if none can it gives a *NewerError. A file of
// another kind gives ErrNotJournal.
func OpenRun(path string) (*Reader, error) {
	f, alone, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("journal: open: %w", err)
	}
	r, err := newReader(f, alone)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("journal: open %s: %w", path, err)
	}
	return r, nil
}

// openFile opens a run, and reports whether nobody else uses it and it can be
// repaired.
func openFile(path string) (f *os.File, alone bool, err error) {
	if f, err = os.OpenFile(path, os.O_RDWR, 0); err == nil {
		return f, lock(f, true), nil
	}
	f, err = os.Open(path) // on a disk that cannot be written, for one
	return f, false, err
}

func newReader(f *os.File, alone bool) (*Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	d, started, finished, err := openDisk(f, info.Size())
	if err != nil {
		return nil, err
	}
	run := Run{Version: d.version}
	if run.Newer() && d.records == 0 {
		return nil, &NewerError{d.version}
	}
	if alone && !finished && !run.Newer() {
		d.finish() // if it fails, the next one to open it walks through it again
		os.Chtimes(f.Name(), info.ModTime(), info.ModTime())
	}
	shared := lock(f, false)
	run.Path, run.Started, run.Ended, run.Targets = f.Name(), started, info.ModTime(), d.targets
	run.Records, run.Bytes, run.InUse = d.records, info.Size(), !alone && !shared
	return &Reader{disk: d, Run: run}, nil
}

// Bounds is as in Journal.
func (r *Reader) Bounds() (first, last int64) { return r.disk.bounds() }

// At is as in Journal.
func (r *Reader) At(seq int64) *record.Record { return recordAt(r.disk.find(seq), seq) }

// Scan is as in Journal.
func (r *Reader) Scan(first, last int64) iter.Seq[*record.Record] {
	return func(yield func(*record.Record) bool) {
		scan(r.disk.scanner(last, nil, false), first, last, yield)
	}
}

// Codes is as in Journal.
func (r *Reader) Codes(first, last int64, may func(body []byte) bool) iter.Seq[*Code] {
	return func(yield func(*Code) bool) {
		codes(r.disk.scanner(last, may, true), first, last, may, yield)
	}
}

// Close lets go of the file. Nothing may be read after it.
func (r *Reader) Close() error { return r.disk.file.Close() }
