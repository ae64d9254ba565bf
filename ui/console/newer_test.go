package console

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
)

func TestSettingsOfANewerVersionAreUsedReportedAndNotOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	const content = `{"version": 2, "language": "zh", "more": 1}`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	c := New(Config{SettingsPath: path})
	if n := noticed(c, record.NoticeSettingsNewer); n == nil || n.Subject != path || n.Detail != "2" || noticed(c, record.NoticeSettingsBroken) != nil {
		t.Errorf("notice: %+v", n)
	}
	if language := c.Settings().Language; language != "zh" {
		t.Errorf("the language is %q", language)
	}
	c.UpdateSettings(func(s *settings.Settings) { s.Language = "en" })
	c.Shutdown()
	if kept, err := os.ReadFile(path); err != nil || string(kept) != content {
		t.Errorf("it is %s now, %v", kept, err)
	}
}

func TestTargetsOfANewerVersionAreListedReportedAndNotOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "targets.json")
	const content = `{"version": 2, "targets": [{"name": "known", "subscribe": {"url": "http://h"}}], "more": 1}`
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
	c := New(Config{Targets: path})
	defer c.Shutdown()
	until(t, c, "it is told", func() bool { return noticed(c, record.NoticeTargetsNewer) != nil })
	if n := noticed(c, record.NoticeTargetsNewer); n.Subject != path || n.Detail != "2" {
		t.Errorf("notice: %+v", n)
	}
	if names, _, _ := c.Targets.Names(); len(names) != 1 || names[0] != "known" {
		t.Errorf("targets %q", names)
	}
	done := make(chan error, 1)
	c.Targets.Edit(func(ctx context.Context, s *endpoint.Store) error { return s.Delete(ctx, "known") }, func(err error) { done <- err })
	var newer *endpoint.NewerError
	if err := <-done; !errors.As(err, &newer) {
		t.Errorf("changed: %v", err)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != content {
		t.Errorf("it is %s now, %v", kept, err)
	}
	if n := records(c, record.Notice); len(n) != 1 {
		t.Errorf("%d notices", len(n))
	}
}
