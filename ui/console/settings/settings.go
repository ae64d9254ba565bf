// Package settings loads and stores what the program remembers from one run to the next.
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

// Settings is what the program remembers from one run to the next.
type Settings struct {
	Language    string            `json:"language,omitempty"` // "en", "zh", or empty for the system's
	Theme       string            `json:"theme,omitempty"`    // "light", "dark", "high-contrast", or empty for the system's
	Zoom        int               `json:"zoom,omitempty"`     // of the window, in percent; 0 means 100
	LogTextSize float32           `json:"log_text_size,omitempty"`
	Width       float32           `json:"window_width,omitempty"`
	Height      float32           `json:"window_height,omitempty"`
	Side        string            `json:"side,omitempty"`             // the side of the target switch: SideEmbedded, …
	SaveFolder  string            `json:"save_folder,omitempty"`      // the folder last saved to
	Target      string            `json:"target,omitempty"`           // the name of the chosen saved target
	Address     string            `json:"embedded_address,omitempty"` // of the embedded server
	Mode        hub.Mode          `json:"embedded_mode,omitempty"`    // its delivery mode; see Delivery
	Policy      hub.Policy        `json:"embedded_policy,omitempty"`  // for a second subscriber of a clientId; see Delivery
	NoIDBlock   bool              `json:"embedded_no_id_block,omitempty"`
	RemoteURL   string            `json:"remote_url,omitempty"`
	RemoteURLs  []string          `json:"remote_urls,omitempty"` // recent, newest first
	ClientID    *string           `json:"client_id,omitempty"`   // nil: never set
	Engine      string            `json:"engine,omitempty"`      // reads streams; empty: client.EventSource
	Chromium    bool              `json:"headers_as_chromium,omitempty"`
	Origin      string            `json:"origin,omitempty"`         // of the page to simulate, or empty
	Hidden      *[]string         `json:"hidden_kinds,omitempty"`   // groups of kinds that the log hides; nil: never set
	Unfold      bool              `json:"log_unfolded,omitempty"`   // answers and the like have rows of their own
	Notices     bool              `json:"show_notices,omitempty"`   // the log shows also notices that are about no stream
	Columns     map[string]Column `json:"log_columns,omitempty"`    // the changed columns, by key
	Filters     []string          `json:"filters,omitempty"`        // recent, newest first
	Details     string            `json:"details_place,omitempty"`  // where the details are: DetailsAuto, …
	Notify      bool              `json:"notify,omitempty"`         // the desktop tells of endings while another window has the focus
	Chosen      []string          `json:"palette,omitempty"`        // in the palette, newest first
	Method      string            `json:"method,omitempty"`         // of sends and closes: MethodGET, MethodPOST, or empty for client.Auto
	KeepDays    *int              `json:"keep_runs_days,omitempty"` // nil: the default; 0: forever
	KeepGB      *int              `json:"keep_runs_gb,omitempty"`   // nil: the default; 0: no limit
	Secrets     []string          `json:"secret_names,omitempty"`   // headers, parameters and JSON fields to mask in saved files
}

// Delivery returns the delivery mode of the embedded server and its policy for a second
// subscriber of a clientId. Empty and unknown values become the server's defaults.
func (s Settings) Delivery() (hub.Mode, hub.Policy) {
	if !slices.Contains(hub.Modes(), s.Mode) {
		s.Mode = hub.Modes()[0]
	}
	if !slices.Contains(hub.Policies(), s.Policy) {
		s.Policy = hub.Policies()[0]
	}
	return s.Mode, s.Policy
}

// The sides of the target switch, as stored in the settings.
const (
	SideEmbedded = ""
	SideRemote   = "remote"
	SideSaved    = "saved"
)

// The places of the details, as stored in the settings.
const (
	DetailsAuto   = "" // at the right in a wide window, otherwise below
	DetailsRight  = "right"
	DetailsBelow  = "below"
	DetailsHidden = "hidden"
)

// The methods of the send and close calls, as stored in the settings.
const (
	MethodGET  = "GET"
	MethodPOST = "POST"
)

// The defaults of a first run.
const (
	DefaultAddress  = "127.0.0.1:8080"
	DefaultClientID = "demo"
	DefaultContent  = "hello"

	RememberedURLs = 12
)

// The default limits on earlier runs.
const (
	DefaultKeepDays = 30
	DefaultKeepGB   = 5
)

// Retention returns the limits on earlier runs.
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

// The largest values that fit into a journal.Retention.
const (
	maxKeepDays = 36_500
	maxKeepGB   = 1_000_000
)

// HiddenKinds returns the groups of kinds that the log hides. By default, these are the
// groups that would crowd out the rest.
func (s Settings) HiddenKinds() []string {
	if s.Hidden == nil {
		return []string{"comments", "chunks"}
	}
	return *s.Hidden
}

// Column is the state of a column of the log.
type Column struct {
	Width  int  `json:"width,omitempty"` // in characters
	Hidden bool `json:"hidden,omitempty"`
	Shown  bool `json:"shown,omitempty"` // always, even if its cells say nothing
}

// How many filters, and choices in the palette, are remembered.
const (
	rememberedFilters = 8
	rememberedChoices = 12
)

// RememberFilter puts a filter at the front of the recent ones.
func (s *Settings) RememberFilter(line string) {
	s.Filters = toFront(s.Filters, line, rememberedFilters)
}

// RememberChosen puts the ID of a choice in the palette at the front of the recent ones.
func (s *Settings) RememberChosen(id string) { s.Chosen = toFront(s.Chosen, id, rememberedChoices) }

// RememberURL sets the remote address and puts it at the front of the recent ones.
func (s *Settings) RememberURL(url string) {
	s.RemoteURL = url
	s.RemoteURLs = toFront(s.RemoteURLs, url, RememberedURLs)
}

// toFront returns a copy of list with first at its front, and at most most elements.
func toFront(list []string, first string, most int) []string {
	list = slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == first })
	list = slices.Insert(list, 0, first)
	return list[:min(len(list), most)]
}

// Path returns the path of the user's settings file.
func Path() (string, error) {
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("console: no configuration directory: %w", err)
	}
	return filepath.Join(dir, "sse-console", "settings.json"), nil
}

// BrokenError means that a settings file could not be parsed and was renamed.
type BrokenError struct {
	Path string // its new path
	Err  error
}

func (e *BrokenError) Error() string {
	return fmt.Sprintf("console: broken settings put aside as %s: %v", e.Path, e.Err)
}

func (e *BrokenError) Unwrap() error { return e.Err }

// Load reads the settings file at path. If it does not exist, Load returns the zero
// Settings. If it is broken, Load renames it, so that nothing is lost, and returns the
// zero Settings and a *BrokenError. If a newer version wrote it, Load returns what this
// version understands and a *NewerError.
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
		return s, newer // fields of another type are left out
	}
	if err != nil {
		aside, asideErr := file.PutAside(path)
		if asideErr != nil {
			return Settings{}, fmt.Errorf("console: put broken settings aside: %w", asideErr)
		}
		return Settings{}, &BrokenError{Path: aside, Err: err}
	}
	return s, nil
}

// Save writes the settings to path atomically. Only the owner can read the file, because
// addresses may contain tokens. Save returns a *NewerError, and leaves the file
// unchanged, if a newer version wrote it.
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
