package server_test

import (
	"bytes"
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/hub"
)

// said collects a server's notices and its messages to the standard logger.
type said struct {
	mu  sync.Mutex
	log bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.String()
}

// No notice, list or log message contains the token, wherever requests have put it.
func TestTheTokenIsNotSaid(t *testing.T) {
	const token, escaped, twice = "s3cret tok/en", "s3cret%20tok%2Fen", "s3cret%2520tok%252Fen"
	all := &said{}
	defer log.SetOutput(log.Writer())
	log.SetOutput(all)
	logger := slog.New(slog.NewTextHandler(all, nil))
	s := server.New(server.Config{Token: token, Policy: hub.Refuse, MaxSessions: 8, Observe: func(n server.Notice) {
		logger.Info("notice", "", n)
		fmt.Fprintf(all, "%+v\n", n)
	}})
	l, err := s.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }()
	ask := func(text string) (answer string) {
		t.Helper()
		conn, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(patience))
		io.WriteString(conn, strings.ReplaceAll(text, "\n", "\r\n"))
		all, _ := io.ReadAll(conn)
		return string(all)
	}
	if _, err := s.SetFault(fault.Fault{Kind: fault.RetryStorm, ClientID: token}); err != nil {
		t.Fatal(err)
	}
	const head, auth = "Host: localhost\nConnection: close\n", "Authorization: Bearer " + token + "\n"
	for _, in := range []string{token, escaped, twice, strings.ReplaceAll(token, " ", "+")} {
		name := strings.ReplaceAll(in, " ", "%20")
		for _, request := range []string{
			"GET /demo/sse/sessions?token=" + name + " HTTP/1.1\n" + head + "\n",
			"GET /demo/sse/" + name + " HTTP/1.1\n" + head + auth + "\n",
			"GET /demo/sse/subscribe?mode=short&clientId=" + name + " HTTP/1.1\n" + head + auth + "User-Agent: " + in + "\nLast-Event-ID: " + in + "\nReferer: http://localhost/?token=" + name + "\n\n",
			"GET / HTTP/1.1\nHost: " + strings.Repeat("h", 250) + strings.ReplaceAll(name, "/", "%2F") + "\nConnection: close\n\n",
			"GET / HTTP/1.1\n" + head + "Origin: http://elsewhere.example/" + in + "\n\n",
			"GET / HTTP/1.1\n" + head + "Origin: " + in + "\nOrigin: " + in + "\n\n",
			fmt.Sprintf("POST /demo/sse/send HTTP/1.1\n%sContent-Type: application/x-www-form-urlencoded\nContent-Length: %d\n\ntoken=%s", head, 6+len(name), name),
			fmt.Sprintf("POST /demo/sse/send?token=wrong%s HTTP/1.1\n%sContent-Type: text/plain\nContent-Length: 0\n\n", name, head),
			"GET /" + in + " HTTP/1.1\n" + head + auth + "\n",
			in + "\n\n",
		} {
			ask(request)
		}
	}
	if answer := ask("GET /demo/sse/sessions HTTP/1.1\n" + head + auth + "\n"); !strings.HasPrefix(answer, "HTTP/1.1 200") || strings.Contains(answer, `Agent":"`+token) {
		t.Errorf("sessions: %s", answer)
	}
	s.Shutdown(t.Context())
	<-served
	text := all.String()
	for _, kind := range []server.Kind{server.Subscribed, server.RefusedToken, server.RefusedOrigin, server.RefusedHost, server.FaultOn} {
		if !strings.Contains(text, string(kind)) {
			t.Errorf("no notice %q in %s", kind, text)
		}
	}
	for _, form := range []string{"s3cret", "tok/en", "tok%2Fen"} {
		if i := strings.Index(text, form); i >= 0 {
			t.Errorf("the log has %q", text[max(i-200, 0):min(i+100, len(text))])
		}
	}
}

// Control characters in messages of net/http about a client are escaped, even if they were
// percent-encoded next to the token.
func TestWhatNetHTTPSaysHasNoControlCharacters(t *testing.T) {
	all := &said{}
	defer log.SetOutput(log.Writer())
	log.SetOutput(all)
	f := startTLS(t, server.Config{Token: "s3cret"})
	for _, protocol := range []string{"\x1b]0;x\a", "\u202e\u009b2J\xff", "s3cr%65t%1b]0;x%07%c2%9b2J", "s3cr%65t%e2%80%ae%ff", "s3cr%65t%0aforged"} {
		before := strings.Count(all.String(), "TLS handshake error")
		conn, err := tls.Dial("tcp", f.addr, &tls.Config{InsecureSkipVerify: true, NextProtos: []string{protocol}})
		if err == nil {
			conn.Close()
			t.Fatalf("the protocol is %q", protocol)
		}
		if !eventually(func() bool { return strings.Count(all.String(), "TLS handshake error") > before }) {
			t.Fatalf("nothing is logged about %q", protocol)
		}
	}
	f = start(t, server.Config{Token: "s3cret"})
	for _, request := range []string{
		"\x1b]0;x\a\n\n", "GET /\x1b[2J HTTP/1.1\n\n", "GET / HTTP/1.1\nHost: \u202e\n\n", "GET / HTTP/1.1\n\x1b: \u009b\n\n",
		"POST / HTTP/1.1\nHost: localhost\nContent-Length: \x1b\n\n", "GET /?token=s3cret%1b%07 HTTP/1.1\nHost: localhost\nTrailer: \x1b\n\n",
	} {
		conn, err := net.Dial("tcp", f.addr)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(conn, strings.ReplaceAll(request, "\n", "\r\n"))
		conn.(*net.TCPConn).CloseWrite()
		io.Copy(io.Discard, conn)
		conn.Close()
	}
	text := all.String()
	for _, r := range text {
		if r != '\n' && !unicode.IsPrint(r) || r == utf8.RuneError {
			t.Fatalf("the log has %q", text)
		}
	}
	if strings.Contains(text, "s3cret") || strings.Contains(text, "\nforged") {
		t.Errorf("the token or a line of the client's is in %q", text)
	}
}
