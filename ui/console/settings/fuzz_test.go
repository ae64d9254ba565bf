package settings

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"sseconsole/server/hub"
)

// FuzzSettings loads arbitrary files. A broken file is moved aside unchanged. Any other
// gives usable values, which survive saving.
func FuzzSettings(f *testing.F) {
	for _, s := range []string{
		"", "{}", "null", "[]", "{} {}", `{"language":"zh","window_width":900,"client_id":"","hidden_kinds":[],"log_columns":{"time":{"width":-1,"hidden":true}}}`,
		`{"embedded_mode":"x","embedded_policy":"share","keep_runs_days":-1,"keep_runs_gb":9223372036854775807,"filters":["a","b"],"remote_urls":null}`,
		`{"language":1}`, `{"window_width":1e99}`, `{"later":{"x":1}}`, `{"version":1}`, `{"version":2,"language":[]}`, "{\"origin\":\"\xff\\ud800\"}", `{"language":"zh","Language":"en"}`,
	} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "settings.json")
	f.Fuzz(func(t *testing.T, content []byte) {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(path)
		var newer *NewerError
		if errors.As(err, &newer) {
			if !errors.As(s.Save(path), &newer) {
				t.Fatalf("%q of version %d can be overwritten", content, newer.Version)
			}
			if kept, err := os.ReadFile(path); err != nil || string(kept) != string(content) {
				t.Fatalf("%q became %q, %v", content, kept, err)
			}
			return
		}
		files, dirErr := os.ReadDir(dir)
		if dirErr != nil || len(files) != 1 {
			t.Fatalf("%v in the directory, %v", files, dirErr)
		}
		if err != nil {
			var broken *BrokenError
			if !errors.As(err, &broken) || broken.Err == nil || !reflect.DeepEqual(s, Settings{}) {
				t.Fatalf("%q: %+v, %v", content, s, err)
			}
			if kept, err := os.ReadFile(broken.Path); err != nil || string(kept) != string(content) {
				t.Fatalf("%q was put aside as %q, %v", content, kept, err)
			}
			if err := os.Remove(broken.Path); err != nil {
				t.Fatal(err)
			}
			return
		}
		mode, policy := s.Delivery()
		if !slices.Contains(hub.Modes(), mode) || !slices.Contains(hub.Policies(), policy) {
			t.Fatalf("%q: %s, %s", content, mode, policy)
		}
		if r := s.Retention(); r.Age == 0 || r.Bytes == 0 || r.Age < -1 || r.Bytes < -1 {
			t.Fatalf("%q: %+v", content, r)
		}
		s.RememberFilter("x")
		s.RememberURL("http://h")
		if len(s.Filters) > rememberedFilters || len(s.RemoteURLs) > RememberedURLs {
			t.Fatalf("%q: %d filters, %d addresses", content, len(s.Filters), len(s.RemoteURLs))
		}
		if err := s.Save(path); err != nil {
			t.Fatalf("%q: %v", content, err)
		}
		saved, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Load(path)
		if err == nil {
			err = again.Save(path)
		}
		if text, readErr := os.ReadFile(path); err != nil || readErr != nil || string(text) != string(saved) {
			t.Fatalf("%q was saved as\n%s\nand then as\n%s, %v", content, saved, text, err)
		}
	})
}
