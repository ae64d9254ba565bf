//go:build !darwin && !windows

package system_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/godbus/dbus/v5"

	"sseconsole/ui/kit/kittest"
	"sseconsole/ui/kit/system"
)

func TestWithoutABusANotificationFailsAtOnce(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	if err := system.Notify(kittest.App(), "title", "text"); !errors.Is(err, system.ErrNoBus) {
		t.Errorf("%v", err)
	}
}

// showing is a desktop that keeps its notifications.
type showing struct{ shown chan []string }

// Notify is called by D-Bus.
func (d showing) Notify(app string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	d.shown <- []string{app, title, text}
	return 1, nil
}

func TestTheDesktopShowsANotification(t *testing.T) {
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("dbus-daemon must be installed")
		}
		t.Skip("dbus-daemon is not installed")
	}
	dir := t.TempDir()
	address, config := "unix:path="+filepath.Join(dir, "bus"), filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(config, []byte(`<busconfig><type>session</type><listen>`+address+
		`</listen><auth>EXTERNAL</auth><policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(daemon, "--config-file="+config, "--nofork", "--print-address=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	if n, err := out.Read(make([]byte, 200)); n == 0 {
		t.Fatalf("the bus does not start: %v", err)
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)

	if err := system.Notify(kittest.App(), "title", "text"); err == nil {
		t.Error("no error although the desktop shows no notifications")
	}
	conn, err := dbus.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	d := showing{make(chan []string, 1)}
	const name = "org.freedesktop.Notifications"
	if err := conn.Export(d, "/org/freedesktop/Notifications", name); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.RequestName(name, 0); err != nil {
		t.Fatal(err)
	}
	if err := system.Notify(kittest.App(), "title", "text"); err != nil {
		t.Fatal(err)
	}
	if got := <-d.shown; !slices.Equal(got, []string{"SSE Console", "title", "text"}) {
		t.Errorf("%q", got)
	}
}
