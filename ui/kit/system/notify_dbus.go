//go:build !darwin && !windows

package system

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"github.com/godbus/dbus/v5"
)

// notifyWait is how long the desktop may take to accept a notification.
const notifyWait = 5 * time.Second

// Notify shows a notification of the desktop. It blocks, and may be called from any
// goroutine. Fyne's own SendNotification starts a bus if there is none, and prints errors
// instead of returning them.
func Notify(_ fyne.App, title, text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), notifyWait)
	defer cancel()
	conn, err := dbus.SessionBusPrivateNoAutoStartup(dbus.WithContext(ctx)) // closed with ctx
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
	const service = "org.freedesktop.Notifications"
	return conn.Object(service, "/org/freedesktop/Notifications").CallWithContext(ctx, service+".Notify", 0,
		"SSE Console", uint32(0), "", title, text, []string{}, map[string]dbus.Variant{}, int32(-1)).Err
}
