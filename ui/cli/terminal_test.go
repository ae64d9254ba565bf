package cli

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/secret"
)

// hostile is every control character of ASCII but CR, LF and NUL, those of C1, the
// bidirectional controls, separators, and bytes that are not UTF-8, around what a
// terminal obeys, and a text that pretends to be a line of the output.
func hostile() string {
	var b strings.Builder
	for r := rune(1); r < 0xa0; r++ {
		if r != '\n' && r != '\r' && (r < ' ' || r >= 0x7f) {
			b.WriteRune(r)
		}
	}
	for _, r := range "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\u2066\u2067\u2068\u2069\ufeff\U000e0041" {
		b.WriteRune(r)
	}
	return b.String() + "\x1b]0;title\a\x1b]52;c;QUFB\a\x1b[2J\x1b[1A\xff\xc3\x9b12:00:00.000  forged\tline"
}

// expectHarmless checks that an output holds nothing that a terminal obeys but
// line feeds and tabs, and that no line was forged.
func expectHarmless(t *testing.T, name, out string) {
	t.Helper()
	if !utf8.ValidString(out) {
		t.Errorf("%s is not UTF-8: %q", name, out)
	}
	for i, r := range out {
		if r != '\n' && r != '\t' && (unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != '\u200d' && r != '\u200c') {
			t.Fatalf("%s has %U: %q", name, r, out[max(0, i-40):min(len(out), i+40)])
		}
	}
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "12:00:00.000") {
			t.Errorf("%s has a forged line: %q", name, line)
		}
	}
}

func withoutASCIIControls(s string) string {
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c >= ' ' && c != 0x7f {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// hostileServer answers the first request for a URL with the bytes that answer
// returns, and later ones with 204, so that nobody comes back.
func hostileServer(t *testing.T, answer func(path string) string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	var seen sync.Map
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				r, err := http.ReadRequest(bufio.NewReader(conn))
				if err != nil {
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				bytes := answer(r.URL.Path)
				if _, again := seen.LoadOrStore(r.RequestURI, true); again {
					bytes = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"
				}
				_, _ = io.WriteString(conn, bytes)
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// program runs the whole program, and returns what it printed. It is stopped
// after five seconds if it has not ended.
func program(t *testing.T, stdin string, args ...string) (stdout, stderr string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), "SSECONSOLE_RUN_CLI=1")
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	stop := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Signal(os.Interrupt) })
	defer stop.Stop()
	if _, failed := errors.AsType[*exec.ExitError](cmd.Wait()); failed && cmd.ProcessState.ExitCode() < 0 {
		t.Errorf("%v: %s", args, cmd.ProcessState)
	}
	return out.String(), errs.String()
}

func TestNoServerReachesTheTerminal(t *testing.T) {
	evil := hostile()
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nretry: 1\n\n"
	stream := head + fmt.Sprintf("event: %[1]s\nid: %[1]s\ndata: %[1]s\ndata: 12:00:00.000  forged\ndata: \x00\n\n"+
		": %[1]s\nretry: %[1]s\n%[1]s\n%[1]s: %[1]s\n\nid: %[1]s2\n\nretry: 1\n\ndata: %[1]s", evil)
	plain := strings.ReplaceAll(strings.ReplaceAll(withoutASCIIControls(evil), "\xff", ""), "\xc3", "") // as net/http takes a header
	quoted, _ := json.Marshal("\r\n" + evil + "\r\n12:00:00.000  forged")
	answers := map[string]string{
		"/stream":   stream,
		"/cr":       head + "event: a\rdata: " + evil + "\rdata: 12:00:00.000  forged\r\r",
		"/type":     "HTTP/1.1 200 OK\r\nContent-Type: text/" + plain + "\r\nConnection: close\r\n\r\n" + evil,
		"/status":   "HTTP/1.1 500 " + plain + "\r\nContent-Type: " + plain + "\r\nX-" + plain + ": a\r\nConnection: close\r\n\r\n" + evil,
		"/coding":   "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Encoding: " + plain + "\r\nConnection: close\r\n\r\ndata: a\n\n",
		"/location": "HTTP/1.1 302 Found\r\nLocation: " + plain + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
		"/scheme":   "HTTP/1.1 302 Found\r\nLocation: x\u202ey:" + url.PathEscape(evil) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
		"/allow":    "HTTP/1.1 405 No\r\nAllow: " + plain + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
		"/header":   "HTTP/1.1 200 OK\r\nContent-Type: " + evil + "\r\n\r\n",
		"/notHTTP":  evil + "\r\n\r\n",
		"/chunked":  "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: " + plain + "\r\n\r\n" + evil,
		"/code":     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n" + `{"code":500,"msg":` + string(quoted) + "}",
	}
	answers["/cookies"] = strings.Replace(stream, "Connection", "Set-Cookie: "+plain+"\r\nCache-Control: "+plain+"\r\nAccess-Control-Allow-Origin: "+plain+"\r\nConnection", 1)
	base := hostileServer(t, func(path string) string {
		if strings.HasSuffix(path, "/send") || strings.HasSuffix(path, "/close") {
			return answers["/code"]
		}
		return answers[path]
	})
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
	path, err := endpoint.DefaultPath()
	if err != nil {
		t.Fatal(err)
	}
	store := endpoint.NewStore(path, secret.Open(t.Context(), endpoint.SecretsBeside(path)))
	name := strings.ToValidUTF8("evil"+evil, "")
	for _, spec := range []endpoint.Spec{
		{Name: "judged", Subscribe: endpoint.Call{URL: base + "/stream"}, Send: &endpoint.Call{URL: base + "/code", Expect: endpoint.Expect{JQ: "error(.msg)"}}},
		{Name: name, Subscribe: endpoint.Call{URL: base + "/stream"}},
	} {
		if err := store.Add(t.Context(), spec); err != nil {
			t.Fatal(err)
		}
	}

	var calls [][]string
	for path := range answers {
		fresh := func() string { return fmt.Sprintf("%s%s?%d", base, path, len(calls)) }
		for _, format := range [][]string{nil, {"-json"}} {
			calls = append(calls, append([]string{"listen", fresh()}, format...))
			calls = append(calls, append([]string{"check", fresh(), "-duration", "500ms"}, format...))
		}
		for _, engine := range []string{"stream", "go-sse"} {
			calls = append(calls, []string{"listen", fresh(), "-engine", engine})
		}
	}
	arg := strings.ReplaceAll(evil, "\x00", "")
	for _, format := range [][]string{nil, {"-json"}} {
		calls = append(calls,
			append([]string{"send", base, "-client-id", arg, "-content", arg}, format...),
			append([]string{"close", base, "-client-id", arg}, format...),
			append([]string{"send", "judged", "-client-id", arg}, format...),
			append([]string{"listen", name}, format...))
	}
	calls = append(calls, []string{arg}, []string{"listen", arg}, []string{"check", "http://" + arg}, []string{"listen", base, "-" + arg},
		[]string{"listen", "judged", "-env", arg}, []string{"serve", "-listen", arg}, []string{"serve", "-listen", "127.0.0.1:99999", "-config", "/none" + arg},
		[]string{"serve", "-fault", arg}, []string{"serve", "-scenario", "/none" + arg}, []string{"send", base, "-H", arg})
	for _, args := range calls {
		t.Run(fmt.Sprintf("%.60q", args), func(t *testing.T) {
			t.Parallel()
			stdout, stderr := program(t, "", args...)
			expectHarmless(t, "stdout", stdout)
			expectHarmless(t, "stderr", stderr)
			if stdout+stderr == "" {
				t.Error("nothing is printed")
			}
			if slices.Contains(args, "-json") {
				for line := range strings.Lines(stdout) {
					if !json.Valid([]byte(line)) {
						t.Errorf("not a line of JSON: %s", line)
					}
				}
			}
		})
	}
}

func TestListenShowsWhatItEscapesAndPrintsTheBytesWithRaw(t *testing.T) {
	const body = "event: e\x1b[2J\tx\ndata: \u202e你好 👨‍👩‍👧\ndata: 12:00:00.000  forged\r\n\n: \xff\n\n"
	base := hostileServer(t, func(string) string {
		return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\nretry: 1\n\n" + body
	})
	stdout, _ := program(t, "", "listen", base+"/1")
	for _, want := range []string{`  event e\x1b[2J\tx` + "\t" + `\u202e你好 👨‍👩‍👧` + "\n\t12:00:00.000  forged\n", "  comment\t\ufffd\n"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is not in\n%s", want, stdout)
		}
	}
	if stdout, _ := program(t, "", "listen", base+"/2", "-engine", "stream"); !strings.Contains(stdout, `forged\r`+"\n\t\n") {
		t.Errorf("a carriage return alone: %q", stdout)
	}
	stdout, stderr := program(t, "", "listen", "-raw", base+"/3")
	if stdout != "retry: 1\n\n"+body || stderr != "" {
		t.Errorf("raw: %q, %q", stdout, stderr)
	}
	if _, stderr := program(t, "", "listen", "-raw", "-json", base); !strings.Contains(stderr, "exclude each other") {
		t.Errorf("raw and JSON: %q", stderr)
	}
	if _, stderr := program(t, "", "send", "-raw", base); !strings.Contains(stderr, "not defined: -raw") {
		t.Errorf("send -raw: %q", stderr)
	}
}

func TestNoSubscriberReachesTheTerminalOfServe(t *testing.T) {
	evil := hostile()
	in, w := io.Pipe()
	serve, lines := startServeWith(t, in, "-listen", "127.0.0.1:0", "-scenario", "chat", "-policy", "replace")
	if _, err := lines.ReadString('\n'); err != nil { // the other base URL
		t.Fatal(err)
	}
	id := url.QueryEscape(evil + "\r\n12:00:00.000  forged")
	ask := func(header ...string) {
		where, err := url.Parse(serve.url)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := net.Dial("tcp", where.Host)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		fmt.Fprintf(conn, "GET %s/subscribe?clientId=%s HTTP/1.1\r\n%s\r\n\r\n", where.Path, id, strings.Join(header, "\r\n"))
		if _, err := conn.Read(make([]byte, 1)); err != nil {
			t.Fatal(err)
		}
	}
	value := withoutASCIIControls(evil)
	ask("Host: localhost", "User-Agent: "+value, "Last-Event-ID: "+value)
	ask("Host: localhost", "User-Agent: "+value)
	ask("Host: localhost", "Origin: http://"+value)
	ask("Host: " + value)
	var printed strings.Builder
	for _, command := range []string{"pause", "status", "resume", "step", "stop", "start", "speed \x1b[2J", "pause \x1b]0;x\a", evil} {
		fmt.Fprintln(w, command)
		line, err := lines.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		printed.WriteString(line)
	}
	w.Close()
	rest := make(chan string)
	go func() {
		all, _ := io.ReadAll(lines)
		rest <- string(all)
	}()
	stderr, _ := serve.stop()
	expectHarmless(t, "stdout", printed.String()+<-rest)
	expectHarmless(t, "stderr", stderr)
	if !strings.Contains(printed.String(), `\x1b`) || !strings.Contains(stderr, `\u202e`) {
		t.Errorf("the subscriber is not shown:\n%s\n%s", printed.String(), stderr)
	}
}
