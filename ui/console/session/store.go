package session

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"sseconsole/client/atomicfile"
	"sseconsole/client/filelock"
	"sseconsole/client/regularfile"
	"sseconsole/ui/console/file"
)

const (
	// saveDelay gathers changes in quick succession, such as while somebody types, into
	// one write.
	saveDelay = time.Second

	maxWindows = 64      // that are stored; more windows store nothing
	maxFile    = 4 << 20 // bytes
)

// BrokenError means that a file could not be read as a State and was renamed.
type BrokenError struct {
	Path string // its new path
	Err  error
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("console: broken state put aside as %s: %v", e.Path, e.Err)
}

func (e *BrokenError) Unwrap() error { return e.Err }

// Store has the State of one window, and writes it when it changes. The zero value stores
// nothing. Its methods may be called from any goroutine.
type Store struct {
	Path   string // the file of this window, or ""
	failed func(error)
	names  func() []string
	lock   *os.File // locked while this window uses Path

	mu       sync.Mutex
	now      State
	restored bool
	pending  *time.Timer
	writing  sync.Mutex // held during a write, so that the last one wins
}

// Open reads the State of a window that was closed, from the first file in dir that no
// other window uses; dir "" is none. The Store is usable even if there is an error, which
// may be a *BrokenError or a *NewerError. failed is called when a State cannot be written.
// names returns further names of secrets. without is the content of a State that is stored
// without one.
func Open(dir, without string, names func() []string, failed func(error)) (*Store, error) {
	s := &Store{failed: failed, names: names}
	if dir == "" {
		return s, nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return s, fmt.Errorf("console: state directory: %w", err)
	}
	for n := 1; n <= maxWindows && s.lock == nil; n++ {
		name := "session"
		if n > 1 {
			name = fmt.Sprintf("session-%d", n)
		}
		lock, err := os.OpenFile(filepath.Join(dir, name+".lock"), os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return s, fmt.Errorf("console: lock state: %w", err)
		}
		if !filelock.Try(lock, true) {
			lock.Close()
			continue
		}
		s.lock, s.Path = lock, filepath.Join(dir, name+".json")
	}
	err := s.load(without)
	var broken *BrokenError
	if err != nil && !errors.As(err, &broken) {
		s.Path = "" // do not overwrite what cannot be read
	}
	return s, err
}

// load reads the file.
func (s *Store) load(without string) error {
	if s.Path == "" {
		return nil
	}
	data, err := regularfile.Read(s.Path, maxFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("console: read state: %w", err)
	}
	state, err := decode(data, without)
	var newer *NewerError
	switch {
	case errors.As(err, &newer):
		newer.Path = s.Path
		return newer
	case err != nil:
		aside, asideErr := file.PutAside(s.Path)
		if asideErr != nil {
			return fmt.Errorf("console: put broken state aside: %w", asideErr)
		}
		return &BrokenError{Path: aside, Err: err}
	}
	s.now, s.restored = state, true
	return nil
}

// Restored returns the State of the window that was closed, and whether there was one.
func (s *Store) Restored() (State, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now, s.restored
}

// Keep stores a State, soon. The caller must not change its tabs afterwards.
func (s *Store) Keep(state State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Path == "" || s.now.equal(&state) {
		return
	}
	s.now = state
	if s.pending == nil {
		s.pending = time.AfterFunc(saveDelay, s.write)
	}
}

// write writes a State that has changed, and waits for a write in progress.
func (s *Store) write() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	now, pending, path := s.now, s.pending, s.Path
	s.pending = nil
	s.mu.Unlock()
	if pending == nil {
		return
	}
	pending.Stop()
	data, err := now.encode(s.names())
	if err == nil {
		err = atomicfile.WriteData(path, data)
	}
	if err != nil {
		s.failed(err)
	}
}

// Close writes a State that has changed, and lets another window use the file. The Store
// keeps nothing afterwards.
func (s *Store) Close() {
	s.write()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.Path = ""
	if s.lock != nil {
		s.lock.Close()
		s.lock = nil
	}
}
