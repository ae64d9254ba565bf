package journal

import (
	"fmt"
	"iter"
	"os"

	"sseconsole/client/filelock"
	"sseconsole/client/record"
)

// Reader reads a run. All methods except Close may be called from any goroutine, also
// concurrently.
type Reader struct {
	Run  Run
	disk *disk
}

// OpenRun opens the run at path. Close the Reader when done; until then the run cannot
// be removed. If a crash ended the run, OpenRun first repairs it by cutting off the
// torn end. A run that is still being written is read as it is now. A file of a later
// version is never changed: it is read without what this version does not know, and if
// nothing can be read the error is a *NewerError. For any other file the error is
// ErrNotJournal.
func OpenRun(path string) (*Reader, error) {
	f, exclusive, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("journal: open: %w", err)
	}
	r, err := newReader(f, exclusive)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("journal: open %s: %w", path, err)
	}
	return r, nil
}

// openFile opens a run and reports whether it is locked exclusively, so that it can be
// repaired.
func openFile(path string) (f *os.File, exclusive bool, err error) {
	if f, err = os.OpenFile(path, os.O_RDWR, 0); err == nil {
		return f, filelock.Try(f, true), nil
	}
	f, err = os.Open(path) // for example on a read-only disk
	return f, false, err
}

func newReader(f *os.File, exclusive bool) (*Reader, error) {
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
	if exclusive && !finished && !run.Newer() {
		d.finish() // if this fails, the next OpenRun tries again
		os.Chtimes(f.Name(), info.ModTime(), info.ModTime())
	}
	shared := filelock.Try(f, false)
	run.Path, run.Started, run.Ended, run.Targets = f.Name(), started, info.ModTime(), d.targets
	run.Records, run.Bytes, run.InUse = d.records, info.Size(), !exclusive && !shared
	return &Reader{disk: d, Run: run}, nil
}

// Bounds is like [Journal.Bounds].
func (r *Reader) Bounds() (first, last int64) { return r.disk.bounds() }

// At is like [Journal.At].
func (r *Reader) At(seq int64) *record.Record { return recordAt(r.disk.find(seq), seq) }

// Scan is like [Journal.Scan].
func (r *Reader) Scan(first, last int64) iter.Seq[*record.Record] {
	return func(yield func(*record.Record) bool) {
		scan(r.disk.scanner(last, nil, false), first, last, yield)
	}
}

// Codes is like [Journal.Codes].
func (r *Reader) Codes(first, last int64, accept func(body []byte) bool) iter.Seq[*Code] {
	return func(yield func(*Code) bool) {
		codes(r.disk.scanner(last, accept, true), first, last, accept, yield)
	}
}

// Close closes the file. Nothing can be read after it.
func (r *Reader) Close() error { return r.disk.file.Close() }
