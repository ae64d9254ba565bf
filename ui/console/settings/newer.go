package settings

import (
	"encoding/json"
	"fmt"

	"sseconsole/client/regularfile"
)

// version is that of the settings file. A file without one is of version 1. It is
// to be raised, and written, when something is added whose loss would matter.
const version = 1

// NewerError says that a settings file is of a later version of this program. It
// is left as it is.
type NewerError struct{ Version int }

func (e *NewerError) Error() string {
	return fmt.Sprintf("console: settings of version %d, which is newer than %d", e.Version, version)
}

// newer returns a *NewerError if data is a settings file of a later version.
func newer(data []byte) error {
	var head struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(data, &head) != nil || head.Version <= version {
		return nil
	}
	return &NewerError{head.Version}
}

// overwritable returns a *NewerError if a later version has written the file at
// path, be it while this one runs.
func overwritable(path string) error {
	data, err := regularfile.Read(path, regularfile.Small)
	if err != nil {
		return nil // there is none, or writing it will say what is wrong
	}
	return newer(data)
}
