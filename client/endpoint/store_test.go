package endpoint

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// memory stores secrets in a map. If failing is set, every Set fails after the
// first spared ones.
type memory struct {
	values  map[string]string
	failing error
	spared  int
}

func (m *memory) Get(_ context.Context, key string) (string, error) {
	if value, found := m.values[key]; found {
		return value, nil
	}
	return "", ErrNoSecret
}

func (m *memory) Set(_ context.Context, key, value string) error {
	if m.spared--; m.failing != nil && m.spared < 0 {
		return m.failing
	}
	m.values[key] = value
	return nil
}

func (m *memory) Delete(_ context.Context, key string) error {
	delete(m.values, key)
	return nil
}

func (m *memory) String() string {
	var pairs []string
	for _, k := range slices.Sorted(maps.Keys(m.values)) {
		pairs = append(pairs, k+"="+m.values[k])
	}
	return strings.Join(pairs, " ")
}

func newStore(t *testing.T) (*Store, *memory) {
	secrets := &memory{values: make(map[string]string)}
	return NewStore(filepath.Join(t.TempDir(), "new", "targets.json"), secrets), secrets
}

func spec(name, token string) Spec {
	return Spec{Name: name, Subscribe: Call{URL: "http://h"}, Auth: Auth{Kind: AuthBearer, Value: token}}
}

func names(t *testing.T, s *Store) string {
	t.Helper()
	file, err := s.Load()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, s := range file.Targets {
		all = append(all, s.Name)
	}
	for _, e := range file.Environments {
		all = append(all, "env "+e.Name)
	}
	return strings.Join(all, ", ")
}

func TestTheLifeOfATarget(t *testing.T) {
	s, secrets := newStore(t)
	ctx := t.Context()
	do := func(err error, wantNames, wantSecrets string) {
		t.Helper()
		if got := names(t, s); err != nil || got != wantNames || secrets.String() != wantSecrets {
			t.Errorf("%v: %q with %q, want %q with %q", err, got, secrets, wantNames, wantSecrets)
		}
	}
	do(nil, "", "")
	do(s.Add(ctx, spec("a/b", "one")), "a/b", "target/a%2Fb/token=one")
	do(s.Add(ctx, spec("c", "two")), "a/b, c", "target/a%2Fb/token=one target/c/token=two")
	copied, err := s.Duplicate(ctx, "a/b")
	do(err, "a/b, a/b 2, c", "target/a%2Fb%202/token=one target/a%2Fb/token=one target/c/token=two")
	got, err := s.Target(ctx, copied)
	if r, made := got.Request(Subscribe, Values{}); err != nil || made != nil || r.Header.Get("Authorization") != "Bearer one" {
		t.Errorf("%+v, %v, %v", r, err, made)
	}
	got.Name = "d"
	got.Variables[0].Value = "" // unchanged
	do(s.Edit(ctx, copied, got), "a/b, d, c", "target/a%2Fb/token=one target/c/token=two target/d/token=one")
	got.Auth = Auth{}
	got.Variables = nil
	do(s.Edit(ctx, "d", got), "a/b, d, c", "target/a%2Fb/token=one target/c/token=two")
	do(s.Move(ctx, "c", 0), "c, a/b, d", "target/a%2Fb/token=one target/c/token=two")
	do(s.Move(ctx, "c", 99), "a/b, d, c", "target/a%2Fb/token=one target/c/token=two")
	do(s.Delete(ctx, "a/b"), "d, c", "target/c/token=two")
	data, _ := os.ReadFile(s.path)
	if strings.Contains(string(data), "two") {
		t.Errorf("the file has a secret:\n%s", data)
	}
}

func TestTheLifeOfAnEnvironment(t *testing.T) {
	s, secrets := newStore(t)
	ctx := t.Context()
	dev := Environment{Name: "dev", Variables: []Variable{{Name: "host", Value: "h"}, {Name: "token", Value: "x", Secret: true}}}
	if err := errors.Join(s.AddEnvironment(ctx, dev), s.Activate(ctx, "dev")); err != nil {
		t.Fatal(err)
	}
	if e, err := s.Active(ctx); err != nil || !reflect.DeepEqual(*e, dev) {
		t.Errorf("%+v, %v", e, err)
	}
	dev.Name = "test"
	if err := s.EditEnvironment(ctx, "dev", dev); err != nil {
		t.Error(err)
	}
	if e, err := s.Active(ctx); err != nil || e.Name != "test" || secrets.String() != "environment/test/token=x" {
		t.Errorf("renamed: %+v, %v, %v", e, err, secrets)
	}
	if as, err := s.DuplicateEnvironment(ctx, "test"); err != nil || as != "test 2" {
		t.Errorf("%q, %v", as, err)
	}
	if err := s.DeleteEnvironment(ctx, "test"); err != nil {
		t.Error(err)
	}
	if e, err := s.Active(ctx); err != nil || e != nil || secrets.String() != "environment/test%202/token=x" {
		t.Errorf("deleted: %+v, %v, %v", e, err, secrets)
	}
	if err := s.Activate(ctx, "test"); !errors.Is(err, ErrNotSaved) {
		t.Errorf("a missing environment was activated: %v", err)
	}
}

func TestAFailedChangeChangesNothing(t *testing.T) {
	s, secrets := newStore(t)
	ctx := t.Context()
	if err := errors.Join(s.Add(ctx, spec("a", "one")), s.Add(ctx, spec("b", "two"))); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(s.path)
	secretsBefore := secrets.String()
	for name, change := range map[string]func() error{
		"a taken name":              func() error { return s.Add(ctx, spec("a", "new")) },
		"a change to a taken name":  func() error { return s.Edit(ctx, "a", spec("b", "new")) },
		"no name":                   func() error { return s.Add(ctx, spec("", "new")) },
		"a change of a missing one": func() error { return s.Edit(ctx, "x", spec("x", "new")) },
		"a copy of a missing one":   func() error { _, err := s.Duplicate(ctx, "x"); return err },
		"deleting a missing one":    func() error { return s.Delete(ctx, "x") },
		"a broken target":           func() error { return s.Edit(ctx, "a", Spec{Name: "a", Subscribe: Call{URL: "ftp://h"}}) },
		"a keyring that refuses": func() error {
			secrets.failing = errors.New("locked")
			defer func() { secrets.failing = nil }()
			return s.Edit(ctx, "a", spec("a", "new"))
		},
	} {
		err := change()
		if after, _ := os.ReadFile(s.path); err == nil || string(after) != string(before) || secrets.String() != secretsBefore {
			t.Errorf("%s: %v, %v\n%s", name, err, secrets, after)
		}
	}
}

func TestSecretsAreRestoredIfTheFileCannotBeWritten(t *testing.T) {
	s, secrets := newStore(t)
	ctx := t.Context()
	if err := s.Add(ctx, spec("a", "one")); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Dir(s.path)
	// With a directory in its place, the file can be neither read nor written.
	if err := os.Rename(s.path, s.path+".aside"); err != nil {
		t.Fatal(err)
	}
	c := change{file: File{}, set: map[string]string{"target/a/token": "new", "target/b/token": "new"}, remove: []string{"target/a/x"}}
	if err := os.MkdirAll(filepath.Join(dir, "targets.json", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := s.commit(ctx, c); err == nil || secrets.String() != "target/a/token=one" {
		t.Errorf("%v: %v", err, secrets)
	}
}

func TestAnInvalidFileIsNotChanged(t *testing.T) {
	s, _ := newStore(t)
	const broken = `{"version": 1, "oops": 1}`
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	var e *FileError
	if err := s.Add(t.Context(), spec("a", "x")); !errors.As(err, &e) {
		t.Errorf("%v", err)
	}
	if after, _ := os.ReadFile(s.path); string(after) != broken {
		t.Errorf("became %s", after)
	}
}

func TestALiteralSecretInAHandwrittenFileIsNotLost(t *testing.T) {
	s, secrets := newStore(t)
	const byHand = `{"version": 1, "targets": [{"name": "a", "subscribe": {"url": "http://h", "header": [{"name": "X-Api-Key", "value": "k3y"}]}}]}`
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.path, []byte(byHand), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Add(t.Context(), Spec{Name: "b", Subscribe: Call{URL: "http://h"}}); err != nil {
		t.Fatal(err)
	}
	a, err := s.Target(t.Context(), "a")
	if r, made := a.Request(Subscribe, Values{}); err != nil || made != nil || r.Header.Get("X-Api-Key") != "k3y" {
		t.Errorf("%+v, %v, %v, %v", r, err, made, secrets)
	}
	if data, _ := os.ReadFile(s.path); strings.Contains(string(data), "k3y") {
		t.Errorf("still there:\n%s", data)
	}
}

func TestImport(t *testing.T) {
	s, secrets := newStore(t)
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"same", "skip", "replace", "both"} {
		must(s.Add(ctx, spec(name, "old")))
	}
	must(s.AddEnvironment(ctx, Environment{Name: "dev"}))
	file, err := s.Export([]string{"both", "same"}, nil)
	if err != nil || len(file.Targets) != 2 || file.Targets[0].Name != "same" {
		t.Fatalf("%+v, %v", file, err)
	}
	for _, name := range []string{"skip", "replace", "both", "new"} {
		other := Spec{Name: name, Subscribe: Call{URL: "http://elsewhere"}, Auth: Auth{Kind: AuthBearer, Value: "{token}"},
			Variables: []Variable{{Name: "token", Secret: true}}}
		file.Targets = slices.DeleteFunc(file.Targets, func(s Spec) bool { return s.Name == name })
		file.Targets = append(file.Targets, other)
	}
	file.Environments = []Environment{{Name: "dev", Variables: []Variable{{Name: "a", Value: "b"}}}}
	data, err := file.Encode()
	must(err)
	file, err = Decode(data)
	must(err)
	conflicts, err := s.Conflicts(file)
	want := []Conflict{{false, "same", true}, {false, "skip", false}, {false, "replace", false}, {false, "both", false}, {true, "dev", false}}
	if err != nil || !reflect.DeepEqual(conflicts, want) {
		t.Errorf("%+v, %v", conflicts, err)
	}
	report, err := s.Import(ctx, file, func(c Conflict) Resolution {
		if c.Environment {
			return Replace
		}
		return map[string]Resolution{"replace": Replace, "both": KeepBoth}[c.Name]
	})
	must(err)
	fill := []string{"token"}
	if want := []Imported{
		{Name: "same", As: "same", Same: true}, {Name: "skip", As: "skip", Resolution: Skip},
		{Name: "replace", As: "replace", Resolution: Replace, Secrets: fill}, {Name: "both", As: "both 2", Resolution: KeepBoth, Secrets: fill},
		{Name: "new", As: "new", Secrets: fill}, {Environment: true, Name: "dev", As: "dev", Resolution: Replace},
	}; !reflect.DeepEqual(report, want) {
		t.Errorf("got %+v,\nwant %+v", report, want)
	}
	if got := names(t, s); got != "same, skip, replace, both, both 2, new, env dev" {
		t.Errorf("saved: %s", got)
	}
	// A file from elsewhere must not obtain a secret by using a known name.
	if got := secrets.String(); got != "target/both/token=old target/same/token=old target/skip/token=old" {
		t.Errorf("secrets: %s", got)
	}
	replaced, err := s.Target(ctx, "replace")
	must(err)
	if _, err := replaced.Request(Subscribe, Values{}); fmt.Sprint(err) != `target: auth.value: secret_missing "{token}"` {
		t.Errorf("%v", err)
	}
	if _, err := s.Export([]string{"nobody"}, nil); !errors.Is(err, ErrNotSaved) {
		t.Errorf("%v", err)
	}
	if again, err := s.Import(ctx, file, nil); err != nil || again[1].Resolution != Skip {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestSecretsAreSetAllOrNone(t *testing.T) {
	s, secrets := newStore(t)
	two := Spec{Name: "a", Subscribe: Call{URL: "http://h"}, Variables: []Variable{{"x", "1", true}, {"y", "2", true}}}
	secrets.failing, secrets.spared = errors.New("full"), 1
	if err := s.Add(t.Context(), two); !errors.Is(err, secrets.failing) || secrets.String() != "" || names(t, s) != "" {
		t.Errorf("%v: %q, %v", err, names(t, s), secrets)
	}
}

func TestLeftoverSecretsAreNotUsed(t *testing.T) {
	s, secrets := newStore(t)
	ctx := t.Context()
	empty := func(variable string) Spec {
		return Spec{Name: "a", Subscribe: Call{URL: "http://h"}, Variables: []Variable{{variable, "", true}}}
	}
	secrets.values["target/a/x"] = "left"
	if err := s.Add(ctx, empty("x")); err != nil || secrets.String() != "" {
		t.Errorf("added: %v, %v", err, secrets)
	}
	secrets.values["target/a/x"], secrets.values["target/a/y"] = "old", "left"
	file := File{Version: 1, Targets: []Spec{empty("y")}}
	if _, err := s.Import(ctx, file, func(Conflict) Resolution { return Replace }); err != nil || secrets.String() != "" {
		t.Errorf("replaced: %v, %v", err, secrets)
	}
	secrets.values["target/b/y"] = "left"
	file.Targets[0].Name = "b"
	if _, err := s.Import(ctx, file, nil); err != nil || secrets.String() != "" {
		t.Errorf("imported: %v, %v", err, secrets)
	}
}
