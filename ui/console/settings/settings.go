// Package settings is what the console remembers from one run to the next.
package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"sseconsole/client/journal"
	"sseconsole/client/regularfile"
	"sseconsole/server/hub"
	"sseconsole/ui/console/file"
)

// Settings is what the console remembers from one run to the next.
type Settings struct {
	Language    string            `json:"language,omitempty"` // "en", "zh", or empty for the system's
	Theme       string            `json:"theme,omitempty"`    // "light", "dark", or empty for the system's
	LogTextSize float32           `json:"log_text_size,omitempty"`
	Width       float32           `json:"window_width,omitempty"`
	Height      float32           `json:"window_height,omitempty"`
	Side        string            `json:"side,omitempty"`             // which side the target switch is on
	SaveFolder  string            `json:"save_folder,omitempty"`      // that was saved into last
	Target      string            `json:"target,omitempty"`           // the name of the saved target that is chosen
	Address     string            `json:"embedded_address,omitempty"` // of the embedded server
	Mode        hub.Mode          `json:"embedded_mode,omitempty"`    // how it answers; empty or unknown: Delivery says
	Policy      hub.Policy        `json:"embedded_policy,omitempty"`  // what a second subscriber of one clientId does; the same
	NoIDBlock   bool              `json:"embedded_no_id_block,omitempty"`
	RemoteURL   string            `json:"remote_url,omitempty"`
	RemoteURLs  []string          `json:"remote_urls,omitempty"` // used before, newest first
	ClientID    *string           `json:"client_id,omitempty"`   // nil: never set
	Engine      string            `json:"engine,omitempty"`      // that reads streams; empty is client.EventSource
	Chromium    bool              `json:"headers_as_chromium,omitempty"`
	Origin      string            `json:"origin,omitempty"`         // of a page that should be able to read the streams
	Hidden      *[]string         `json:"hidden_kinds,omitempty"`   // groups of kinds that the log hides; nil: never set
	Columns     map[string]Column `json:"log_columns,omitempty"`    // that are not as at first, by their keys
	Filters     []string          `json:"filters,omitempty"`        // used before, newest first
	Method      string            `json:"method,omitempty"`         // of sends and closes: MethodGET, MethodPOST, or empty for client.Auto
	KeepDays    *int              `json:"keep_runs_days,omitempty"` // nil: the default; 0: for ever
	KeepGB      *int              `json:"keep_runs_gb,omitempty"`   // nil: the default; 0: without a bound
	Secrets     []string          `json:"secret_names,omitempty"`   // headers, parameters and JSON fields that are masked in what is saved
}

// Delivery is how the embedded server answers, and what a second subscriber of
// one clientId does: as it was set, or else the server's defaults.
func (s Settings) Delivery() (hub.Mode, hub.Policy) {
	if !slices.Contains(hub.Modes(), s.Mode) {
		s.Mode = hub.Modes()[0]
	}
	if !slices.Contains(hub.Policies(), s.Policy) {
		s.Policy = hub.Policies()[0]
	}
	return s.Mode, s.Policy
}

// The sides of the target switch, by the names that the settings keep.
const (
	SideEmbedded = ""
	SideRemote   = "remote"
	SideSaved    = "saved"
)

// The methods of the send and close calls, by the names that the settings keep.
const (
	MethodGET  = "GET"
	MethodPOST = "POST"
)

// What a first run begins with.
const (
	DefaultAddress  = "127.0.0.1:8080"
	DefaultClientID = "demo"
	DefaultContent  = "hello"

	RememberedURLs = 12
)

// What is kept of earlier runs unless the person chose otherwise.
const (
	DefaultKeepDays = 30
	DefaultKeepGB   = 5
)

// Retention is how much is kept of earlier runs.
func (s Settings) Retention() journal.Retention {
	days, gb := DefaultKeepDays, DefaultKeepGB
	if s.KeepDays != nil {
		days = *s.KeepDays
	}
	if s.KeepGB != nil {
		gb = *s.KeepGB
	}
	r := journal.Retention{Age: time.Duration(min(days, maxKeepDays)) * 24 * time.Hour, Bytes: int64(min(gb, maxKeepGB)) * 1e9}
	if days <= 0 {
		r.Age = -1
	}
	if gb <= 0 {
		r.Bytes = -1
	}
	return r
}

// What fits into the numbers of a journal.Retention.
const (
	maxKeepDays = 36_500
	maxKeepGB   = 1_000_000
)

// HiddenKinds returns the groups of kinds that the log hides; at first those
// that would crowd out the rest.
func (s Settings) HiddenKinds() []string {
	if s.Hidden == nil {
		return []string{"comments", "chunks"}
	}
	return *s.Hidden
}

// Column is how a column of the log was left.
type Column struct {
	Width  int  `json:"width,omitempty"` // in characters
	Hidden bool `json:"hidden,omitempty"`
}

// rememberedFilters is how many filters are remembered.
const rememberedFilters = 8

// RememberFilter puts a filter at the front of those used before.
func (s *Settings) RememberFilter(line string) {
	lines := slices.DeleteFunc(slices.Clone(s.Filters), func(l string) bool { return l == line })
	s.Filters = slices.Insert(lines, 0, line)
	s.Filters = s.Filters[:min(len(s.Filters), rememberedFilters)]
}

// RememberURL puts url at the front of the remote addresses used before.
func (s *Settings) RememberURL(url string) {
	s.RemoteURL = url
	urls := slices.DeleteFunc(slices.Clone(s.RemoteURLs), func(u string) bool { return u == url })
	s.RemoteURLs = slices.Insert(urls, 0, url)
	if len(s.RemoteURLs) > RememberedURLs {
		s.RemoteURLs = s.RemoteURLs[:RememberedURLs]
	}
}

// Path returns where the settings of the person who runs the program
// are kept.
func Path() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("console: no configuration directory: %w", err)
	}
	return filepath.Join(dir, "sse-console", "settings.json"), nil
}

// BrokenError says that a settings file could not be understood and
// was put aside under another name.
type BrokenError struct {
	Path string // where the broken file is now
	Err  error
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("console: broken settings put aside as %s: %v", e.Path, e.Err)
}

func (e *BrokenError) Unwrap() error { return e.Err }

// Load reads the settings file at path. A missing file gives the zero
// Settings and no error. A broken one is renamed, so that nothing is lost, and
// gives the zero Settings with a *BrokenError. One of a later version gives what
// this version knows of it with a *NewerError.
func Load(path string) (Settings, error) {
	data, err := regularfile.Read(path, regularfile.Small)
	if errors.Is(err, fs.ErrNotExist) {
		return Settings{}, nil
	}
	if err != nil {
		return Settings{}, fmt.Errorf("console: read settings: %w", err)
	}
	var s Settings
	err = json.Unmarshal(data, &s)
	if newer := newer(data); newer != nil {
		return s, newer // whatever has another type is left out
	}
	if err != nil {
		aside, asideErr := putAside(path)
		if asideErr != nil {
			return Settings{}, fmt.Errorf("console: put broken settings aside: %w", asideErr)
		}
		return Settings{}, &BrokenError{Path: aside, Err: err}
	}
	return s, nil
}

// putAside renames the file to a name that no other has, and returns it.
func putAside(path string) (string, error) {
	base := path + ".broken-" + time.Now().Format("20060102-150405")
	for n, aside := 2, base; ; n++ {
		taken, err := os.OpenFile(aside, os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			aside = fmt.Sprintf("%s-%d", base, n)
			continue
		}
		if err != nil {
			return "", err
		}
		_ = taken.Close() // it is empty
		if err := os.Rename(path, aside); err != nil {
			_ = os.Remove(aside)
			return "", err
		}
		return aside, nil
	}
}

// Save writes the settings to path, readable by their owner alone since
// addresses may hold tokens. A crash leaves the old file or the new one,
// never a part. A file of a later version stays, with a *NewerError.
func (s Settings) Save(path string) error {
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("console: encode settings: %w", err)
	}
	if err := overwritable(path); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("console: settings directory: %w", err)
	}
	return file.Write(path, func(f *os.File) error {
		_, err := f.Write(append(data, '\n'))
		return err
	})
}
