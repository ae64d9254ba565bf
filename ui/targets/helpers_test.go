//go:build !e2e

package targets

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/ui/console"
	"sseconsole/ui/kit"
	"sseconsole/ui/kit/kittest"
)

// targetsWindow is a window with saved targets and nothing else. It stores them in a
// temporary file, without a keyring. Functions posted by goroutines run in until.
type targetsWindow struct {
	k       *kit.Kit
	con     *console.Console
	targets *Targets
	uses    console.Pair // the target in the form
	t       *testing.T
	posted  chan func()
	path    string
}

func newTargetsWindow(t *testing.T, language string) *targetsWindow {
	t.Helper()
	dir := t.TempDir()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(dir, "none"))
	k := &targetsWindow{t: t, posted: make(chan func(), 64), path: filepath.Join(dir, "targets.json")}
	k.con = console.New(console.Config{SettingsPath: filepath.Join(dir, "settings.json"), Targets: k.path})
	t.Cleanup(k.con.Shutdown)
	k.k = kittest.New(t, language, func(run func()) { k.posted <- run })
	k.targets = New(Config{
		Kit: k.k, Console: k.con,
		Chosen:      func() string { return k.uses.Saved },
		Address:     func() string { return k.uses.Remote },
		ClientID:    func() string { return "demo" },
		Selected:    func() *record.Record { return nil },
		Use:         func(name string) { k.uses = console.Pair{Saved: name} },
		UseEmbedded: func() { k.uses = console.Pair{} },
		Renamed: func(old, name string) {
			if k.uses.Saved == old {
				k.uses.Saved = name
			}
		},
		Refresh: func() {},
	})
	k.k.Leave = k.targets.Leave
	k.edit(func(context.Context, *endpoint.Store) error { return nil }) // waits until the file is read
	k.k.Win.Resize(fyne.NewSize(1200, 800))
	return k
}

// pair returns the target in the form.
func (k *targetsWindow) pair() console.Pair { return k.uses }

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

// saved returns the saved target of a name, or nil.
func (k *targetsWindow) saved(name string) *endpoint.Spec {
	file, _ := k.con.Targets.File()
	for _, s := range file.Targets {
		if s.Name == name {
			return &s
		}
	}
	return nil
}
