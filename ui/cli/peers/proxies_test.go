//go:build peers

package peers

import (
	"bufio"
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

// compression serves events by Node behind the middleware of that name, and returns
// its URL.
func compression(t *testing.T, gap time.Duration, events int, flush bool) string {
	const dir = "testdata/npm"
	if _, err := os.Stat(dir + "/node_modules/compression"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	flushes := "0"
	if flush {
		flushes = "1"
	}
	cmd := exec.CommandContext(t.Context(), program(t, "node"), dir+"/server.mjs", fmt.Sprint(gap.Milliseconds()), fmt.Sprint(events), flushes)
	stdout, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Wait() })
	url, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(url)
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
	slow, fast, finite := upstream(300*time.Millisecond, 100), upstream(10*time.Millisecond, 5000), upstream(300*time.Millisecond, 12)
	silent := upstream(0, 0)
	behind := func(h http.Handler, directives ...string) func(*testing.T) string {
		return func(t *testing.T) string { return nginx(t, serve(t, h), directives...) }
	}
	for name, tt := range map[string]struct {
		url      func(*testing.T) string
		duration string
		want     []string
	}{
		"nginx, slow":              {behind(slow), "8s", []string{"no_header"}},
		"nginx, fast":              {behind(fast), "6s", []string{"buffering"}},
		"nginx, finite":            {behind(finite), "6s", []string{"held_back"}},
		"nginx, slow, no buffer":   {behind(slow, "proxy_buffering off;"), "6s", nil},
		"nginx, fast, no buffer":   {behind(fast, "proxy_buffering off;"), "6s", nil},
		"nginx, finite, no buffer": {behind(finite, "proxy_buffering off;"), "6s", nil},
		"nginx, told by a header":  {behind(upstream(300*time.Millisecond, 100, "X-Accel-Buffering: no")), "6s", nil},
		"nginx, time-out":          {behind(silent, "proxy_buffering off;", "proxy_read_timeout 2s;"), "10s", []string{"cut_off", "cut_when_idle"}},
		"nginx, gzip":              {behind(finite, "gzip on;", "gzip_types text/event-stream;"), "6s", []string{"compressed", "compressed_held_back"}},
		"nginx, gzip, no buffer":   {behind(slow, "gzip on;", "gzip_types text/event-stream;", "proxy_buffering off;"), "6s", []string{"compressed"}},
		"HAProxy, time-out":        {func(t *testing.T) string { return haproxy(t, serve(t, silent)) }, "10s", []string{"cut_off", "cut_when_idle"}},
		"HAProxy, slow":            {func(t *testing.T) string { return haproxy(t, serve(t, slow)) }, "6s", nil},
		"compression":              {func(t *testing.T) string { return compression(t, 300*time.Millisecond, 12, false) }, "6s", []string{"compressed_held_back"}},
		"compression, flushed":     {func(t *testing.T) string { return compression(t, 300*time.Millisecond, 12, true) }, "6s", nil},
		"direct, slow":             {func(t *testing.T) string { return serve(t, slow) }, "6s", nil},
		"direct, fast":             {func(t *testing.T) string { return serve(t, fast) }, "6s", nil},
		"direct, silent":           {func(t *testing.T) string { return serve(t, silent) }, "6s", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), sseconsole, "check", tt.url(t), "-duration", tt.duration)
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

func serve(t *testing.T, h http.Handler) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}
