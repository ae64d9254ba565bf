package session

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sseconsole/client/mask"
)

// State is what is restored.
type State struct {
	Content string // of the form, not sent yet
	LeftOut bool   // there was a content that is not stored: too large, or with a secret
	Tabs    []Tab
	Chosen  int     // the number of the chosen tab, from 1; 0 is that for everything
	Filter  string  // the text of the filter bar
	Beside  float64 // the part of the rows beside the details; 0: as on a first run
	Below   float64 // and above them
}

// Tab is the tab of a subscription.
type Tab struct {
	Saved    string `json:"target,omitempty"` // a saved target, or ""
	Remote   string `json:"remote,omitempty"` // an address, or ""
	ClientID string `json:"client_id"`
	Name     string `json:"name,omitempty"` // given by the user, or ""
}

// Limits of what is stored.
const (
	MaxContent = 1 << 20 // bytes; a longer content is not stored
	MaxTabs    = 200
	maxTabText = 1 << 20 // bytes of all texts of tabs
)

// version is the version of the file. Raise it when a file can no longer be read by earlier
// versions of the program.
const version = 1

// stored is the form of a State in the file.
type stored struct {
	Version int     `json:"version"`
	Content *[]byte `json:"content,omitempty"` // absent if it is too large or has a secret
	Tabs    []Tab   `json:"tabs,omitempty"`
	Chosen  int     `json:"chosen_tab,omitempty"`
	Filter  string  `json:"filter,omitempty"`
	Beside  float64 `json:"rows_beside_details,omitempty"`
	Below   float64 `json:"rows_above_details,omitempty"`
}

// NewerError means that a newer version of the program wrote a file. The file is left
// unchanged, and nothing of it is used.
type NewerError struct {
	Path    string
	Version int
}

func (e *NewerError) Error() string {
	return fmt.Sprintf("console: state of version %d, which is newer than %d", e.Version, version)
}

// encode returns s without secrets: a content or a filter that has one is left out, and
// addresses are masked. names are further names of secrets.
func (s *State) encode(names []string) ([]byte, error) {
	f := stored{Version: version, Chosen: s.Chosen, Filter: s.Filter, Beside: s.Beside, Below: s.Below}
	if len(s.Content) <= MaxContent && !secret(s.Content, names) {
		content := []byte(s.Content)
		f.Content = &content
	}
	if secret(f.Filter, names) {
		f.Filter = ""
	}
	size := 0
	for _, t := range s.Tabs {
		size += len(t.Saved) + len(t.Remote) + len(t.ClientID) + len(t.Name)
		if len(f.Tabs) == MaxTabs || size > maxTabText {
			break
		}
		t.Remote = mask.URL(t.Remote)
		f.Tabs = append(f.Tabs, t)
	}
	if f.Chosen > len(f.Tabs) {
		f.Chosen = 0
	}
	data, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("console: encode state: %w", err)
	}
	return append(data, '\n'), nil
}

// secret reports whether text has a secret, as far as its form tells, or one of names.
func secret(text string, names []string) bool {
	if mask.Body("", text) != text || mask.Params(text) != text || mask.Text(text) != text {
		return true
	}
	lower := strings.ToLower(text)
	return slices.ContainsFunc(names, func(name string) bool { return name != "" && strings.Contains(lower, strings.ToLower(name)) })
}

// errContents is the error for a file whose values make no sense.
var errContents = errors.New("the values are not those of a window")

// decode returns the State in data. without is what it has if the content was left out.
func decode(data []byte, without string) (State, error) {
	var head struct {
		Version int `json:"version"`
	}
	var f stored
	err := json.Unmarshal(data, &head)
	if err == nil && head.Version > version {
		return State{}, &NewerError{Version: head.Version}
	}
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	if err != nil {
		return State{}, err
	}
	if f.Version < 1 || f.Chosen < 0 || f.Chosen > len(f.Tabs) || len(f.Tabs) > MaxTabs {
		return State{}, errContents
	}
	s := State{Content: without, LeftOut: f.Content == nil, Tabs: f.Tabs, Chosen: f.Chosen, Filter: f.Filter, Beside: f.Beside, Below: f.Below}
	if f.Content != nil {
		s.Content = string(*f.Content)
	}
	return s, nil
}

// Reveal replaces masked addresses of tabs by those in addresses from which they were
// made. A tab whose address is not among them is removed: nothing can be called with it.
func (s *State) Reveal(addresses []string) {
	var tabs []Tab
	chosen := 0
	for i, t := range s.Tabs {
		if strings.Contains(t.Remote, mask.Mark) {
			at := slices.IndexFunc(addresses, func(a string) bool { return mask.URL(a) == t.Remote })
			if at < 0 {
				continue
			}
			t.Remote = addresses[at]
		}
		tabs = append(tabs, t)
		if i == s.Chosen-1 {
			chosen = len(tabs)
		}
	}
	s.Tabs, s.Chosen = tabs, chosen
}

// equal reports whether s and other are the same.
func (s *State) equal(other *State) bool {
	return s.Content == other.Content && slices.Equal(s.Tabs, other.Tabs) && s.Chosen == other.Chosen &&
		s.Filter == other.Filter && s.Beside == other.Beside && s.Below == other.Below
}
