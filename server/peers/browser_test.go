//go:build peers

package peers

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// names resolve to this machine in the browsers that a test starts. Unlike localhost,
// browsers do not trust them without TLS.
var names = []string{"attacker.test", "allowed.test", "console.test"}

// browser is a browser that runs without a display, in a new profile.
type browser struct {
	name string
	args func(t *testing.T, profile, url string) []string
}

var browsers = []browser{
	{"chromium", func(_ *testing.T, profile, url string) []string {
		var rules []string
		for _, name := range names {
			rules = append(rules, "MAP "+name+" 127.0.0.1")
		}
		return []string{"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-popup-blocking",
			"--host-resolver-rules=" + strings.Join(rules, ", "), "--user-data-dir=" + profile, url}
	}},
	{"firefox-esr", func(t *testing.T, profile, url string) []string {
		prefs := fmt.Sprintf(`
			user_pref("network.dns.localDomains", %q);
			user_pref("network.proxy.type", 0);
			user_pref("network.captive-portal-service.enabled", false);
			user_pref("network.connectivity-service.enabled", false);
			user_pref("dom.disable_open_during_load", false);
			user_pref("dom.popup_maximum", 1000);
			user_pref("app.normandy.enabled", false);
			user_pref("app.update.enabled", false);
			user_pref("browser.aboutwelcome.enabled", false);
			user_pref("browser.shell.checkDefaultBrowser", false);
			user_pref("datareporting.policy.dataSubmissionEnabled", false);
			user_pref("extensions.systemAddon.update.enabled", false);
			user_pref("services.settings.server", "");
			user_pref("toolkit.telemetry.enabled", false);
		`, strings.Join(names, ","))
		if err := os.WriteFile(filepath.Join(profile, "user.js"), []byte(prefs), 0o600); err != nil {
			t.Fatal(err)
		}
		return []string{"--headless", "--no-remote", "--profile", profile, url}
	}},
}

// open opens a page until the test ends.
func (b browser) open(t *testing.T, url string) {
	t.Helper()
	profile, err := os.MkdirTemp("", b.name)
	if err != nil {
		t.Fatal(err)
	}
	// Not T.TempDir, which fails if the browser's helpers write a moment after it has ended.
	t.Cleanup(func() { _ = os.RemoveAll(profile) })
	cmd := exec.CommandContext(t.Context(), program(t, b.name), b.args(t, profile, url)...)
	cmd.Env = append(os.Environ(), "HOME="+profile) // Firefox requires that it belongs to the user
	// On SIGTERM, it ends its children.
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 10 * time.Second
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() }) // the context of the test is over
}

// program returns the path of a program. If there is none it skips the test or, in CI,
// fails it.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	switch {
	case err == nil:
		return path
	case os.Getenv("CI") != "":
		t.Fatal(err)
	}
	t.Skip(err)
	return ""
}
