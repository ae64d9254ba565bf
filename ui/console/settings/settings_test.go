package settings

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
)

func TestSettingsOfANewerVersionAreReadAndLeftUnchanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	const content = `{"version": 2, "language": "zh", "theme": {"later": true}, "more": 1}`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Load(path)
	var newer *NewerError
	if !errors.As(err, &newer) || newer.Version != 2 || s.Language != "zh" || s.Theme != "" {
		t.Errorf("%+v, %v", s, err)
	}
	if err := (Settings{Language: "en"}).Save(path); !errors.As(err, &newer) { // written while this program ran
		t.Errorf("saved over it: %v", err)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != content {
		t.Errorf("it is %s now, %v", kept, err)
	}
	if files, err := os.ReadDir(filepath.Dir(path)); err != nil || len(files) != 1 {
		t.Errorf("%v in its directory, %v", files, err)
	}
}

// Two starts within a second may each find a broken file.
func TestEachBrokenFileIsPutAside(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	synctest.Test(t, func(t *testing.T) { // everything happens within a second
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
