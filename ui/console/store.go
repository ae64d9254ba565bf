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

// loadSettings reads the settings. The function that it returns tells of what
// was wrong with them, once there is a journal.
func (c *Console) loadSettings(path string) (tell func()) {
	c.settings.path = path
	c.settings.failed = func(err error) { c.notice("settings_not_saved", path, err.Error()) }
	if path == "" {
		return func() {}
	}
	s, err := LoadSettings(path)
	c.settings.now = s
	var broken *BrokenSettingsError
	switch {
	case errors.As(err, &broken):
		return func() { c.notice("settings_broken", broken.Path, broken.Err.Error()) }
	case err != nil:
		c.settings.path = "" // what cannot be read must not be overwritten
		return func() { c.notice("settings_not_read", path, err.Error()) }
	}
	return func() {}
}

// Settings returns the settings as they are now.
func (c *Console) Settings() Settings {
	c.settings.mu.Lock()
	defer c.settings.mu.Unlock()
	return c.settings.now
}

// UpdateSettings changes the settings; they are written soon after.
func (c *Console) UpdateSettings(change func(*Settings)) {
	s := &c.settings
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
