package secret

import (
	"context"
	"errors"
	"time"

	"sseconsole/client/endpoint"
)

// Kind says where a Keeper stores secrets.
type Kind string

// The kinds.
const (
	InKeyring Kind = "keyring"
	InFile    Kind = "file" // the fallback; tell the user first
)

// Keeper stores secrets in one place, for endpoint.Store.
type Keeper struct {
	Kind Kind
	Path string // path of the file, even if it is not used
	Why  error  // why the keyring is not used; nil if it is

	keyring *Keyring
	file    *File
}

var _ endpoint.Secrets = (*Keeper)(nil)

// probing is how long Open waits for the session bus.
const probing = 2 * time.Second

// Open returns a Keeper for the system's keyring if there is one, and otherwise
// for the file at path. It writes nothing, does not cause a prompt for a
// password, and waits at most two seconds.
func Open(ctx context.Context, path string) *Keeper {
	ctx, cancel := context.WithTimeout(ctx, probing)
	defer cancel()
	k := &Keeper{Kind: InKeyring, Path: path, file: &File{path: path}, keyring: &Keyring{}}
	if k.Why = available(ctx); k.Why != nil {
		k.Kind = InFile
	}
	return k
}

// Get returns a secret. It also finds one that was stored in the file while
// there was no keyring.
func (k *Keeper) Get(ctx context.Context, key string) (string, error) {
	if k.Kind == InKeyring {
		if value, err := k.keyring.Get(ctx, key); !errors.Is(err, endpoint.ErrNoSecret) {
			return value, err
		}
	}
	return k.file.Get(ctx, key)
}

// Set stores a secret.
func (k *Keeper) Set(ctx context.Context, key, value string) error {
	if k.Kind == InFile {
		return k.file.Set(ctx, key, value)
	}
	if err := k.keyring.Set(ctx, key, value); err != nil {
		return err
	}
	return k.file.Delete(ctx, key) // an older value must not come back
}

// Delete deletes a secret. If there is none, that is not an error.
func (k *Keeper) Delete(ctx context.Context, key string) error {
	err := k.file.Delete(ctx, key)
	if k.Kind == InKeyring {
		err = errors.Join(err, k.keyring.Delete(ctx, key))
	}
	return err
}
