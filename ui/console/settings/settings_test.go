package settings

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
)

// Two starts within a second find a broken file each.
func TestEachBrokenFileIsPutAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	synctest.Test(t, func(t *testing.T) { // where all is within a second
		var aside []string
		contents := []string{"{", "[", "x"}
		for _, content := range contents {
			if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Load(path)
			var broken *BrokenError
			if !errors.As(err, &broken) {
				t.Fatalf("%q: %v", content, err)
			}
			aside = append(aside, broken.Path)
		}
		for i, name := range aside {
			if got, err := os.ReadFile(name); string(got) != contents[i] {
				t.Errorf("%s has %q, %v, want %q", name, got, err, contents[i])
			}
		}
		if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the broken file is still there: %v", err)
		}
	})
}
