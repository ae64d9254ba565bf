package form

import (
	"slices"

	"sseconsole/ui/console/settings"
)

// Saved knows which saved target is chosen.
type Saved struct {
	f     *Form
	names []string // of all saved targets
	name  string   // the chosen one; "" none
}

func newSaved(f *Form) *Saved { return &Saved{f: f} }

// Name returns the name of the chosen target, or "".
func (s *Saved) Name() string { return s.name }

// Choose chooses a target.
func (s *Saved) Choose(name string) {
	s.name = name
	s.f.con.UpdateSettings(func(set *settings.Settings) { set.Target = name })
	s.f.cfg.Refresh()
}

// refresh chooses another target if the chosen one no longer exists.
func (s *Saved) refresh() {
	names, _, _ := s.f.con.Targets.Names()
	if slices.Equal(names, s.names) {
		return
	}
	s.names = names
	if s.name == "" {
		s.name = s.f.con.Settings().Target
	}
	if !slices.Contains(names, s.name) {
		s.name = ""
		if len(names) > 0 {
			s.name = names[0]
		}
	}
}

// Renamed must be called when a target has been renamed.
func (s *Saved) Renamed(old, name string) {
	if s.name == old {
		s.name = name
		s.names = nil // so that refresh looks at the names again
		s.refresh()
	}
}
