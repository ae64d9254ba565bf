package secret

import (
	"context"
	"errors"
	"time"

	"sseconsole/client/endpoint"
)

// Kind says where a Keeper keeps secrets.
type Kind string

// The kinds.
const (
	InKeyring Kind = "keyring"
	InFile    Kind = "file" // the fallback: tell people first
)

// Keeper keeps secrets in one place, for endpoint.Store.
type Keeper struct {
	Kind Kind
	Path string // of the file, also when it is not in use
	Why  error  // why it is not the keyring; nil if it is

	keyring *Keyring
	file    *File
}

var _ endpoint.Secrets = (*Keeper)(nil)

// probing is how long Open waits for an answer about the keyring.
const probing = 2 * time.Second

// Open returns a Keeper of the system's keyring if there is one, else of the
// file at path. It asks nobody for a password and writes nothing; it waits two
// seconds at most.
func Open(ctx context.Context, path string) *Keeper {
	ctx, cancel := context.WithTimeout(ctx, probing)
	defer cancel()
	k := &Keeper{Kind: InKeyring, Path: path, file: &File{path: path}, keyring: &Keyring{}}
	if k.Why = available(ctx); k.Why != nil {
		k.Kind = InFile
	}
	return k
}

// Get returns a secret. One that was kept in the file while there was no keyring
// is still found there.
func (k *Keeper) Get(ctx context.Context, key string) (string, error) {
	if k.Kind == InKeyring {
		if value, err := k.keyring.Get(ctx, key); !errors.Is(err, endpoint.ErrNoSecret) {
			return value, err
		}
	}
	return k.file.Get(ctx, key)
}

// Set keeps a secret.
func (k *Keeper) Set(ctx context.Context, key, value string) error {
	if k.Kind == InFile {
		return k.file.Set(ctx, key, value)
	}
	if err := k.keyring.Set(ctx, key, value); err != nil {
		return err
	}
	return k.file.Delete(ctx, key) // an older value must not come back
}

// Delete forgets a secret; that there is none is no error.
func (k *Keeper) Delete(ctx context.Context, key string) error {
	err := k.file.Delete(ctx, key)
	if k.Kind == InKeyring {
		err = errors.Join(err, k.keyring.Delete(ctx, key))
	}
	return err
}
