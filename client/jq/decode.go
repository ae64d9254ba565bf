package jq

import (
	"encoding/json"
	"strings"
)

// decode returns the value of a JSON text, in which numbers may have any size.
func (m *machine) decode(data string) (value any, err error) {
	if data = strings.TrimSpace(data); data == "" || !strings.ContainsRune(`{["-0123456789tfn`, rune(data[0])) {
		return nil, ErrNotJSON
	}
	if m.meter.spend(jsonSize(data)); m.meter.stopped != nil {
		return nil, m.meter.stopped
	}
	in := json.NewDecoder(strings.NewReader(data))
	in.UseNumber()
	if in.Decode(&value) != nil || in.InputOffset() != int64(len(data)) {
		return nil, ErrNotJSON
	}
	return value, nil
}
