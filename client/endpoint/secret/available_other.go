//go:build darwin || windows

package secret

import "context"

// available returns nil: these systems always have a keyring.
func available(context.Context) error { return nil }
