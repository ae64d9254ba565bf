//go:build peers

package peers

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// upstream sends n events, one each gap, and flushes each of them as it should.
// Without a number it stays silent after the first one.
func upstream(gap time.Duration, n int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-cache")
		for _, h := range header {
			name, value, _ := strings.Cut(h, ": ")
			w.Header().Set(name, value)
		}
		if r.Header.Get("Last-Event-ID") != "" && n > 0 {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		flusher := http.NewResponseController(w)
		fmt.Fprint(w, "retry: 300\n\n")
		_ = flusher.Flush()
		for i := range max(n, 1) {
			select {
			case <-time.After(gap):
			case <-r.Context().Done():
				return
			}
			fmt.Fprintf(w, "data: {\"n\":%d,\"room\":\"hall\"}\nid: %d\n\n", i, time.Now().UnixNano())
			_ = flusher.Flush()
		}
		if n == 0 {
			<-r.Context().Done()
		}
	}
}

// nginx proxies to a server with the settings that it has by default and some
// directives, and returns its URL.
func nginx(t *testing.T, to string, directives ...string) string {
	dir, address := t.TempDir(), freeAddress(t)
	var temporary strings.Builder
	for _, module := range []string{"client_body", "proxy", "fastcgi", "uwsgi", "scgi"} {
		fmt.Fprintf(&temporary, "%s_temp_path %s;\n", module, dir)
	}
	config := fmt.Sprintf(`daemon off;
user root;
pid %s/pid;
events { worker_connections 64; }
http {
access_log off;
%sserver { listen %s; location / { proxy_pass %s; %s } }
}
`, dir, &temporary, address, to, strings.Join(directives, " "))
	file := filepath.Join(dir, "nginx.conf")
	startProxy(t, file, config, address, program(t, "nginx", "/usr/sbin/nginx"), "-p", dir, "-c", file, "-e", "stderr")
	return "http://" + address + "/"
}

// haproxy proxies to a server whose silence it bears for two seconds.
func haproxy(t *testing.T, to string) string {
	address := freeAddress(t)
	config := fmt.Sprintf(`defaults
mode http
timeout connect 1s
timeout client 30s
timeout server 2s
frontend f
bind %s
default_backend b
backend b
server s %s
`, address, strings.TrimPrefix(to, "http://"))
	file := filepath.Join(t.TempDir(), "haproxy.cfg")
	startProxy(t, file, config, address, program(t, "haproxy", "/usr/sbin/haproxy"), "-db", "-f", file)
	return "http://" + address + "/"
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// startProxy writes a program's configuration, starts it and waits until it listens.
func startProxy(t *testing.T, file, config, address, name string, args ...string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	stderr := &bytes.Buffer{}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _ = cmd.Wait(); t.Failed() {
			t.Logf("%s", stderr)
		}
	})
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for timeout := time.After(10 * time.Second); ; {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
		select {
		case <-tick.C:
		case <-timeout:
			t.Fatalf("%s does not listen", name)
		}
	}
}

// What a proxy does to a stream is found behind it, and nothing in the same stream
// without it.
func TestCheckFindsWhatProxiesDo(t *testing.T) {
	sseconsole := console(t)
	behind := func(directives ...string) func(*testing.T, string) string {
		return func(t *testing.T, to string) string { return nginx(t, to, directives...) }
	}
	direct := func(_ *testing.T, to string) string { return to }
	slow, fast, finite := upstream(300*time.Millisecond, 100), upstream(10*time.Millisecond, 5000), upstream(300*time.Millisecond, 12)
	for name, tt := range map[string]struct {
		upstream http.HandlerFunc
		proxy    func(t *testing.T, to string) string
		duration string
		want     []string
	}{
		"nginx, slow":              {slow, behind(), "8s", []string{"no_header"}},
		"nginx, fast":              {fast, behind(), "6s", []string{"buffering"}},
		"nginx, finite":            {finite, behind(), "6s", []string{"held_back"}},
		"nginx, slow, no buffer":   {slow, behind("proxy_buffering off;"), "6s", nil},
		"nginx, fast, no buffer":   {fast, behind("proxy_buffering off;"), "6s", nil},
		"nginx, finite, no buffer": {finite, behind("proxy_buffering off;"), "6s", nil},
		"nginx, told by a header":  {upstream(300*time.Millisecond, 100, "X-Accel-Buffering: no"), behind(), "6s", nil},
		"nginx, time-out":          {upstream(0, 0), behind("proxy_buffering off;", "proxy_read_timeout 2s;"), "10s", []string{"cut_off", "cut_when_idle"}},
		"HAProxy, time-out":        {upstream(0, 0), haproxy, "10s", []string{"cut_off", "cut_when_idle"}},
		"HAProxy, slow":            {slow, haproxy, "6s", nil},
		"direct, slow":             {slow, direct, "6s", nil},
		"direct, fast":             {fast, direct, "6s", nil},
		"direct, silent":           {upstream(0, 0), direct, "6s", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := httptest.NewServer(tt.upstream)
			t.Cleanup(s.Close)
			cmd := exec.CommandContext(t.Context(), sseconsole, "check", tt.proxy(t, s.URL), "-duration", tt.duration)
			said, _ := cmd.CombinedOutput() // its exit status is 1 if it finds something
			var got []string
			for line := range strings.Lines(string(said)) {
				if head, code, ok := strings.Cut(line, ": "); ok && strings.Contains("✗ error ⚠ warning ◇ advice", head) {
					code, _, _ = strings.Cut(code, " ")
					got = append(got, code)
				}
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("found %q, want %q\n%s", got, tt.want, said)
			}
		})
	}
}
