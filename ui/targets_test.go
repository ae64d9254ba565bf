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

// targetsWindow is a window that stores targets in a temporary file, without a keyring.
// Functions posted by goroutines run in until.
type targetsWindow struct {
	*window
	t      *testing.T
	posted chan func()
	path   string
}

func newTargetsWindow(t *testing.T, language string) *targetsWindow {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(dir, "none"))
	settingsPath := filepath.Join(dir, "settings.json")
	if err := (settings.Settings{Language: language}).Save(settingsPath); err != nil {
		t.Fatal(err)
	}
	k := &targetsWindow{t: t, posted: make(chan func(), 64), path: filepath.Join(dir, "targets.json")}
	con := console.New(console.Config{SettingsPath: settingsPath, Targets: k.path})
	t.Cleanup(con.Shutdown)
	k.window = newWindow(kittest.Fonts(t), kittest.App(), con, "test", func(run func()) { k.posted <- run })
	t.Cleanup(k.k.Win.Close)
	k.edit(func(context.Context, *endpoint.Store) error { return nil }) // waits until the file is read
	k.k.Win.Resize(fyne.NewSize(1200, 800))
	return k
}

// edit changes the store and waits for it.
func (k *targetsWindow) edit(change func(context.Context, *endpoint.Store) error) {
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

// until runs posted functions until so reports true.
func (k *targetsWindow) until(what string, so func() bool) {
	k.t.Helper()
	deadline := time.After(20 * time.Second)
	for !so() {
		select {
		case run := <-k.posted:
			run()
		case <-deadline:
			k.t.Fatal("timed out waiting until ", what)
		}
	}
}
