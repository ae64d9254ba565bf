package cli

import "testing"

// noTargets makes a test one of a person who has saved nothing.
func noTargets(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
}
