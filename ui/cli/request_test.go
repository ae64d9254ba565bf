package cli

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/secret"
)

// noTargets makes a test one of a person who has saved nothing.
func noTargets(t *testing.T) {
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/none")
}

// save saves a target for the test.
func save(t *testing.T, spec endpoint.Spec) {
	t.Helper()
	path, err := endpoint.DefaultPath()
	if err != nil {
		t.Fatal(err)
	}
	if err := endpoint.NewStore(path, secret.Open(t.Context(), endpoint.SecretsBeside(path))).Add(t.Context(), spec); err != nil {
		t.Fatal(err)
	}
}

// answering serves a finite stream that only the right request gets: 404 for any other.
func answering(t *testing.T, right func(*http.Request) bool) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !right(r) {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-cache")
		io.WriteString(w, "id: 1\ndata: a\n\ndata: [DONE]\n\n")
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestCheckTakesWhatListenTakes(t *testing.T) {
	noTargets(t)
	has := func(name, value string) func(*http.Request) bool {
		return func(r *http.Request) bool { return r.Header.Get(name) == value }
	}
	save(t, endpoint.Spec{
		Name: "orders", EndMarker: "[DONE]", Variables: []endpoint.Variable{{Name: "topic", Value: "a"}},
		Subscribe: endpoint.Call{URL: answering(t, func(r *http.Request) bool { return r.URL.Path == "/b" }) + "/{topic}"},
	})
	post := answering(t, func(r *http.Request) bool {
		body, _ := io.ReadAll(r.Body)
		return r.Method == http.MethodPost && r.Header.Get("Authorization") == "Bearer sesame" && string(body) == `{"stream":true}`
	})
	for _, command := range []string{"check", "listen"} {
		for _, tt := range []struct {
			name string
			args []string
		}{
			{"a saved target and a variable", []string{"orders", "-var", "topic=b"}},
			{"an authenticated POST", []string{post, "-H", "Authorization: Bearer sesame", "-d", `{"stream":true}`}},
			{"a method", []string{answering(t, func(r *http.Request) bool { return r.Method == "QUERY" }), "-X", "QUERY"}},
			{"the last event ID", []string{answering(t, has("Last-Event-ID", "7")), "-last-event-id", "7", "-max-reconnects", "0"}},
			{"an engine", []string{answering(t, has("Cache-Control", "")), "-engine", "stream"}},
			{"compression", []string{answering(t, has("Accept-Encoding", "br")), "-compression", "br", "-end-marker", "[DONE]"}},
			{"a browser's compression", []string{answering(t, has("Accept-Encoding", "gzip, deflate, br, zstd")), "-compression", "browser", "-end-marker", "[DONE]"}},
			{"no compression", []string{answering(t, has("Accept-Encoding", "")), "-compression", "none", "-end-marker", "[DONE]"}},
		} {
			var stdout, stderr bytes.Buffer
			args := append([]string{command}, tt.args...)
			status := report(run(t.Context(), append(args, "-duration", "9s"), nil, &stdout, &stderr), &stderr)
			if said := stdout.String(); status == 2 || !strings.Contains(said, "2 events") && tt.name != "an engine" || strings.Contains(said, " 404") {
				t.Errorf("%s, %s: status %d\n%s%s", command, tt.name, status, said, stderr.String())
			}
		}
	}
}

func TestACertificateOfOnesOwnAuthorityIsTrustedOnlyIfGiven(t *testing.T) {
	noTargets(t)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: a\n\n")
	}))
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // it tells of each client that does not trust it
	s.StartTLS()
	t.Cleanup(s.Close)
	authority := filepath.Join(t.TempDir(), "authority {x}.pem")
	if err := os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"check", "listen"} {
		for _, tt := range []struct {
			args []string
			read bool
		}{{nil, false}, {[]string{"-cacert", authority}, true}, {[]string{"-k"}, true}} {
			var stdout bytes.Buffer
			args := append([]string{command, s.URL, "-duration", "5s", "-max-reconnects", "0"}, tt.args...)
			run(t.Context(), args, nil, &stdout, io.Discard)
			if strings.Contains(stdout.String(), "1 event") != tt.read {
				t.Errorf("%q: %s", args, stdout.String())
			}
		}
	}
}

func TestCookiesOfAnswersComeBackUnlessTheyAreNotWanted(t *testing.T) {
	noTargets(t)
	for _, command := range []string{"check", "listen"} {
		for _, cookies := range []string{"true", "false"} {
			var second atomic.Value
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Header.Get("Last-Event-ID") != "" {
					second.Store(r.Header.Get("Cookie"))
					w.WriteHeader(http.StatusNoContent)
					return
				}
				http.SetCookie(w, &http.Cookie{Name: "k", Value: "v"})
				w.Header().Set("Content-Type", "text/event-stream")
				io.WriteString(w, "retry: 1\nid: 1\ndata: a\n\n")
			}))
			run(t.Context(), []string{command, s.URL, "-cookies=" + cookies, "-duration", "5s"}, nil, io.Discard, io.Discard)
			s.Close()
			if got := second.Load(); got != map[string]string{"true": "k=v", "false": ""}[cookies] {
				t.Errorf("%s -cookies=%s: the reconnect brought %q", command, cookies, got)
			}
		}
	}
}

func TestAPOSTIsMadeOnceUnlessReconnectsAreAllowed(t *testing.T) {
	noTargets(t)
	for _, command := range []string{"check", "listen"} {
		for reconnects, want := range map[string]int32{"": 1, "1": 2} {
			var posts atomic.Int32
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/event-stream")
				io.WriteString(w, "retry: 1\n\n")
				posts.Add(1)
			}))
			args := []string{command, s.URL, "-d", "{}", "-duration", "9s"}
			if reconnects != "" {
				args = append(args, "-max-reconnects", reconnects)
			}
			run(t.Context(), args, nil, io.Discard, io.Discard)
			s.Close()
			if posts.Load() != want {
				t.Errorf("%q: %d requests, want %d", args, posts.Load(), want)
			}
		}
	}
}

func TestAURLGoesOutByteForByte(t *testing.T) {
	noTargets(t)
	requests := make(chan string, 1)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			buffer := make([]byte, 4096)
			n, _ := conn.Read(buffer)
			line, _, _ := strings.Cut(string(buffer[:n]), "\r\n")
			io.WriteString(conn, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
			conn.Close()
			requests <- line
		}
	}()
	for _, target := range []string{
		"/a+b%20c/%zz", "/?q=a+b&x=%zz&~!*('", "/~!*(),;:@$'", "/a//b/../c/.", "/?", "/?token=a+b%2Bc~!*(&q={x}{{y}}", "/{clientId}", "/%7e%7E?a=%e4&a=%E4&", "/x?password=%&key=",
	} {
		want := "GET " + strings.NewReplacer("{", "%7B", "}", "%7D").Replace(strings.SplitN(target, "?", 2)[0])
		if _, query, found := strings.Cut(target, "?"); found {
			want += "?" + query
		}
		for _, command := range []string{"check", "listen"} {
			run(t.Context(), []string{command, "http://" + listener.Addr().String() + target}, nil, io.Discard, io.Discard)
			if got := <-requests; got != want+" HTTP/1.1" {
				t.Errorf("%s %s sent %q", command, target, got)
			}
		}
	}
}

func TestAMistakeInARequestRepeatsNoSecret(t *testing.T) {
	noTargets(t)
	for _, args := range [][]string{
		{"-max-reconnects", "s3cr3t"}, {"-cookies=s3cr3t"}, {"-compression", "s3cr3t"}, {"-until", `.token == "s3cr3t`}, {"-until", "s3cr3t"}, {"-fail-on", "s3cr3t"},
		{"-ignore", "s3cr3t"}, {"-min-events", "s3cr3t"},
	} {
		var stderr bytes.Buffer
		status := report(run(t.Context(), append([]string{"check", "http://127.0.0.1:9/"}, args...), nil, io.Discard, &stderr), &stderr)
		if status != 2 || strings.Contains(stderr.String(), "s3cr3t") || !strings.Contains(stderr.String(), "want ") {
			t.Errorf("%q: status %d, %s", args, status, stderr.String())
		}
	}
	for _, line := range []string{`"s3cr3t`, "kind:s3cr3t", "/s3cr3t(/", `jq:."s3cr3t`} {
		var stderr bytes.Buffer
		err := run(t.Context(), []string{"listen", "http://127.0.0.1:9/", "-filter", line}, nil, io.Discard, &stderr)
		if err == nil || strings.Contains(fmt.Sprint(err), "s3cr3t") || !strings.Contains(fmt.Sprint(err), "wrong at byte") {
			t.Errorf("-filter %q: %v", line, err)
		}
	}
}

func TestCheckAsksForCompressionAsABrowserDoesAndListenForNone(t *testing.T) {
	noTargets(t)
	for command, want := range map[string]string{"check": "gzip, deflate, br, zstd", "listen": ""} {
		url := answering(t, func(r *http.Request) bool { return r.Header.Get("Accept-Encoding") == want })
		var stdout bytes.Buffer
		run(t.Context(), []string{command, url, "-end-marker", "[DONE]"}, nil, &stdout, io.Discard)
		if !strings.Contains(stdout.String(), "2 events") {
			t.Errorf("%s asks otherwise:\n%s", command, stdout.String())
		}
	}
}

func TestACheckThatCannotAskIsNoFinding(t *testing.T) {
	noTargets(t)
	save(t, endpoint.Spec{Name: "lacks", Subscribe: endpoint.Call{URL: "{{base}}/x"}})
	for _, tt := range []struct {
		args, says string
	}{
		{"lacks", "{{base}}"}, {"lacks -env none", "there is no environment"}, {"htp:/bad", "neither a saved target nor a URL"}, {"http://127.0.0.1:9/ -cacert /none", "/none"},
	} {
		var stderr bytes.Buffer
		status := report(run(t.Context(), append([]string{"check"}, strings.Fields(tt.args)...), nil, io.Discard, &stderr), &stderr)
		if status != 2 || !strings.Contains(stderr.String(), tt.says) {
			t.Errorf("%s: status %d, %s", tt.args, status, stderr.String())
		}
	}
}
