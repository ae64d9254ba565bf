package secret

import (
	"context"
	"errors"
	"fmt"

	"github.com/zalando/go-keyring"

	"sseconsole/client/endpoint"
)

// service is the name under which programs for the keyring list our secrets.
const service = "sse-console"

// secretService is the name of the service on D-Bus that stores secrets.
const secretService = "org.freedesktop.secrets"

// Why there is no keyring, on systems other than macOS and Windows.
var (
	ErrNoBus     = errors.New("secret: no session bus")
	ErrNoAnswer  = errors.New("secret: the session bus does not answer")
	ErrNoService = errors.New("secret: nothing on the session bus serves " + secretService) // so there is no keyring
)

// Keyring stores secrets in the keyring of the system: the Keychain on macOS,
// the Credential Manager on Windows, and elsewhere the service
// org.freedesktop.secrets on D-Bus. Windows limits a secret to 2560 bytes,
// macOS to some 3000.
//
// The keyring may prompt the user for a password and wait. A call returns when
// its context is done; what it requested may still happen later.
type Keyring struct{}

// Get returns a secret.
func (*Keyring) Get(ctx context.Context, key string) (value string, err error) {
	type result struct {
		value string
		err   error
	}
	done := make(chan result, 1) // the receiver may have gone
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

// Set stores a secret.
func (*Keyring) Set(ctx context.Context, key, value string) error {
	return wait(ctx, "set", func() error { return keyring.Set(service, key, value) })
}

// Delete deletes a secret. If there is none, that is not an error.
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
