package cli

import (
	"bufio"
	"bytes"
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"sseconsole/server"
)

// running is a `sseconsole serve` that ends with the test at the latest.
type running struct {
	url  string // the first line of stdout
	stop func() (stderr string, err error)
}

func startServe(t *testing.T, args ...string) running {
	t.Helper()
	r, stdout := startServeWith(t, nil, args...)
	go io.Copy(io.Discard, stdout)
	return r
}

// startServeWith is startServe with a standard input, and leaves it to the
// caller to read the rest of stdout.
func startServeWith(t *testing.T, stdin io.Reader, args ...string) (running, *bufio.Reader) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	stdout, w := io.Pipe()
	var stderr bytes.Buffer
	done := make(chan error, 1)
	go func() {
		err := run(ctx, append([]string{"serve"}, args...), stdin, w, &stderr)
		w.CloseWithError(io.EOF)
		done <- err
	}()
	lines := bufio.NewReader(stdout)
	url, err := lines.ReadString('\n')
	if err != nil {
		cancel()
		t.Fatalf("serve printed no address and ended with %v: %s", <-done, stderr.String())
	}
	r := running{url: strings.TrimSpace(url)}
	r.stop = func() (string, error) {
		cancel()
		err := <-done
		done <- err
		return stderr.String(), err
	}
	t.Cleanup(func() { r.stop() })
	return r, lines
}

// get answers with the status and an open body, which the test's end closes.
func get(t *testing.T, url string, header ...string) (int, *bufio.Reader) {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	req.Host = req.Header.Get("Host")
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp.StatusCode, bufio.NewReader(resp.Body)
}

func expectStatus(t *testing.T, want int, url string, header ...string) {
	t.Helper()
	if got, _ := get(t, url, header...); got != want {
		t.Errorf("%s %q: status %d, want %d", url, header, got, want)
	}
}

func checkLeaks(t *testing.T) {
	ignored := goleak.IgnoreCurrent()
	t.Cleanup(func() { goleak.VerifyNone(t, ignored) })
}

func TestServeDeliversUntilItIsStopped(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "127.0.0.1:0")
	status, stream := get(t, s.url+"/subscribe?clientId=alice")
	if status != http.StatusOK {
		t.Fatalf("subscribe: status %d", status)
	}
	other := strings.Replace(s.url, "/demo/sse", "/smilex/open/sse", 1)
	expectStatus(t, http.StatusOK, other+"/send?clientId=alice&content=hello")

	stderr, err := s.stop()
	if err != nil {
		t.Errorf("serve ended with %v", err)
	}
	rest, err := io.ReadAll(stream)
	if err != nil {
		t.Errorf("the stream did not end cleanly: %v", err)
	}
	if !strings.Contains(string(rest), "data:hello") && !strings.Contains(string(rest), "data: hello") {
		t.Errorf("the stream was %q", rest)
	}
	for _, want := range []string{`msg="alice subscribed" kind=subscribed clientId=alice`, `msg="alice was closed" kind=closed clientId=alice`} {
		if !strings.Contains(stderr, want) {
			t.Errorf("no %q in the log:\n%s", want, stderr)
		}
	}
}

func TestServeShowsAPageToBrowsers(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "0.0.0.0:0", "-token", "a b&c")
	stderr, err := s.stop()
	if err != nil {
		t.Fatal(err)
	}
	root, _, _ := strings.Cut(s.url, "demo/sse")
	if want := "url=" + root + "\n"; !strings.Contains(stderr, want) {
		t.Errorf("no %s in the log:\n%s", want, stderr)
	}
}

// Standard output has the token once, for who calls; the log does not.
func TestServeKeepsTheTokenOutOfItsLog(t *testing.T) {
	checkLeaks(t)
	for _, args := range [][]string{{"-listen", "127.0.0.1:0", "-token", "s3cret"}, {"-listen", "0.0.0.0:0"}} {
		s := startServe(t, args...)
		_, token, found := strings.Cut(s.url, "?token=")
		if !found {
			t.Fatalf("no token in %s", s.url)
		}
		base, _, _ := strings.Cut(s.url, "?")
		expectStatus(t, http.StatusNotFound, s.url+"&clientId="+token, "Referer", s.url, "User-Agent", token)
		_, stream := get(t, base+"/subscribe?clientId="+token+"&mode=short&token="+token, "Last-Event-ID", token)
		io.Copy(io.Discard, stream)
		expectStatus(t, http.StatusForbidden, base+"/"+token, "Origin", "http://elsewhere.example/"+token)
		stderr, err := s.stop()
		if err != nil || !strings.Contains(stderr, "subscribed") || !strings.Contains(stderr, "origin refused") || strings.Contains(stderr, token) {
			t.Errorf("%v; with the token %s the log says\n%s", err, token, stderr)
		}
	}
}

func TestServeSendsKeepAliveComments(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "127.0.0.1:0", "-keepalive", "1ms")
	_, stream := get(t, s.url+"/subscribe?clientId=alice")
	for comments := 0; comments < 100; { // 25 minutes of them at the default
		line, err := stream.ReadString('\n')
		if err != nil {
			t.Fatalf("the stream ended after %d comments: %v", comments, err)
		}
		if strings.HasPrefix(line, ":") {
			comments++
		}
	}
}

func TestServeOnATakenPortSaysWhatToDo(t *testing.T) {
	checkLeaks(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	var stdout, stderr bytes.Buffer
	err = run(t.Context(), []string{"serve", "-listen", taken.Addr().String()}, nil, &stdout, &stderr)
	if status := report(err, &stderr); status != 1 {
		t.Errorf("exit status %d", status)
	}
	expectPart(t, "stdout", stdout.String(), "")
	expectPart(t, "stderr", stderr.String(), "choose another address with -listen")
	if strings.Count(stderr.String(), "\n") != 1 {
		t.Errorf("more than a sentence: %s", stderr.String())
	}
}

func TestServeBeyondLoopbackNeedsAToken(t *testing.T) {
	const ask = "/close?clientId=nobody"
	bare := func(url string) string { base, _, _ := strings.Cut(url, "?"); return base + ask }
	bearer := func(token string) []string { return []string{"Authorization", "Bearer " + token} }

	t.Run("made", func(t *testing.T) {
		checkLeaks(t)
		s := startServe(t, "-listen", "0.0.0.0:0")
		_, token, found := strings.Cut(s.url, "?token=")
		if !found {
			t.Fatalf("no token in %s", s.url)
		}
		expectStatus(t, http.StatusUnauthorized, bare(s.url))
		expectStatus(t, http.StatusOK, bare(s.url), bearer(token)...)
	})
	t.Run("given", func(t *testing.T) {
		checkLeaks(t)
		s := startServe(t, "-listen", "0.0.0.0:0", "-token", "a b&c")
		if !strings.HasSuffix(s.url, "?token=a+b%26c") {
			t.Errorf("the token is not in %s", s.url)
		}
		expectStatus(t, http.StatusUnauthorized, bare(s.url), bearer("wrong")...)
		expectStatus(t, http.StatusOK, bare(s.url)+"&"+strings.SplitN(s.url, "?", 2)[1])
	})
	t.Run("insecure", func(t *testing.T) {
		checkLeaks(t)
		s := startServe(t, "-listen", "0.0.0.0:0", "-insecure")
		expectStatus(t, http.StatusOK, s.url+ask)
	})
}

func TestServeAcceptsTheNamedHostsAndOriginsOnly(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "127.0.0.1:0", "-host", "sse.example", "-origin", "https://page.example", "-origin", "null")
	call := s.url + "/close?clientId=nobody"
	expectStatus(t, http.StatusOK, call, "Host", "sse.example")
	expectStatus(t, http.StatusForbidden, call, "Host", "other.example")
	expectStatus(t, http.StatusOK, call, "Origin", "https://page.example")
	expectStatus(t, http.StatusOK, call, "Origin", "null")
	expectStatus(t, http.StatusForbidden, call, "Origin", "https://other.example")
}

func TestServeTakesNoHostThatOnlyPagesUse(t *testing.T) {
	for _, host := range []string{"0.0.0.0", "[::]:8080", "::ffff:127.0.0.1", "fe80::1%lo", "http://example.org", ""} {
		err := run(t.Context(), []string{"serve", "-listen", "127.0.0.1:0", "-host", host}, nil, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), "want a host's name") {
			t.Errorf("-host %q: %v", host, err)
		}
	}
}

func TestServeObeysPolicyModeAndLimits(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "127.0.0.1:0", "-policy", "refuse", "-mode", "long", "-max-sessions", "2", "-max-per-address", "1")
	_, poll := get(t, s.url+"/subscribe?clientId=alice")
	poll.ReadString('\n')
	if line, _ := poll.ReadString('\n'); line != "retry: 100\n" {
		t.Errorf("the second line is %q, not that of a long poll", line)
	}
	expectStatus(t, http.StatusConflict, s.url+"/subscribe?clientId=alice")
	expectStatus(t, http.StatusTooManyRequests, s.url+"/subscribe?clientId=bob")
}

func TestServeGoesWithoutTheIDBlock(t *testing.T) {
	checkLeaks(t)
	config := filepath.Join(t.TempDir(), "serve.conf")
	if err := os.WriteFile(config, []byte("no-id-block\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"-no-id-block"}, {"-config", config}} {
		s := startServe(t, append(args, "-listen", "127.0.0.1:0")...)
		_, stream := get(t, s.url+"/subscribe?clientId=alice")
		expectStatus(t, http.StatusOK, s.url+"/send?clientId=alice&content=one")
		if text, _ := stream.ReadString('d'); !strings.HasPrefix(text, "i") {
			t.Fatalf("the stream begins with %q", text)
		}
		stream.ReadString('\n') // the rest of the id
		if line, _ := stream.ReadString('\n'); line != "data: one\n" {
			t.Errorf("%q: the first block goes on with %q", args, line)
		}
	}
}

func TestServeKeepsAsManyMessagesAsAsked(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "127.0.0.1:0", "-replay-events", "2", "-replay-bytes", "1000", "-mode", "short")
	poll := func(lastEventID string) string {
		_, stream := get(t, s.url+"/subscribe?clientId=alice", "Last-Event-ID", lastEventID)
		text, err := io.ReadAll(stream)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	poll("")
	for _, content := range []string{"one", "two"} {
		expectStatus(t, http.StatusOK, s.url+"/send?clientId=alice&content="+content)
	}
	expectStatus(t, http.StatusServiceUnavailable, s.url+"/send?clientId=alice&content=three") // or one would be lost
	if got := poll("unknown"); !strings.Contains(got, "data: one") || !strings.Contains(got, "data: two") {
		t.Errorf("kept: %q", got)
	}
}

func TestServeKeepsNoMoreMemoryThanAsked(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "127.0.0.1:0", "-max-memory", "1")
	expectStatus(t, http.StatusOK, s.url+"/send?to=*&content=little")
	expectStatus(t, http.StatusServiceUnavailable, s.url+"/send?to=*&content="+strings.Repeat("x", 1<<20))
	for _, bad := range []string{"0", "1GiB", "1073741825"} {
		if err := run(t.Context(), []string{"serve", "-max-memory", bad}, nil, io.Discard, io.Discard); err == nil {
			t.Errorf("-max-memory %s is taken", bad)
		}
	}
}

func TestServeSaysForHowManySessionsThereIsRoom(t *testing.T) {
	files, sessions := server.FileLimit()
	if files == 0 {
		t.Skip("no limit on open files")
	}
	for bound, warned := range map[int]bool{0: false, sessions: false, sessions + 1: true} {
		s := startServe(t, "-listen", "127.0.0.1:0", "-max-sessions", strconv.Itoa(bound))
		stderr, err := s.stop()
		if err != nil || !strings.Contains(stderr, fmt.Sprintf("files=%d sessions=%d", files, sessions)) || strings.Contains(stderr, "ulimit -n") != warned {
			t.Errorf("with a bound of %d it says %s, %v", bound, stderr, err)
		}
	}
}

func TestServeSpeaksTLS(t *testing.T) {
	checkLeaks(t)
	borrowed := httptest.NewTLSServer(http.NotFoundHandler()) // for its certificate
	defer borrowed.Close()
	pair := borrowed.TLS.Certificates[0]
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name, kind string, der []byte) string {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	s := startServe(t, "-listen", "127.0.0.1:0",
		"-tls-cert", file("cert.pem", "CERTIFICATE", pair.Certificate[0]), "-tls-key", file("key.pem", "PRIVATE KEY", key))
	client := borrowed.Client()
	defer client.CloseIdleConnections()
	resp, err := client.Get(s.url + "/close?clientId=nobody")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if !strings.HasPrefix(s.url, "https://127.0.0.1:") || resp.StatusCode != http.StatusOK {
		t.Errorf("%s: %s", s.url, resp.Status)
	}
}

func TestServePlaysAScenarioUnderAFault(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "played.txt")
	config := filepath.Join(dir, "serve.conf")
	for path, text := range map[string]string{
		file:   "send first\nwait 1h\nsend second\nclose",
		config: "# everything in one place\nlisten 127.0.0.1:0\nscenario " + file + "\nspeed inf\n\nfault no-blank-line client=b next=1\n",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := startServe(t, "-config", config)
	for id, blank := range map[string]string{"a": "\n", "b": ""} {
		_, body := get(t, r.url+"/subscribe?clientId="+id)
		text, err := io.ReadAll(body)
		if err != nil || strings.Count(string(text), "data: second\n"+blank) != 1 || strings.HasSuffix(string(text), "\n\n") != (blank != "") {
			t.Errorf("%s got %q: %v", id, text, err)
		}
	}
	stderr, err := r.stop()
	if err != nil || !strings.Contains(stderr, "no-blank-line client=b next=1") {
		t.Errorf("%v; %s", err, stderr)
	}
}

func TestServeNamesTheLineOfAMistake(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, tt := range []struct{ flag, value, want string }{
		{"-scenario", file("a.txt", "send a\nsned b"), "line 2"},
		{"-scenario", filepath.Join(dir, "none"), "quotes, chat"},
		{"-config", file("b.conf", "policy share\n\ncolour red"), `line 3: there is no option "colour"`},
		{"-config", file("d.conf", "token=s3cret\n"), `line 1: there is no option "token"`},
		{"-config", file("c.conf", "policy\n"), "line 1: policy"},
		{"-config", filepath.Join(dir, "none"), "no such file"},
		{"-config", dir, "a directory, not a regular file"},
		{"-scenario", dir, "a directory, not a regular file"},
		{"-fault", "rain", "cut-after-events"},
		{"-speed", "0", "inf"},
	} {
		err := run(t.Context(), []string{"serve", "-listen", "127.0.0.1:0", tt.flag, tt.value}, nil, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s %s: %v, want %q", tt.flag, tt.value, err, tt.want)
		}
	}
}
