package settings

import (
	"errors"
	"sync"
	"time"
)

// saveDelay gathers changes in quick succession, such as while a window is resized,
// into one write.
const saveDelay = 300 * time.Millisecond

// Store has the settings and writes them when they change.
type Store struct {
	Path   string
	failed func(error)

	mu      sync.Mutex
	now     Settings
	pending *time.Timer
	writing sync.Mutex // held during a write, so that the last one wins
}

// Open reads the settings at path, "" for none. The Store is usable even if there is an
// error, which may be a *BrokenError or a *NewerError. failed is called when the
// settings cannot be written.
func Open(path string, failed func(error)) (*Store, error) {
	s := &Store{Path: path, failed: failed}
	if path == "" {
		return s, nil
	}
	var err error
	s.now, err = Load(path)
	var broken *BrokenError
	if err != nil && !errors.As(err, &broken) {
		s.Path = "" // do not overwrite what cannot be read
	}
	return s, err
}

// Get returns the current settings.
func (s *Store) Get() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// Update changes the settings; they are written soon after.
func (s *Store) Update(change func(*Settings)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.now)
	if s.Path != "" && s.pending == nil {
		s.pending = time.AfterFunc(saveDelay, s.Write)
	}
}

// Write saves pending changes, and waits for a write in progress. The timer calls it, and
// Shutdown.
func (s *Store) Write() {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.mu.Lock()
	now, pending := s.now, s.pending
	s.pending = nil
	s.mu.Unlock()
	if pending == nil {
		return
	}
	pending.Stop()
	if err := now.Save(s.Path); err != nil {
		s.failed(err)
	}
}
