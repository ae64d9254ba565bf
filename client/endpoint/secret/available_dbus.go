//go:build !darwin && !windows

package secret

import (
	"context"
	"fmt"
	"slices"

	"github.com/godbus/dbus/v5"
)

// available returns an error unless a program on the session bus stores
// secrets, or would be started to. It starts nothing itself.
func available(ctx context.Context) error {
	done := make(chan error, 1)
	ctx, cancel := context.WithCancel(ctx)
	go func() { done <- ask(ctx) }()
	select {
	case err := <-done:
		cancel()
		return err
	case <-ctx.Done():
		err := context.Cause(ctx)
		cancel()
		<-done // the canceled ctx closes the connection
		return fmt.Errorf("%w: %w", ErrNoAnswer, err)
	}
}

func ask(ctx context.Context) error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrNoBus, err)
	}
	defer conn.Close()
	if err := conn.Auth(nil); err != nil {
		return fmt.Errorf("%w: %w", ErrNoBus, err)
	}
	if err := conn.Hello(); err != nil {
		return fmt.Errorf("%w: %w", ErrNoBus, err)
	}
	for _, list := range []string{"ListNames", "ListActivatableNames"} {
		var names []string
		if err := conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus."+list, 0).Store(&names); err != nil {
			return fmt.Errorf("secret: ask the session bus: %w", err)
		}
		if slices.Contains(names, secretService) {
			return nil
		}
	}
	return ErrNoService
}
