package settings

import (
	"encoding/json"
	"fmt"

	"sseconsole/client/regularfile"
)

// version is the version of the settings file; a file without one has version 1. Raise
// and write it when adding something whose loss would matter.
const version = 1

// NewerError means that a newer version of the program wrote a settings file. The file is
// left unchanged.
type NewerError struct{ Version int }

func (e *NewerError) Error() string {
	return fmt.Sprintf("console: settings of version %d, which is newer than %d", e.Version, version)
}

// newer returns a *NewerError if data is a settings file of a newer version.
func newer(data []byte) error {
	var head struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(data, &head) != nil || head.Version <= version {
		return nil
	}
	return &NewerError{head.Version}
}

// overwritable returns a *NewerError if a newer version has written the file at path,
// perhaps since this program started.
func overwritable(path string) error {
	data, err := regularfile.Read(path, regularfile.Small)
	if err != nil {
		return nil // it does not exist, or writing it reports the error
	}
	return newer(data)
}
