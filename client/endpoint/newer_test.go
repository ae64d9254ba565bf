package endpoint

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestTargetsOfALaterVersionAreReadAndNotChanged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "targets.json")
	const content = `{"later": {"x": 1}, "version": 2, "active": "dev", "targets": [
{"name": "known", "subscribe": {"url": "http://h"}},
{"name": "with more", "subscribe": {"url": "http://h", "pinned": "certificate"}},
{"name": "known", "subscribe": {"url": "http://twice"}},
{"name": 7}, "another shape"
], "environments": [{"name": "dev"}, {"name": "more", "more": 1}]}`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	secrets := &memory{values: make(map[string]string)}
	store := NewStore(path, secrets)
	file, err := store.Load()
	if err != nil || file.Version != 2 || len(file.Targets) != 1 || file.Targets[0].Subscribe.URL != "http://h" || len(file.Environments) != 1 || file.Active != "dev" {
		t.Errorf("%+v, %v", file, err)
	}
	if spec, err := store.Target(t.Context(), "known"); err != nil || spec.Subscribe.URL != "http://h" {
		t.Errorf("%+v, %v", spec, err)
	}
	var unread *NewerError
	if _, err := store.Target(t.Context(), "with more"); !errors.As(err, &unread) || !errors.Is(err, ErrNotSaved) {
		t.Errorf("a target that cannot be read: %v", err)
	}
	known := file.Targets[0]
	more := known
	more.Name, more.Variables = "new", []Variable{{Name: "token", Value: "secret", Secret: true}}
	_, duplicateErr := store.Duplicate(t.Context(), "known")
	_, importErr := store.Import(t.Context(), File{Version: Version, Targets: []Spec{more}}, nil)
	for what, err := range map[string]error{
		"add": store.Add(t.Context(), more), "edit": store.Edit(t.Context(), "known", more), "move": store.Move(t.Context(), "known", 0),
		"duplicate": duplicateErr, "delete": store.Delete(t.Context(), "known"), "activate": store.Activate(t.Context(), ""), "import": importErr,
		"add an environment": store.AddEnvironment(t.Context(), Environment{Name: "test"}),
	} {
		var newer *NewerError
		if !errors.As(err, &newer) || newer.Version != 2 {
			t.Errorf("%s: %v", what, err)
		}
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != content || len(secrets.values) != 0 {
		t.Errorf("the file is now %s, %v; secrets %s", kept, err, secrets)
	}
	if _, err := Decode([]byte(content)); err == nil {
		t.Error("it can be imported")
	}
}
