package endpoint

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"sync"

	"sseconsole/client/atomicfile"
	"sseconsole/client/regularfile"
)

// Secrets stores the values of secret variables. Its methods may block until
// ctx is done, for example while the user unlocks a keyring.
type Secrets interface {
	Get(ctx context.Context, key string) (string, error) // ErrNoSecret if there is none
	Set(ctx context.Context, key, value string) error
	Delete(ctx context.Context, key string) error // a missing secret is not an error
}

// Errors of Secrets and Store.
var (
	ErrNoSecret = errors.New("target: no such secret")
	ErrNotSaved = errors.New("target: not saved")
)

// Largest is the maximum size of a file of targets in bytes.
const Largest = 16 << 20

// Store saves targets and environments in a file, and their secrets in Secrets.
// Each change reads the file and replaces it atomically. A file that Decode
// rejects is never changed; the error is a *FileError. A Store is safe for use
// by several goroutines.
type Store struct {
	path    string
	secrets Secrets
	mu      sync.Mutex
}

// NewStore returns a Store for the file at path, which need not exist.
func NewStore(path string, secrets Secrets) *Store { return &Store{path: path, secrets: secrets} }

// Load returns what is saved, in order and without the values of secrets; it
// does not use Secrets. Of a file of a later version it returns what can be
// read; such a file is never changed.
func (s *Store) Load() (File, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.load()
}

func (s *Store) load() (File, error) {
	data, err := regularfile.Read(s.path, Largest)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(bytes.TrimSpace(data)) == 0 {
		return File{Version: Version}, nil
	}
	if err != nil {
		return File{}, fmt.Errorf("target: %w", err)
	}
	file, err := Decode(data)
	var wrong *FileError
	if errors.As(err, &wrong) && wrong.Problem.Code == NewerVersion {
		version, _ := strconv.Atoi(wrong.Problem.Value) // cannot fail, as Decode has parsed it
		return decodeNewer(data, version)
	}
	return file, err
}

// Target returns a saved target with the values of its secrets. A missing
// secret stays empty; Request reports it.
func (s *Store) Target(ctx context.Context, name string) (Spec, error) {
	return get(ctx, s, targets(), name)
}

// Environment returns a saved environment with the values of its secrets.
func (s *Store) Environment(ctx context.Context, name string) (Environment, error) {
	return get(ctx, s, environments(), name)
}

// Active returns the active environment with the values of its secrets, or nil
// if there is none.
func (s *Store) Active(ctx context.Context) (*Environment, error) {
	file, err := s.Load()
	if err != nil || file.Active == "" {
		return nil, err
	}
	e, err := s.Environment(ctx, file.Active)
	if err != nil {
		return nil, err
	}
	return &e, nil
}

// Activate makes an environment the active one; "" makes none active.
func (s *Store) Activate(ctx context.Context, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := s.load()
	if err != nil {
		return err
	}
	if name != "" && environments().find(&file, name) < 0 {
		return fmt.Errorf("%w: %s", ErrNotSaved, name)
	}
	file.Active = name
	return s.commit(ctx, change{file: file})
}

// Add saves a new target at the end of the list and conceals its literal
// secrets. If it cannot be saved, the error is Problems.
func (s *Store) Add(ctx context.Context, spec Spec) error { return add(ctx, s, targets(), spec) }

// AddEnvironment saves a new environment.
func (s *Store) AddEnvironment(ctx context.Context, e Environment) error {
	return add(ctx, s, environments(), e)
}

// Edit replaces the named target, whose name spec may change. A secret variable
// without a value inherits the saved value.
func (s *Store) Edit(ctx context.Context, name string, spec Spec) error {
	return edit(ctx, s, targets(), name, spec)
}

// EditEnvironment is Edit for an environment.
func (s *Store) EditEnvironment(ctx context.Context, name string, e Environment) error {
	return edit(ctx, s, environments(), name, e)
}

// Move moves a target to another index in the list.
func (s *Store) Move(ctx context.Context, name string, to int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	file, err := s.load()
	if err != nil {
		return err
	}
	i := targets().find(&file, name)
	if i < 0 {
		return fmt.Errorf("%w: %s", ErrNotSaved, name)
	}
	spec := file.Targets[i]
	file.Targets = slices.Delete(file.Targets, i, i+1)
	file.Targets = slices.Insert(file.Targets, min(max(to, 0), len(file.Targets)), spec)
	return s.commit(ctx, change{file: file})
}

// Duplicate saves a copy of a target and its secrets after it, and returns the
// name of the copy.
func (s *Store) Duplicate(ctx context.Context, name string) (string, error) {
	return duplicate(ctx, s, targets(), name)
}

// DuplicateEnvironment is Duplicate for an environment.
func (s *Store) DuplicateEnvironment(ctx context.Context, name string) (string, error) {
	return duplicate(ctx, s, environments(), name)
}

// Delete deletes a target and its secrets.
func (s *Store) Delete(ctx context.Context, name string) error {
	return remove(ctx, s, targets(), name)
}

// DeleteEnvironment deletes an environment and its secrets. If it was active,
// none is afterward.
func (s *Store) DeleteEnvironment(ctx context.Context, name string) error {
	return remove(ctx, s, environments(), name)
}

// save writes the file.
func (s *Store) save(file File) error {
	data, err := file.Encode()
	if err != nil {
		return err
	}
	if err := atomicfile.WriteData(s.path, data); err != nil {
		return fmt.Errorf("target: %w", err)
	}
	return nil
}

// key returns the key of a secret.
func key(kind, item, variable string) string {
	return kind + "/" + url.PathEscape(item) + "/" + variable
}

// change is a change of the file and of the secrets that belong to it.
type change struct {
	file   File
	set    map[string]string // the new values
	remove []string          // keys that may no longer be needed
}

// commit applies a change: first the new secrets, then the file, then the
// removal of secrets that are no longer used. If the file cannot be written,
// the secrets are restored. It refuses to change a file of a later version,
// with a *NewerError.
func (s *Store) commit(ctx context.Context, c change) error {
	if c.file.Version > Version {
		return &NewerError{c.file.Version}
	}
	values := make(map[string]string)
	for _, spec := range c.file.Targets {
		// A file written by hand may contain literal secrets, which save conceals.
		spec = spec.Conceal()
		targets().values(&spec, values)
	}
	maps.Copy(values, c.set)
	undo := func() {}
	for k, value := range values {
		old, err := s.secrets.Get(ctx, k)
		if err != nil && !errors.Is(err, ErrNoSecret) {
			undo()
			return err
		}
		had, before := err == nil, undo
		if had && old == value {
			continue
		}
		if err := s.secrets.Set(ctx, k, value); err != nil {
			undo()
			return err
		}
		undo = func() {
			before()
			if had {
				_ = s.secrets.Set(ctx, k, old) // the original error is returned
			} else {
				_ = s.secrets.Delete(ctx, k)
			}
		}
	}
	if err := s.save(c.file); err != nil {
		undo()
		return err
	}
	var failed error
	for _, k := range c.remove {
		if _, kept := values[k]; !kept {
			failed = errors.Join(failed, s.secrets.Delete(ctx, k))
		}
	}
	return failed
}
