package settings

import (
	"errors"
	"sync"
	"time"
)

// saveDelay gathers the changes of a moment, a dragged window for one, into
// one write.
const saveDelay = 300 * time.Millisecond

// Store holds the settings and writes them when they changed.
type Store struct {
	Path   string
	failed func(error)

	mu      sync.Mutex
	now     Settings
	pending *time.Timer
	writing sync.Mutex // held during a write, so that the later one wins
}

// Open reads the settings at path, "" for none. The error says what was wrong
// with them, a *BrokenError among others; the settings are usable all the
// same. failed is told when they cannot be written.
func Open(path string, failed func(error)) (*Store, error) {
	s := &Store{Path: path, failed: failed}
	if path == "" {
		return s, nil
	}
	var err error
	s.now, err = Load(path)
	var broken *BrokenError
	if err != nil && !errors.As(err, &broken) {
		s.Path = "" // what cannot be read must not be overwritten
	}
	return s, err
}

// Get returns the settings as they are now.
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

// Write saves what is pending, and waits for a write under way. It is called
// by the timer, and at the end.
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
