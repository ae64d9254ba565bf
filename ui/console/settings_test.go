package console

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"sseconsole/client/journal"
	"sseconsole/ui/console/file"
	"sseconsole/ui/console/settings"
)

func TestSettingsSurviveSavingAndLoading(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "settings.json")
	id := ""
	want := settings.Settings{Language: "zh", Theme: "dark", Width: 900, Height: 600, Side: settings.SideRemote, ClientID: &id, Method: settings.MethodPOST}
	want.RememberURL("http://a/demo/sse?token=t")
	if err := want.Save(path); err != nil {
		t.Fatal(err)
	}
	got, err := settings.Load(path)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
}

func TestAMissingSettingsFileIsAFirstRun(t *testing.T) {
	if s, err := settings.Load(filepath.Join(t.TempDir(), "none.json")); err != nil || !reflect.DeepEqual(s, settings.Settings{}) {
		t.Errorf("%+v, %v", s, err)
	}
}

func TestABrokenSettingsFileIsPutAsideWithANotice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	const content = `{"language": "zh", `
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	c := New(Config{SettingsPath: path})
	n := noticed(c, "settings_broken")
	if n == nil {
		t.Fatal("no notice")
	}
	if kept, err := os.ReadFile(n.Subject); err != nil || string(kept) != content {
		t.Errorf("put aside: %q, %v", kept, err)
	}
	c.UpdateSettings(func(s *settings.Settings) { s.Language = "en" })
	c.Shutdown()
	if s, err := settings.Load(path); err != nil || s.Language != "en" {
		t.Errorf("afterwards: %+v, %v", s, err)
	}
}

func TestSettingsThatCannotBeReadAreNotOverwritten(t *testing.T) {
	path := t.TempDir() // a directory cannot be read as a file
	c := New(Config{SettingsPath: path})
	if noticed(c, "settings_not_read") == nil {
		t.Error("no notice")
	}
	c.UpdateSettings(func(s *settings.Settings) { s.Language = "en" })
	c.Shutdown()
	if noticed(c, "settings_not_saved") != nil {
		t.Error("it tried to save")
	}
}

func TestSettingsThatCannotBeSavedAreReported(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	c := New(Config{})
	c.settings.Path = filepath.Join(file, "settings.json")
	c.UpdateSettings(func(s *settings.Settings) { s.Language = "en" })
	c.Shutdown()
	if noticed(c, "settings_not_saved") == nil {
		t.Error("no notice")
	}
}

func TestRememberedAddressesAreFewAndTheNewestComesFirst(t *testing.T) {
	var s settings.Settings
	for i := range 30 {
		s.RememberURL("http://" + strings.Repeat("x", i+1))
	}
	s.RememberURL("http://" + strings.Repeat("x", 25))
	if len(s.RemoteURLs) != settings.RememberedURLs || s.RemoteURLs[0] != "http://"+strings.Repeat("x", 25) || s.RemoteURLs[1] != "http://"+strings.Repeat("x", 30) {
		t.Errorf("%q", s.RemoteURLs)
	}
	for i, u := range s.RemoteURLs[1:] {
		if u == s.RemoteURLs[0] {
			t.Errorf("twice: %d", i)
		}
	}
}

func TestAFailedWriteLeavesTheOldFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	err := file.Write(path, func(f *os.File) error {
		_, _ = f.WriteString("ne")
		return full
	})
	if !errors.Is(err, full) {
		t.Errorf("error %v", err)
	}
	if data, _ := os.ReadFile(path); string(data) != "old" {
		t.Errorf("now it holds %q", data)
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
}

func TestRunsAreKeptAsLongAsSet(t *testing.T) {
	number := func(n int) *int { return &n }
	day := 24 * time.Hour
	for _, c := range []struct {
		settings settings.Settings
		want     journal.Retention
	}{
		{settings.Settings{}, journal.Retention{Age: 30 * day, Bytes: 5e9}},
		{settings.Settings{KeepDays: number(1), KeepGB: number(2)}, journal.Retention{Age: day, Bytes: 2e9}},
		{settings.Settings{KeepDays: number(0), KeepGB: number(0)}, journal.Retention{Age: -1, Bytes: -1}},
		{settings.Settings{KeepDays: number(1 << 40), KeepGB: number(1 << 40)}, journal.Retention{Age: 36_500 * day, Bytes: 1e15}},
	} {
		if got := c.settings.Retention(); got != c.want {
			t.Errorf("%+v, want %+v", got, c.want)
		}
	}
}

func TestAnUnreadableProxyOfTheEnvironmentIsANotice(t *testing.T) {
	t.Setenv("HTTPS_PROXY", "http://u:s3cret@proxy:port")
	c := New(Config{SettingsPath: filepath.Join(t.TempDir(), "settings.json")})
	defer c.Shutdown()
	n := noticed(c, "proxy_unreadable")
	if n == nil || n.Subject != "HTTPS_PROXY" || strings.Contains(n.Detail, "s3cret") || !strings.Contains(n.Detail, "proxy:port") {
		t.Errorf("notice %+v", n)
	}
}
