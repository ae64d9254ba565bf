package endpoint

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// NewerError says that the file of targets is of a later version of this
// program. A change was refused, since it would lose what is new in the file;
// or a target is not among those that can be read.
type NewerError struct{ Version int }

func (e *NewerError) Error() string {
	return fmt.Sprintf("target: file version %d is newer than %d", e.Version, Version)
}

// decodeNewer returns what this version can read of a file of a later one: the
// targets and environments without unknown fields. A request that ignores an
// unknown field could go to the wrong place. The result has the Version of the
// file.
func decodeNewer(data []byte, version int) (File, error) {
	var raw struct {
		Targets      []jsontext.Value `json:"targets"`
		Environments []jsontext.Value `json:"environments"`
		Active       jsontext.Value   `json:"active"`
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return File{}, decodeError(data, err)
	}
	file := File{Version: version, Targets: readable(targets(), raw.Targets), Environments: readable(environments(), raw.Environments)}
	var active string
	if json.Unmarshal(raw.Active, &active) == nil && environments().find(&file, active) >= 0 {
		file.Active = active
	}
	return file, nil
}

// readable returns the items that this version can read.
func readable[T any](k items[T], values []jsontext.Value) (list []T) {
	names := make(map[string]bool)
	for _, value := range values {
		var item T
		if json.Unmarshal(value, &item, json.RejectUnknownMembers(true)) != nil || k.problems(&item) != nil || names[*k.name(&item)] {
			continue
		}
		names[*k.name(&item)] = true
		list = append(list, item)
	}
	return list
}
