package endpoint

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTheShapeOfNchan makes the calls to a real nchan, from Debian's package
// libnginx-mod-nchan.
func TestTheShapeOfNchan(t *testing.T) {
	const module, nginx = "/usr/lib/nginx/modules/ngx_nchan_module.so", "/usr/sbin/nginx"
	for _, file := range []string{module, nginx} {
		if _, err := os.Stat(file); err != nil {
			if os.Getenv("CI") == "true" {
				t.Fatalf("libnginx-mod-nchan must be installed: %v", err)
			}
			t.Skipf("libnginx-mod-nchan is not installed: %v", err)
		}
	}
	dir := t.TempDir()
	socket := filepath.Join(dir, "socket")
	config := `load_module ` + module + `;
daemon off;
master_process off;
pid ` + dir + `/pid;
error_log stderr warn;
events { worker_connections 64; }
http {
	access_log off;
	client_body_temp_path ` + dir + `/body; proxy_temp_path ` + dir + `/proxy; fastcgi_temp_path ` + dir + `/fastcgi;
	uwsgi_temp_path ` + dir + `/uwsgi; scgi_temp_path ` + dir + `/scgi;
	server {
		listen unix:` + socket + `;
		location ~ /sub/(.+)$ { nchan_subscriber; nchan_channel_id $1; }
		location ~ /pub/(.+)$ { nchan_publisher; nchan_channel_id $1; }
	}
}
`
	if err := os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(nginx, "-p", dir, "-c", filepath.Join(dir, "nginx.conf"), "-e", "stderr")
	stderr := &bytes.Buffer{}
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Kill()
		cmd.Wait()
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		for { // it may not be listening yet
			conn, err := new(net.Dialer).DialContext(ctx, "unix", socket)
			if err == nil || ctx.Err() != nil {
				return conn, err
			}
		}
	}}}
	defer client.CloseIdleConnections()
	spec, err := New(ShapeNchan, "http://nchan")
	if err != nil {
		t.Fatal(err)
	}
	do := func(call, content string) *http.Response {
		t.Helper()
		r, err := spec.Request(call, Values{ClientID: "alice", Content: content})
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(ctx, r.Verb(), r.URL, bytes.NewReader(r.Body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header = r.Header
		response, err := client.Do(request)
		if err != nil {
			t.Fatalf("%s: %v\n%s", call, err, stderr)
		}
		return response
	}
	judge := func(call, content string, want int) {
		t.Helper()
		response := do(call, content)
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		if verdict, err := spec.Call(call).Expect.Judge(t.Context(), response.StatusCode, body); verdict != Expected || response.StatusCode != want {
			t.Errorf("%s: %d %s is %q, %v", call, response.StatusCode, body, verdict, err)
		}
	}
	judge(Close, "", 404) // there is no subscriber and no message
	judge(Send, "before", 202)
	stream := do(Subscribe, "")
	defer stream.Body.Close()
	judge(Send, "two\nlines", 201)
	judge(Close, "", 200)
	got, err := io.ReadAll(stream.Body)
	if text := string(got); err != nil || stream.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" ||
		!strings.Contains(text, "data: before\n") || !strings.Contains(text, "data: two\ndata: lines\n") {
		t.Errorf("%v, %v: %q", err, stream.Header, got)
	}
}
