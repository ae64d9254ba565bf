//go:build unix

package saved

import (
	"errors"
	"testing"

	"sseconsole/client/regularfile"
)

func TestOnlyRegularFilesOfTargetsAreRead(t *testing.T) {
	for _, path := range []string{"/dev/zero", t.TempDir()} {
		var refused *regularfile.Error
		if _, err := readTargets(path); !errors.As(err, &refused) {
			t.Errorf("%s: %v", path, err)
		}
	}
}
