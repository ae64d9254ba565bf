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

// Secrets keeps the values of secret variables. Its methods may block, for a
// person who unlocks a keyring, until ctx ends.
type Secrets interface {
	Get(ctx context.Context, key string) (string, error) // ErrNoSecret if there is none
	Set(ctx context.Context, key, value string) error
	Delete(ctx context.Context, key string) error // that there is none is no error
}

// Errors of Secrets and Store.
var (
	ErrNoSecret = errors.New("target: no such secret")
	ErrNotSaved = errors.New("target: nothing of that name is saved")
)

// Largest bounds a file of targets, in bytes.
const Largest = 16 << 20

// Store keeps targets and environments in a file, and their secrets in Secrets.
// Each change reads the file again and writes it whole: a crash leaves the old
// one or the new one, and a file that Decode refuses is left as it is, with a
// *FileError. Any goroutine may use it.
type Store struct {
	path    string
	secrets Secrets
	mu      sync.Mutex
}

// NewStore returns a Store of the file at path, which need not be there yet.
func NewStore(path string, secrets Secrets) *Store { return &Store{path: path, secrets: secrets} }

// Load returns what is saved, in its order and without the values of secrets.
// It does not touch Secrets. Of a file whose Version is later than Version it
// returns what can be read, and nothing changes such a file.
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
		version, _ := strconv.Atoi(wrong.Problem.Value) // Decode has read it
		return decodeNewer(data, version)
	}
	return file, err
}

// Target returns a saved target with the values of its secrets. One that has
// none stays empty, and Request tells so.
func (s *Store) Target(ctx context.Context, name string) (Spec, error) {
	return get(ctx, s, targets(), name)
}

// Environment returns a saved environment with the values of its secrets.
func (s *Store) Environment(ctx context.Context, name string) (Environment, error) {
	return get(ctx, s, environments(), name)
}

// Active returns the environment in use with the values of its secrets, nil if
// none is.
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

// Activate makes an environment the one in use, "" none.
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

// Add saves a new target, the last of the list; literal secrets in it are
// concealed. The error is Problems if it cannot be saved.
func (s *Store) Add(ctx context.Context, spec Spec) error { return add(ctx, s, targets(), spec) }

// AddEnvironment saves a new environment.
func (s *Store) AddEnvironment(ctx context.Context, e Environment) error {
	return add(ctx, s, environments(), e)
}

// Edit replaces the target of a name, which spec may change. A secret variable
// without a value keeps the one that is saved.
func (s *Store) Edit(ctx context.Context, name string, spec Spec) error {
	return edit(ctx, s, targets(), name, spec)
}

// EditEnvironment replaces the environment of a name as Edit does.
func (s *Store) EditEnvironment(ctx context.Context, name string, e Environment) error {
	return edit(ctx, s, environments(), name, e)
}

// Move gives a target another place in the list, from 0.
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

// Duplicate saves a copy of a target, with its secrets, behind it, and returns
// its name.
func (s *Store) Duplicate(ctx context.Context, name string) (string, error) {
	return duplicate(ctx, s, targets(), name)
}

// DuplicateEnvironment saves a copy of an environment as Duplicate does.
func (s *Store) DuplicateEnvironment(ctx context.Context, name string) (string, error) {
	return duplicate(ctx, s, environments(), name)
}

// Delete forgets a target and its secrets.
func (s *Store) Delete(ctx context.Context, name string) error {
	return remove(ctx, s, targets(), name)
}

// DeleteEnvironment forgets an environment and its secrets. If it was in use,
// none is.
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

// key names a secret.
func key(kind, item, variable string) string {
	return kind + "/" + url.PathEscape(item) + "/" + variable
}

// change is a change of the file and of secrets that belong together.
type change struct {
	file   File
	set    map[string]string // the new values
	remove []string          // what is not needed any more
}

// commit does a change: the new secrets first, then the file, then the secrets
// that no file names any more. If the file cannot be written the secrets are as
// before. A file of a later version stays as it is, with a *NewerError.
func (s *Store) commit(ctx context.Context, c change) error {
	if c.file.Version > Version {
		return &NewerError{c.file.Version}
	}
	values := make(map[string]string)
	for _, spec := range c.file.Targets {
		// A file written by hand may hold literal secrets, which save conceals.
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
				_ = s.secrets.Set(ctx, k, old) // the error that led here is told
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
