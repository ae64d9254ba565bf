package secret

import (
	"context"
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"

	"sseconsole/client/endpoint"
)

// service is what the keyring's own program lists our secrets under.
const service = "sse-console"

// secretService is who keeps secrets on D-Bus.
const secretService = "org.freedesktop.secrets"

// Why a system other than macOS and Windows has no keyring.
var (
	ErrNoBus     = errors.New("secret: no session bus")
	ErrNoAnswer  = errors.New("secret: the session bus does not answer")
	ErrNoService = errors.New("secret: nothing on the session bus serves " + secretService) // so nobody there keeps secrets
)

// Keyring keeps secrets in the keyring of the system: the Keychain of macOS, the
// Credential Manager of Windows, and what serves org.freedesktop.secrets on
// D-Bus elsewhere. Windows takes no secret over 2560 bytes, macOS none over some
// 3000.
//
// The keyring may ask its owner for a password and wait. A call returns when its
// context ends; what it asked for may still happen later.
type Keyring struct{}

// Get returns a secret.
func (*Keyring) Get(ctx context.Context, key string) (value string, err error) {
	type result struct {
		value string
		err   error
	}
	done := make(chan result, 1) // nobody may be there any more
	go func() {
		value, err := keyring.Get(service, key)
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, explain("get", r.err)
	case <-ctx.Done():
		return "", explain("get", context.Cause(ctx))
	}
}

// Set keeps a secret.
func (*Keyring) Set(ctx context.Context, key, value string) error {
	return wait(ctx, "set", func() error { return keyring.Set(service, key, value) })
}

// Delete forgets a secret; that there is none is no error.
func (*Keyring) Delete(ctx context.Context, key string) error {
	err := wait(ctx, "delete", func() error { return keyring.Delete(service, key) })
	if errors.Is(err, endpoint.ErrNoSecret) {
		return nil
	}
	return err
}

func wait(ctx context.Context, what string, call func() error) error {
	done := make(chan error, 1)
	go func() { done <- call() }()
	select {
	case err := <-done:
		return explain(what, err)
	case <-ctx.Done():
		return explain(what, context.Cause(ctx))
	}
}

func explain(what string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return endpoint.ErrNoSecret
	}
	return fmt.Errorf("secret: %s in the keyring: %w", what, err)
}
