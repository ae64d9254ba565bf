package session

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// openIn opens a store that must not fail.
func openIn(t *testing.T, dir string, names ...string) *Store {
	t.Helper()
	s, err := Open(dir, "hello", func() []string { return names }, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func TestAWindowContinuesTheOneThatWasClosed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	want := State{
		Content: "a\xffb\x00 数据", Chosen: 2, Filter: "type:message", Beside: 0.6, Below: 0.7,
		Tabs: []Tab{{ClientID: "ann", Name: "prices"}, {Remote: "http://h/demo/sse", ClientID: "bob"}, {Saved: "staging", ClientID: "cay"}},
	}
	s := openIn(t, dir)
	if _, ok := s.Restored(); ok {
		t.Error("a first window restores something")
	}
	s.Keep(want)
	s.Close()
	got, ok := openIn(t, dir).Restored()
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if info, err := os.Stat(s.file(dir)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// file returns the file of the first window.
func (s *Store) file(dir string) string { return filepath.Join(dir, "session.json") }

func TestTwoWindowsDoNotOverwriteEachOthersState(t *testing.T) {
	dir := t.TempDir()
	first, second := openIn(t, dir), openIn(t, dir)
	first.Keep(State{Content: "first"})
	second.Keep(State{Content: "second"})
	first.Close()
	third := openIn(t, dir)
	if got, _ := third.Restored(); got.Content != "first" {
		t.Errorf("while the second is open, %q is restored", got.Content)
	}
	third.Close()
	second.Close()
	for _, want := range []string{"first", "second"} {
		if got, _ := openIn(t, dir).Restored(); got.Content != want {
			t.Errorf("%q is restored, want %q", got.Content, want)
		}
	}
}

func TestAStateIsWrittenSoonAndOnlyIfItChanged(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		s := openIn(t, dir)
		written := func() string {
			data, _ := os.ReadFile(s.file(dir))
			return string(data)
		}
		s.Keep(State{Content: "a"})
		s.Keep(State{Content: "b"})
		if written() != "" {
			t.Error("it is written at once")
		}
		time.Sleep(saveDelay)
		synctest.Wait()
		if !strings.Contains(written(), `"content": "Yg=="`) {
			t.Errorf("after a while it is %s", written())
		}
		if err := os.Remove(s.file(dir)); err != nil {
			t.Fatal(err)
		}
		s.Keep(State{Content: "b"})
		time.Sleep(2 * saveDelay)
		synctest.Wait()
		if written() != "" {
			t.Error("it is written although nothing changed")
		}
		s.Close()
	})
}

func TestABrokenStateIsPutAside(t *testing.T) {
	for _, content := range []string{"", "{", "[]", `{"version": 1, "chosen_tab": 3}`, `{"chosen_tab": 0}`, `{"version": 1, "tabs": 5}`, `{"version": 1, "content": "?"}`} {
		dir := t.TempDir()
		path := filepath.Join(dir, "session.json")
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Open(dir, "hello", func() []string { return nil }, func(err error) { t.Error(err) })
		var broken *BrokenError
		if !errors.As(err, &broken) {
			t.Fatalf("%q: %v", content, err)
		}
		if kept, err := os.ReadFile(broken.Path); err != nil || string(kept) != content {
			t.Errorf("%q was put aside as %q, %v", content, kept, err)
		}
		if _, ok := s.Restored(); ok {
			t.Errorf("%q: something is restored", content)
		}
		s.Keep(State{Content: "x"})
		s.Close()
		if got, _ := openIn(t, dir).Restored(); got.Content != "x" {
			t.Errorf("%q: afterwards %q is restored", content, got.Content)
		}
	}
}

func TestAStateOfANewerVersionIsLeftUnchanged(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "session.json")
	const content = `{"version": 2, "tabs": "later"}`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, "hello", func() []string { return nil }, func(err error) { t.Error(err) })
	var newer *NewerError
	if !errors.As(err, &newer) || newer.Version != 2 || newer.Path != path {
		t.Fatal(err)
	}
	s.Keep(State{Content: "x"})
	s.Close()
	if kept, err := os.ReadFile(path); err != nil || string(kept) != content {
		t.Errorf("it is %s now, %v", kept, err)
	}
}

func TestNoSecretReachesTheFile(t *testing.T) {
	const secret = "s3cr3t"
	for name, s := range map[string]State{
		"JSON":          {Content: `{"user": "ann", "password": "` + secret + `"}`},
		"a form":        {Content: "user=ann&password=" + secret},
		"an address":    {Content: "see https://ann:" + secret + "@host/x"},
		"a named field": {Content: `{"iban": "` + secret + `"}`},
		"the filter":    {Filter: "http://h/?token=" + secret},
		"a tab":         {Tabs: []Tab{{Remote: "http://h/demo/sse?token=" + secret, ClientID: "ann"}}},
	} {
		dir := t.TempDir()
		store := openIn(t, dir, "IBAN")
		store.Keep(s)
		store.Close()
		data, err := os.ReadFile(store.file(dir))
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode(data, "hello")
		if err != nil || strings.Contains(string(data), secret) || strings.Contains(got.Content, secret) {
			t.Errorf("%s: %s, %v", name, data, err)
		}
		if s.Content != "" && (got.Content != "hello" || !got.LeftOut) || s.Content == "" && got.LeftOut {
			t.Errorf("%s: without its content it has %q, left out: %v", name, got.Content, got.LeftOut)
		}
		got.Reveal([]string{"http://other/", "http://h/demo/sse?token=" + secret})
		if len(s.Tabs) > 0 && !reflect.DeepEqual(got.Tabs, s.Tabs) {
			t.Errorf("%s: with the known addresses, the tabs are %+v", name, got.Tabs)
		}
	}
}

func TestATabWhoseAddressIsUnknownIsNotRestored(t *testing.T) {
	s := State{Tabs: []Tab{{Remote: "http://a/?token=1", ClientID: "a"}, {Remote: "http://b/", ClientID: "b"}}, Chosen: 2}
	data, err := s.encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := decode(data, "")
	if err != nil {
		t.Fatal(err)
	}
	got.Reveal([]string{"http://a/?other=1"})
	if len(got.Tabs) != 1 || got.Tabs[0] != s.Tabs[1] || got.Chosen != 1 {
		t.Errorf("%+v", got)
	}
}

func TestOnlySoMuchIsStored(t *testing.T) {
	s := State{Content: strings.Repeat("x", MaxContent), Chosen: MaxTabs + 1}
	for range MaxTabs + 1 {
		s.Tabs = append(s.Tabs, Tab{ClientID: "x"})
	}
	stored := func() State {
		data, err := s.encode(nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decode(data, "hello")
		if err != nil || len(data) > maxFile {
			t.Fatalf("%d bytes, %v", len(data), err)
		}
		return got
	}
	if got := stored(); got.Content != s.Content || len(got.Tabs) != MaxTabs || got.Chosen != 0 {
		t.Errorf("%d bytes of content, %d tabs, chosen %d", len(got.Content), len(got.Tabs), got.Chosen)
	}
	s.Content += "x"
	if got := stored(); got.Content != "hello" {
		t.Errorf("a content over the limit is stored")
	}
	s.Tabs[1].Name = strings.Repeat("x", maxTabText)
	if got := stored(); len(got.Tabs) != 1 {
		t.Errorf("%d tabs with very long names", len(got.Tabs))
	}
}

func FuzzState(f *testing.F) {
	for _, s := range []string{"", "{}", "null", `{"version":1}`, `{"version":2}`, `{"version":1,"content":"aGk=","tabs":[{"client_id":"a","remote":"http://h/?token=x"}],"chosen_tab":1,"filter":"x"}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := decode(data, "hello")
		if err != nil {
			return
		}
		again, err := s.encode(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decode(again, "hello"); err != nil {
			t.Fatalf("%q was saved as %s: %v", data, again, err)
		}
	})
}
