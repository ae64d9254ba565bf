package cli

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// badURLs are URLs that cannot be called, each with s3cr3t where a secret
// stands.
func badURLs() []string {
	const params = "x?token=s3cr3t#access_token=s3cr3t"
	return []string{
		"http://me:s3cr3t@127.0.0.1:99999/" + params,
		"http://s3cr3t@127.0.0.1:99999/" + params,
		"http://me:s3cr3t@[::1/" + params,
		"http://me:s3cr3t@[::1%zz]/" + params,
		"http://me:s3cr3t@127.0.0.1/%zz" + params,
		"http://me:%zzs3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t@127.0.0.1 /" + params,
		"http://me:s3cr3t s3cr3t@127.0.0.1/?token=s3cr3t s3cr3t",
		"http://me:s3cr3t/s3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t?s3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t#s3cr3t@127.0.0.1/" + params,
		"http://me:s3cr3t@127.0.0.1:port/" + params,
		"http://me:s3cr3t@/" + params,
		"http:/me:s3cr3t@127.0.0.1/" + params,
		"http//me:s3cr3t@127.0.0.1/" + params,
		"ftp://me:s3cr3t@127.0.0.1/" + params,
		"me:s3cr3t@127.0.0.1/" + params,
		"s3cr3t@127.0.0.1:port/" + params,
		"//me:s3cr3t@127.0.0.1:99999/" + params,
		"?token=s3cr3t",
	}
}

func TestNoSubcommandPrintsTheSecretsOfABadURL(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
	over, cancel := context.WithCancel(t.Context()) // what is accepted after all ends at once
	cancel()
	config := filepath.Join(t.TempDir(), "config")
	for _, bad := range badURLs() {
		if err := os.WriteFile(config, []byte("origin "+bad+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{
			{"check", bad}, {"check", bad, "-client-id", "a"}, {"check", "-origin", bad, "http://127.0.0.1"}, {"check", "-duration", bad}, {"check", "http://h", bad},
			{"listen", bad}, {"listen", "-json", bad, "-client-id", "a"}, {"listen", "http://h", bad}, {"listen", "-H", bad, bad}, {"listen", "-engine", bad},
			{"listen", "-X", bad, "http://127.0.0.1:1"}, {"listen", "-k=" + bad, bad}, {"listen", "-env", bad, "http://127.0.0.1:1"},
			{"send", bad, "-client-id", "a", "-content", "b"}, {"send", "-var", "s3cr3t", bad}, {"close", bad, "-client-id", "a"},
			{"serve", "-origin", bad}, {"serve", "-listen", bad}, {"serve", "-host", bad}, {"serve", "-scenario", bad}, {"serve", "-fault", bad},
			{"serve", "-tls-cert", bad, "-tls-key", bad}, {"serve", "-keepalive", bad}, {"serve", "-config", config}, {"serve", bad},
			{"version", bad}, {"help", bad}, {bad}, {"-" + bad}, {"-=" + bad},
		} {
			var stdout, stderr bytes.Buffer
			report(run(over, args, nil, &stdout, &stderr), &stderr)
			if said := stdout.String() + stderr.String(); strings.Contains(said, "s3cr3t") {
				t.Errorf("%q:\n%s", args, said)
			}
		}
	}
}

func TestARefusedFlagIsNotRepeated(t *testing.T) {
	for _, args := range [][]string{
		{"listen", "http://h", "-H", "Authorization Bearer s3cr3t"}, {"send", "http://h", "-var", `token"s3cr3t`}, {"listen", "-k=s3cr3t", "http://h"},
	} {
		var stderr bytes.Buffer
		report(run(t.Context(), args, nil, &stderr, &stderr), &stderr)
		if said := stderr.String(); strings.Contains(said, "s3cr3t") || !strings.Contains(said, "invalid") {
			t.Errorf("%q: %s", args, said)
		}
	}
}

func TestACallThatFailsPrintsNoSecret(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
	for _, location := range append(badURLs(), "ftp://me:s3cr3t@127.0.0.1/?token=s3cr3t", "http://me:s3cr3t@127.0.0.1:1/?token=s3cr3t") {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/subscribe") {
				w.Header().Set("Content-Type", "application/json")
				w.Header().Set("Link", "<"+location+">; rel=next")
				w.WriteHeader(http.StatusForbidden)
				fmt.Fprint(w, `{"code":403,"error":{"access_token":"s3cr3t","password":["s3cr3t"]}}`)
				return
			}
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusFound)
		}))
		address := strings.Replace(s.URL, "http://", "http://me:s3cr3t@", 1) + "/?token=s3cr3t"
		for _, args := range [][]string{
			{"listen", address, "-client-id", "a"}, {"listen", "-json", address, "-client-id", "a"}, {"check", "-json", address, "-client-id", "a"},
			{"send", address, "-client-id", "a", "-content", "b"}, {"send", "-json", address, "-client-id", "a"}, {"close", "-json", address},
		} {
			var stdout, stderr bytes.Buffer
			report(run(t.Context(), args, nil, &stdout, &stderr), &stderr)
			said := stdout.String() + stderr.String()
			if strings.Contains(said, "s3cr3t") || !strings.Contains(said, "302") && !strings.Contains(said, "403") && !strings.Contains(said, "127.0.0.1") && !strings.Contains(said, "Location") {
				t.Errorf("%q to %s:\n%s", args, location, said)
			}
		}
		s.Close()
	}
}

func TestAProxyOfTheEnvironmentIsMasked(t *testing.T) {
	for _, bad := range badURLs() {
		if !strings.HasPrefix(bad, "http://") || !strings.Contains(bad, ":99999/") {
			continue // net/http goes on without a proxy that it cannot read
		}
		cmd := exec.CommandContext(t.Context(), os.Args[0], "send", "http://host.invalid/", "-client-id", "a", "-content", "b")
		cmd.Env = append(os.Environ(), "SSECONSOLE_RUN_CLI=1", "HTTP_PROXY="+bad, "http_proxy=", "NO_PROXY=", "XDG_CONFIG_HOME="+t.TempDir(), "DBUS_SESSION_BUS_ADDRESS=unix:path=/none")
		said, err := cmd.CombinedOutput()
		if strings.Contains(string(said), "s3cr3t") || err == nil || !strings.Contains(string(said), "the proxy cannot be reached") {
			t.Errorf("%s: %v\n%s", bad, err, said)
		}
	}
}
