package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"sseconsole/client/filelock"
)

// Run describes a stored run.
type Run struct {
	Path    string
	Started time.Time
	Ended   time.Time // when it was last written
	Targets []string  // names of the targets of its records, at most 100
	Records int64
	Bytes   int64 // size of the file
	Version int   // of the file's format
	InUse   bool  // a program, perhaps this one, is writing it
	Err     error // why it cannot be opened; then only Path, Ended and Bytes are set
}

// Newer reports whether a later version of this program wrote the run. It may then
// contain more than can be read.
func (r *Run) Newer() bool { return r.Version > fileVersion }

// Runs returns the runs in dir that have records, newest first. It repairs runs that
// a crash ended, unless a later version wrote them. A missing directory has no runs.
func Runs(dir string) ([]Run, error) {
	files, err := runFiles(dir)
	if err != nil {
		return nil, err
	}
	var runs []Run
	for _, f := range slices.Backward(files) {
		if f.Size() == 0 { // nothing has been written
			continue
		}
		r, err := OpenRun(f.path)
		if err != nil {
			runs = append(runs, Run{Path: f.path, Ended: f.ModTime(), Bytes: f.Size(), Err: err})
			continue
		}
		if r.Run.Records > 0 {
			runs = append(runs, r.Run)
		}
		r.Close()
	}
	return runs, nil
}

type runFile struct {
	fs.FileInfo
	path string
}

// runFiles returns the files in dir that are runs, oldest first.
func runFiles(dir string) ([]runFile, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("journal: list runs: %w", err)
	}
	var files []runFile
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !strings.HasSuffix(e.Name(), extension) {
			continue
		}
		files = append(files, runFile{info, filepath.Join(dir, e.Name())})
	}
	return files, nil
}

// Default retention.
const (
	defaultAge   = 30 * 24 * time.Hour
	defaultBytes = 5e9
)

// Prune removes the oldest runs from dir until r is satisfied. Runs in use, by this
// process or another, stay. It returns the number of runs removed.
func Prune(dir string, r Retention) (removed int, err error) {
	files, err := runFiles(dir)
	if err != nil {
		return 0, err
	}
	age, limit := r.Age, r.Bytes
	if age == 0 {
		age = defaultAge
	}
	if limit == 0 {
		limit = defaultBytes
	}
	var total int64
	for _, f := range files {
		total += f.Size()
	}
	for _, f := range files {
		tooOld := age > 0 && time.Since(f.ModTime()) > age
		tooMuch := limit > 0 && total > limit
		if (tooOld || tooMuch) && Remove(f.path) == nil {
			removed++
			total -= f.Size()
		}
	}
	return removed, nil
}

// ErrInUse says that a run was not removed because a program, perhaps this one, is
// writing or showing it.
var ErrInUse = errors.New("journal: run in use")

// Remove removes the run at path permanently. If it is in use, the error is ErrInUse.
// A run that does not exist is not an error.
func Remove(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("journal: remove: %w", err)
	}
	defer f.Close()
	if !filelock.Try(f, true) {
		return ErrInUse
	}
	if runtime.GOOS == "windows" { // which cannot remove an open file
		f.Close()
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("journal: remove: %w", err)
	}
	return nil
}
