package console

import (
	"errors"
	"sync"
	"time"
)

// saveDelay gathers the changes of a moment, a dragged window for one, into
// one write.
const saveDelay = 300 * time.Millisecond

// store holds the settings and writes them when they changed.
type store struct {
	path   string
	failed func(error)

	mu      sync.Mutex
	now     Settings
	pending *time.Timer
	writing sync.Mutex // held during a write, so that the later one wins
}

// openStore reads the settings at path, "" for none. The error says what was wrong
// with them, a *BrokenSettingsError among others; the settings are usable all the
// same. failed is told when they cannot be written.
func openStore(path string, failed func(error)) (*store, error) {
	s := &store{path: path, failed: failed}
	if path == "" {
		return s, nil
	}
	var err error
	s.now, err = LoadSettings(path)
	var broken *BrokenSettingsError
	if err != nil && !errors.As(err, &broken) {
		s.path = "" // what cannot be read must not be overwritten
	}
	return s, err
}

// get returns the settings as they are now.
func (s *store) get() Settings {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now
}

// update changes the settings; they are written soon after.
func (s *store) update(change func(*Settings)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.now)
	if s.path != "" && s.pending == nil {
		s.pending = time.AfterFunc(saveDelay, s.write)
	}
}

// write saves what is pending, and waits for a write under way. It is called
// by the timer, and at the end.
func (s *store) write() {
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
	if err := now.Save(s.path); err != nil {
		s.failed(err)
	}
}
