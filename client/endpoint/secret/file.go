package secret

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"sseconsole/client/atomicfile"
	"sseconsole/client/endpoint"
	"sseconsole/client/regularfile"
)

// File stores secrets in a file, as plain JSON that only its owner can read
// (mode 0600; on Windows, as the directory allows). Each call reads and writes
// the whole file, so several programs can use it, but not at the same moment.
type File struct {
	path string
	mu   sync.Mutex
}

// NewFile returns a File at path. The file is created by the first Set.
func NewFile(path string) *File { return &File{path: path} }

// Get returns a secret.
func (f *File) Get(_ context.Context, key string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	secrets, err := f.load()
	if err != nil {
		return "", err
	}
	value, found := secrets[key]
	if !found {
		return "", endpoint.ErrNoSecret
	}
	return value, nil
}

// Set stores a secret.
func (f *File) Set(_ context.Context, key, value string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	secrets, err := f.load()
	if err != nil {
		return err
	}
	secrets[key] = value
	return f.save(secrets)
}

// Delete deletes a secret. If there is none, that is not an error.
func (f *File) Delete(_ context.Context, key string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	secrets, err := f.load()
	if err != nil {
		return err
	}
	if _, found := secrets[key]; !found {
		return nil
	}
	delete(secrets, key)
	return f.save(secrets)
}

// load reads the file. If others can read it, load first changes its mode.
func (f *File) load() (map[string]string, error) {
	secrets := make(map[string]string)
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return secrets, nil
	}
	if err == nil && info.Mode().Perm()&0o077 != 0 {
		err = os.Chmod(f.path, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	data, err := regularfile.Read(f.path, regularfile.Small)
	if err != nil {
		return nil, fmt.Errorf("secret: %w", err)
	}
	if err := json.Unmarshal(data, &secrets); err != nil {
		return nil, fmt.Errorf("secret: %s: %w", f.path, err)
	}
	if secrets == nil { // the file contains null
		secrets = make(map[string]string)
	}
	return secrets, nil
}

func (f *File) save(secrets map[string]string) error {
	data, err := json.MarshalIndent(secrets, "", "  ")
	if err != nil {
		return fmt.Errorf("secret: encode: %w", err)
	}
	if err := atomicfile.WriteData(f.path, append(data, '\n')); err != nil {
		return fmt.Errorf("secret: %w", err)
	}
	return nil
}
