package endpoint

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// FuzzImport imports any valid file into a store that has targets. Names stay
// unique, saved items stay unchanged unless replaced, the file contains no
// secrets, no other file is touched, and importing the result changes nothing.
func FuzzImport(f *testing.F) {
	data, err := whole().Encode()
	if err != nil {
		f.Fatal(err)
	}
	for choice := range byte(3) {
		f.Add(data, choice)
		f.Add([]byte(`{"version":1,"targets":[{"name":"one","subscribe":{"url":"http://u:s3cret@h?token=s3cret"}},{"name":"one 2","subscribe":{"url":"http://h"}}],"environments":[{"name":"dev"}]}`), choice)
		f.Add([]byte(`{"version":1,"environments":[{"name":"dev","variables":[{"name":"a","secret":true}]}],"active":"dev"}`), choice)
	}
	dir := f.TempDir()
	path := filepath.Join(dir, "targets.json")
	f.Fuzz(func(t *testing.T, data []byte, choice byte) {
		file, err := Decode(data)
		if err != nil {
			return // FuzzDecode looks at these
		}
		resolution := []Resolution{Skip, Replace, KeepBoth}[choice%3]
		before, err := whole().Encode()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, before, 0o600); err != nil {
			t.Fatal(err)
		}
		s := NewStore(path, &memory{values: map[string]string{}})
		report, err := s.Import(t.Context(), file, func(Conflict) Resolution { return resolution })
		after, readErr := os.ReadFile(path)
		if readErr != nil {
			t.Fatal(readErr)
		}
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Fatalf("other files: %v, %v", left, err)
		}
		if err != nil {
			t.Fatalf("%s\n%v, and the file is\n%s", data, err, after)
		}
		if len(report) != len(file.Targets)+len(file.Environments) {
			t.Fatalf("%d of %d items reported", len(report), len(file.Targets)+len(file.Environments))
		}
		got, err := Decode(after)
		if err != nil {
			t.Fatalf("%v\n%s", err, after)
		}
		names := func(environment bool) (names []string) {
			for _, spec := range got.Targets {
				if !environment {
					names = append(names, spec.Name)
				}
			}
			for _, e := range got.Environments {
				if environment {
					names = append(names, e.Name)
				}
			}
			return names
		}
		for _, done := range report {
			if !slices.Contains(names(done.Environment), done.As) {
				t.Fatalf("%+v is missing: %q", done, names(done.Environment))
			}
		}
		if resolution != Replace {
			for i, spec := range whole().Targets {
				if !same(targets(), got.Targets[i], spec) {
					t.Fatalf("%q was changed to %+v", spec.Name, got.Targets[i])
				}
			}
		}
		if got.Active != whole().Active {
			t.Fatalf("the active environment is %q", got.Active)
		}
		// Importing what is there now changes nothing.
		again, err := s.Import(t.Context(), got, func(Conflict) Resolution { return KeepBoth })
		if err != nil || slices.ContainsFunc(again, func(done Imported) bool { return !done.Same }) {
			t.Fatalf("imported again: %+v, %v", again, err)
		}
		if text, _ := os.ReadFile(path); string(text) != string(after) || strings.Contains(string(text), "s3cret") {
			t.Fatalf("imported again\n%s\nbefore\n%s", text, after)
		}
	})
}
