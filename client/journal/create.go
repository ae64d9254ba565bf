package journal

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

const extension = ".journal"

// Config says where Create keeps a run. Its zero value is what a person who
// did not choose gets.
type Config struct {
	Dir       string // where the runs are, made if need be, for its owner alone; "" is DefaultDir
	Limit     int64  // as in Journal
	Retention Retention

	// Notify is told when the file cannot be written any more, and when it can
	// again. It is called from a goroutine of the journal, may append to it, but
	// must not close it. May be nil.
	Notify func(Notice)
}

// Retention says how much of old runs is kept. 0 is the default, a negative
// number means without a bound.
type Retention struct {
	Age   time.Duration // since the last record; by default 30 days
	Bytes int64         // of all runs in the directory; by default 5 GB
}

// DefaultDir returns the directory for the runs of the person who runs the
// program: by XDG_DATA_HOME, on macOS in Application Support, on Windows in
// the local AppData.
func DefaultDir() (string, error) {
	data := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(data) { // others are to be ignored, by the specification
		home, err := os.UserHomeDir()
		if err != nil {
			return "", fmt.Errorf("journal: no data directory: %w", err)
		}
		switch runtime.GOOS {
		case "darwin":
			data = filepath.Join(home, "Library", "Application Support")
		case "windows":
			data = cmp.Or(os.Getenv("LocalAppData"), filepath.Join(home, "AppData", "Local"))
		default:
			data = filepath.Join(home, ".local", "share")
		}
	}
	return filepath.Join(data, "sse-console", "runs"), nil
}

// Create begins a run: a Journal with a file of its own. Old runs are removed
// in the background, as cfg.Retention says. End it with Close.
func Create(cfg Config) (*Journal, error) {
	dir := cfg.Dir
	if dir == "" {
		var err error
		if dir, err = DefaultDir(); err != nil {
			return nil, err
		}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("journal: directory of runs: %w", err)
	}
	if err := os.Chmod(dir, 0o700); err != nil { // it was there, made by others
		return nil, fmt.Errorf("journal: directory of runs: %w", err)
	}
	started := time.Now()
	f, err := createRun(dir, started)
	if err != nil {
		return nil, fmt.Errorf("journal: create: %w", err)
	}
	j := &Journal{Limit: cfg.Limit}
	j.start(&writer{
		disk: &disk{file: f}, path: f.Name(), started: started, notify: cfg.Notify,
		prune:  func() { Prune(dir, cfg.Retention) },
		remove: func() { os.Remove(f.Name()) },
	})
	return j, nil
}

// createRun makes a file whose name sorts by time and takes it.
func createRun(dir string, started time.Time) (*os.File, error) {
	name := started.UTC().Format("2006-01-02T15-04-05Z")
	for n := 1; ; n++ {
		path := filepath.Join(dir, fmt.Sprintf("%s-%d-%d%s", name, os.Getpid(), n, extension))
		f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		lock(f, true)
		// Another process may have removed it before it was taken.
		if there, err := os.Stat(path); err == nil {
			if here, err := f.Stat(); err == nil && os.SameFile(here, there) {
				return f, nil
			}
		}
		f.Close()
	}
}
