//go:build peers

package peers

import (
	"os"
	"path/filepath"
	"testing"
)

// npm returns the path of a file of an npm package installed by scripts/peers.sh. If there
// is none it skips the test or, in CI, fails it.
func npm(t *testing.T, file string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata/npm/node_modules", file))
	if err == nil {
		_, err = os.Stat(path)
	}
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") != "":
		t.Fatal(err)
	}
	t.Skip(err)
	return ""
}
