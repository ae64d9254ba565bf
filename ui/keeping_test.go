//go:build !e2e

package ui

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/endpoint"
	"sseconsole/ui/console"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/kit/kittest"
)

// keepingWindow is a window whose console keeps targets in a file of its own,
// without a keyring. What goroutines post runs in until.
type keepingWindow struct {
	*window
	t      *testing.T
	posted chan func()
	path   string
}

func newKeepingWindow(t *testing.T, language string) *keepingWindow {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(dir, "none"))
	kept := filepath.Join(dir, "settings.json")
	if err := (settings.Settings{Language: language}).Save(kept); err != nil {
		t.Fatal(err)
	}
	k := &keepingWindow{t: t, posted: make(chan func(), 64), path: filepath.Join(dir, "targets.json")}
	con := console.New(console.Config{SettingsPath: kept, Targets: k.path})
	t.Cleanup(con.Shutdown)
	k.window = newWindowWith(kittest.Fonts(t), kittest.App(), con, "test", func(run func()) { k.posted <- run })
	t.Cleanup(k.k.Win.Close)
	k.edit(func(context.Context, *endpoint.Store) error { return nil }) // waits until the file was read
	k.k.Win.Resize(fyne.NewSize(1200, 800))
	return k
}

// edit changes what is saved, and waits for it.
func (k *keepingWindow) edit(change func(context.Context, *endpoint.Store) error) {
	k.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(time.Millisecond) {
		if path, _ := k.con.Targets.SecretsFile(); path != "" {
			break
		}
		if time.Now().After(deadline) {
			k.t.Fatal("the targets were not loaded")
		}
	}
	done := make(chan error, 1)
	k.con.Targets.Edit(change, func(err error) { done <- err })
	if err := <-done; err != nil {
		k.t.Fatal(err)
	}
}

// until runs what is posted until something is so.
func (k *keepingWindow) until(what string, so func() bool) {
	k.t.Helper()
	deadline := time.After(20 * time.Second)
	for !so() {
		select {
		case run := <-k.posted:
			run()
		case <-deadline:
			k.t.Fatal("waited in vain until ", what)
		}
	}
}
