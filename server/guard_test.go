package server_test

import (
	"net"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"sseconsole/server"
)

func TestOnlyKnownHostsAreServed(t *testing.T) {
	name, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	short, _, _ := strings.Cut(name, ".")
	s := server.New(server.Config{Hosts: []string{"Console.Example:8080", "10.example."}})
	for host, want := range map[string]bool{
		"127.0.0.1": true, "127.0.0.1:8080": true, "10.0.0.7:1": true, "[::1]": true, "[::1]:8080": true, "[fe80::1]:80": true,
		"localhost": true, "LOCALHOST:8080": true, "localhost.": true, "localhost.:8080": true, "app.localhost:3000": true,
		name: true, short: true, short + ".local": true, strings.ToUpper(short) + ".Local:8080": true,
		"console.example": true, "console.example:9": true, "CONSOLE.EXAMPLE.": true, "10.example": true,
		"": false, ".": false, ":8080": false, "evil.test": false, "evil.test:8080": false, "localhost.evil.test": false,
		"notlocalhost": false, "127.0.0.1.evil.test": false, "1.2.3.4.5": false, "0x7f.1": false, "console.example.evil.test": false,
		"localhost:8080:8080": false, "[::1].evil.test": false, "evil.test:127.0.0.1": false, short + ".local.evil.test": false,
	} {
		r := httptest.NewRequest("GET", "/demo/sse/close?clientId=X", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := w.Code == 200; got != want || !got && w.Code != 403 {
			t.Errorf("Host %q: %d, served %v", host, w.Code, want)
		}
	}
}

func TestForeignOriginsAreRefused(t *testing.T) {
	const host = "10.0.0.7:8080"
	s := server.New(server.Config{Origins: []string{"https://Allowed.example/", "http://port.example:81", "app://local", "nonsense"}})
	s.AllowOrigin("http://later.example")
	tests := []struct {
		host    string
		origins []string
		site    string
		want    bool
	}{
		{host, nil, "", true}, // curl
		{host, nil, "same-origin", true},
		{host, nil, "same-site", true},
		{host, nil, "none", true},
		{host, nil, "cross-site", false},
		{host, nil, "Cross-Site", false},
		{host, []string{"http://10.0.0.7:8080"}, "same-origin", true},
		{host, []string{"https://10.0.0.7:8080"}, "", true}, // behind a proxy that ends TLS
		{host, []string{"http://10.0.0.7"}, "", false},
		{host, []string{"http://10.0.0.7:8081"}, "", false},
		{host, []string{"app://10.0.0.7:8080"}, "", false},
		{"10.0.0.7", []string{"http://10.0.0.7"}, "", true},
		{"10.0.0.7", []string{"https://10.0.0.7"}, "", true},
		{"10.0.0.7", []string{"https://10.0.0.7:443"}, "", true},
		{"10.0.0.7", []string{"http://10.0.0.7:443"}, "", false},
		{"10.0.0.7:80", []string{"http://10.0.0.7"}, "", true},
		{"[fe80::1]:8080", []string{"http://[fe80::1]:8080"}, "", true},
		{host, []string{"http://localhost"}, "cross-site", true},
		{host, []string{"https://LOCALHOST:3000"}, "", true},
		{host, []string{"http://127.0.0.1:9"}, "", true},
		{host, []string{"http://127.8.9.1"}, "", true},
		{host, []string{"http://[::1]:3000"}, "", true},
		{host, []string{"app://localhost"}, "", false},
		{host, []string{"http://localhost.evil.test"}, "", false},
		{host, []string{"http://127.0.0.1.evil.test"}, "", false},
		{host, []string{"http://127.0.0.1@evil.test"}, "", false},
		{host, []string{"http://evil.test/127.0.0.1"}, "", false},
		{host, []string{"https://allowed.example"}, "cross-site", true},
		{host, []string{"https://allowed.example:443"}, "", true},
		{host, []string{"http://allowed.example"}, "", false},
		{host, []string{"https://allowed.example:8443"}, "", false},
		{host, []string{"https://sub.allowed.example"}, "", false},
		{host, []string{"http://port.example:81"}, "", true},
		{host, []string{"http://port.example"}, "", false},
		{host, []string{"app://local"}, "", true},
		{host, []string{"http://later.example"}, "", true},
		{host, []string{"null"}, "", false},
		{host, []string{""}, "", false},
		{host, []string{"nonsense"}, "", false},
		{host, []string{"http://"}, "", false},
		{host, []string{"http://evil.test"}, "same-origin", false},
		{host, []string{"http://localhost", "http://localhost"}, "", false},
	}
	for _, tt := range tests {
		for _, method := range []string{"GET", "POST", "OPTIONS"} {
			r := httptest.NewRequest(method, "/demo/sse/send?clientId=X&content=c", nil)
			r.Host = tt.host
			r.Header["Origin"] = tt.origins
			if tt.site != "" {
				r.Header.Set("Sec-Fetch-Site", tt.site)
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if got := w.Code != 403; got != tt.want {
				t.Errorf("%s to %s, Origin %q, site %q: %d, want let in %v", method, tt.host, tt.origins, tt.site, w.Code, tt.want)
			}
			allow := ""
			if tt.want && len(tt.origins) > 0 {
				allow = tt.origins[0]
			}
			wantHeader(t, w.Header(), "Access-Control-Allow-Origin", allow) // on errors too: send answers 404
			wantHeader(t, w.Header(), "Access-Control-Expose-Headers", map[bool]string{true: "Retry-After"}[allow != ""])
			wantHeader(t, w.Header(), "Vary", "Origin")
		}
	}
	r := httptest.NewRequest("GET", "/demo/sse/close?clientId=X", nil)
	r.Host = host
	r.Header.Set("Origin", "null")
	w := httptest.NewRecorder()
	server.New(server.Config{Origins: []string{"null"}}).ServeHTTP(w, r)
	if w.Code != 200 {
		t.Errorf("null, named: %d", w.Code)
	}
}

func TestPreflightIsAnswered(t *testing.T) {
	s := server.New(server.Config{Token: "secret"})
	r := httptest.NewRequest("OPTIONS", "http://localhost/demo/sse/subscribe?clientId=X", nil)
	r.Header.Set("Origin", "http://localhost:3000")
	r.Header.Set("Access-Control-Request-Method", "GET")
	r.Header.Set("Access-Control-Request-Headers", "cache-control,x-requested-with")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 204 || w.Body.Len() > 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	wantHeader(t, w.Header(), "Access-Control-Allow-Origin", "http://localhost:3000")
	wantHeader(t, w.Header(), "Access-Control-Allow-Methods", "GET, POST")
	wantHeader(t, w.Header(), "Access-Control-Allow-Headers", "Last-Event-ID, Authorization, Content-Type, cache-control,x-requested-with")
	wantHeader(t, w.Header(), "Access-Control-Allow-Credentials", "true")
	wantHeader(t, w.Header(), "Access-Control-Max-Age", "600")
}

func TestTokenIsNeeded(t *testing.T) {
	form := []string{"Content-Type: application/x-www-form-urlencoded"}
	f := start(t, server.Config{Token: "s3cret+/="})
	for _, tt := range []struct {
		name, query, body string
		header            []string
		want              int
	}{
		{"header", "", "", []string{"Authorization: Bearer s3cret+/="}, 200},
		{"header, another case", "", "", []string{"Authorization: bEARER  s3cret+/= "}, 200},
		{"query", "&token=s3cret%2B/%3d", "", nil, 200},
		{"one of both", "&token=s3cret%2B/%3d", "", []string{"Authorization: Bearer other"}, 200},
		{"none", "", "", nil, 401},
		{"empty", "&token=", "", []string{"Authorization: Bearer "}, 401},
		{"its beginning", "&token=s3cret", "", nil, 401},
		{"another scheme", "", "", []string{"Authorization: Basic s3cret+/="}, 401},
		{"another", "", "", []string{"Authorization: Bearer s3cret+/=x"}, 401},
		{"in the body", "", "token=s3cret%2B/%3d", form, 401},
	} {
		status, answer := f.call("POST", f.url("close", "clientId=X"+tt.query), tt.body, tt.header...)
		if status != tt.want {
			t.Errorf("%s: %d %s, want %d", tt.name, status, answer, tt.want)
		}
	}
	res := f.do("GET", f.url("subscribe", "clientId=X"), "")
	wantHeader(t, res.Header, "WWW-Authenticate", "Bearer")
	if _, answer := f.finish(res); answer != `{"code":401,"msg":"a valid token is needed","data":null}` {
		t.Error(answer)
	}
	if n := f.notice(server.RefusedToken); n.Remote == "" {
		t.Errorf("notice %+v", n)
	}
	f.subscribe("X", "Authorization: Bearer s3cret+/=")
}

func TestRefusalsAreToldAndChangeNothing(t *testing.T) {
	f := start(t, server.Config{})
	s := f.subscribe("X")
	for _, path := range []string{"subscribe?clientId=Y", "subscribe?clientId=X", "send?clientId=X&content=evil", "close?clientId=X"} {
		url := "http://" + f.addr + "/demo/sse/" + path
		if status, _ := f.call("GET", url, "", "Origin: https://evil.test"); status != 403 {
			t.Errorf("%s from a foreign origin: %d", path, status)
		}
		if n := f.notice(server.RefusedOrigin); n.Origin != "https://evil.test" || n.Time.IsZero() || n.Remote == "" || n.Err == nil {
			t.Errorf("notice %+v", n)
		}
		if status, _ := f.call("POST", url, "", "Host: "+strings.Repeat("evil.", 100)); status != 403 {
			t.Errorf("%s to a foreign host: %d", path, status)
		}
		if n := f.notice(server.RefusedHost); !strings.HasPrefix(n.Host, "evil.evil") || len(n.Host) > 300 {
			t.Errorf("notice %+v", n)
		}
	}
	if n := f.server.Sessions(); n != 1 {
		t.Errorf("%d sessions", n)
	}
	f.send("X", "the only one")
	if b := s.message(); b.text() != "the only one" {
		t.Errorf("got %q", b.text())
	}
}

func TestValidOrigin(t *testing.T) {
	for text, want := range map[string]bool{
		"https://example.com": true, "http://[::1]:3000": true, "app://local": true, "null": true,
		"": false, "example.com": false, "example.com:80": false, "https://": false, "https://example.com/page": false, "*": false,
	} {
		if got := server.ValidOrigin(text); got != want {
			t.Errorf("ValidOrigin(%q) = %v", text, got)
		}
	}
}

func TestLoopbackOnly(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "127.1.2.3:0": true, "[::1]:8080": true, "localhost:8080": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "10.0.0.7:8080": false, "example.com:80": false, "": false, "127.0.0.1": false,
	} {
		if got := server.LoopbackOnly(addr); got != want {
			t.Errorf("LoopbackOnly(%q) = %v", addr, got)
		}
	}
}

func TestTokensDiffer(t *testing.T) {
	if a, b := server.NewToken(), server.NewToken(); a == b || len(a) < 26 {
		t.Errorf("%q, %q", a, b)
	}
}

func TestTakenPortIsAnError(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := server.New(server.Config{}).Listen(t.Context(), l.Addr().String()); err == nil {
		t.Error("no error")
	}
}
