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

	"sseconsole/client/filelock"
)

const extension = ".journal"

// Config says where Create stores a run. Its zero value is the default of the
// program.
type Config struct {
	Dir       string // directory of the runs, created with mode 0700 if missing; "" means DefaultDir
	Limit     int64  // as in Journal
	Retention Retention

	// Notify is called when the file can no longer be written, and when it can
	// again. It is called from a goroutine of the journal; it may append to the
	// journal but must not close it. It may be nil.
	Notify func(Notice)
}

// Retention says which old runs are removed. 0 means the default, a negative number
// no bound.
type Retention struct {
	Age   time.Duration // time since the last record; default 30 days
	Bytes int64         // total size of the runs in the directory; default 5 GB
}

// DefaultDir returns the directory of the current user's runs: by XDG_DATA_HOME, on
// macOS in Application Support, on Windows in the local AppData.
func DefaultDir() (string, error) {
	data := os.Getenv("XDG_DATA_HOME")
	if !filepath.IsAbs(data) { // the specification says to ignore relative paths
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

// Create begins a run: a Journal with its own file. It removes old runs in the
// background, according to cfg.Retention. Call Close to end the run.
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
	if err := os.Chmod(dir, 0o700); err != nil { // it may have existed with another mode
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

// createRun creates and locks a file whose name sorts by time.
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
		filelock.Try(f, true)
		// Another process may have removed the file before it was locked.
		if there, err := os.Stat(path); err == nil {
			if here, err := f.Stat(); err == nil && os.SameFile(here, there) {
				return f, nil
			}
		}
		f.Close()
	}
}
