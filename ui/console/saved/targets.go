// Package saved loads and edits the saved targets and environments, and writes their
// requests as curl commands.
package saved

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/secret"
	"sseconsole/client/record"
	"sseconsole/ui/console/file"
	"sseconsole/ui/console/life"
)

// Targets has the saved targets and environments. Getters answer from memory, so that the
// UI thread may call them; files and keyrings are accessed in the background.
type Targets struct {
	life     *life.Life
	path     string
	opened   chan struct{} // closed once store is set; nil without a file
	store    *endpoint.Store
	changing sync.Mutex // held while the store is changed and reloaded

	mu     sync.Mutex
	keeper *secret.Keeper // nil until opened
	loaded endpoint.File  // including the values of secrets
	failed error          // why not everything could be loaded
}

// Open loads the targets file at path, "" for none, in the background.
func Open(of *life.Life, path string) *Targets {
	t := &Targets{life: of, path: path}
	if path == "" {
		return t
	}
	t.opened = make(chan struct{})
	t.life.Run(func() {
		t.changing.Lock()
		defer t.changing.Unlock()
		keeper := secret.Open(t.life.Context, endpoint.SecretsBeside(path)) // may take two seconds
		t.store = endpoint.NewStore(path, keeper)
		t.mu.Lock()
		t.keeper = keeper
		t.mu.Unlock()
		close(t.opened)
		t.reload()
	})
	return t
}

// reload reads everything again. It blocks; t.changing is held.
func (t *Targets) reload() {
	all, err := t.store.Load()
	for i := range all.Targets {
		if spec, secretErr := t.store.Target(t.life.Context, all.Targets[i].Name); secretErr == nil {
			all.Targets[i] = spec
		} else {
			err = errors.Join(err, secretErr)
		}
	}
	for i := range all.Environments {
		if e, secretErr := t.store.Environment(t.life.Context, all.Environments[i].Name); secretErr == nil {
			all.Environments[i] = e
		} else {
			err = errors.Join(err, secretErr)
		}
	}
	t.mu.Lock()
	newer := all.Version > max(endpoint.Version, t.loaded.Version)
	t.loaded, t.failed = all, err
	t.mu.Unlock()
	if newer {
		t.life.Notice(record.NoticeTargetsNewer, t.path, strconv.Itoa(all.Version))
	}
	if err != nil {
		t.life.Notice(record.NoticeTargetsNotRead, "", file.Cause(err))
	}
	t.life.Changed()
}

// File returns the saved targets and environments with the values of their secrets, and
// the error if some could not be read.
func (t *Targets) File() (endpoint.File, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.loaded
	f.Targets, f.Environments = slices.Clone(f.Targets), slices.Clone(f.Environments)
	for i, s := range f.Targets {
		f.Targets[i] = s.Clone()
	}
	for i, e := range f.Environments {
		f.Environments[i] = e.Clone()
	}
	return f, t.failed
}

// Names returns the names of the saved targets and environments, and the active
// environment, "" if none is.
func (t *Targets) Names() (targets, environments []string, active string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, s := range t.loaded.Targets {
		targets = append(targets, s.Name)
	}
	for _, e := range t.loaded.Environments {
		environments = append(environments, e.Name)
	}
	return targets, environments, t.loaded.Active
}

// Activate makes an environment the active one; "" means none.
func (t *Targets) Activate(name string) {
	t.Edit(func(ctx context.Context, s *endpoint.Store) error { return s.Activate(ctx, name) }, func(err error) {
		if err != nil {
			t.life.Notice(record.NoticeTargetsNotSaved, "", file.Cause(err))
		}
	})
}

// Unverified reports whether a saved target does not verify its server's certificate.
func (t *Targets) Unverified(name string) bool {
	spec, _, err := t.Spec(name)
	return err == nil && spec.Connection.Insecure
}

// SecretsFile returns the file that stores secrets for want of a keyring, and why there
// is no keyring. It returns "" if there is one.
func (t *Targets) SecretsFile() (path string, why error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if k := t.keeper; k != nil && k.Kind == secret.InFile {
		return k.Path, k.Why
	}
	return "", nil
}

// Edit calls change with the store in the background, and reloads. It then calls done,
// in the same goroutine, with the error of change.
func (t *Targets) Edit(change func(context.Context, *endpoint.Store) error, done func(error)) {
	if t.life.IsClosing() {
		return
	}
	t.life.Run(func() {
		if t.opened == nil {
			done(errNoTargets)
			return
		}
		<-t.opened
		t.changing.Lock()
		err := change(t.life.Context, t.store)
		t.reload()
		t.changing.Unlock()
		done(err)
	})
}

var (
	// ErrNoTarget means that no target is saved under a name.
	ErrNoTarget  = errors.New("console: no such target")
	errNoTargets = errors.New("console: targets are not stored")
)

// Spec returns the target saved under a name, and the active environment, nil if there
// is none.
func (t *Targets) Spec(name string) (*endpoint.Spec, *endpoint.Environment, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := slices.IndexFunc(t.loaded.Targets, func(s endpoint.Spec) bool { return s.Name == name })
	if at < 0 {
		return nil, nil, fmt.Errorf("%w: %s", ErrNoTarget, name)
	}
	spec := t.loaded.Targets[at].Clone()
	for _, e := range t.loaded.Environments {
		if e.Name == t.loaded.Active {
			e = e.Clone()
			return &spec, &e, nil
		}
	}
	return &spec, nil, nil
}
