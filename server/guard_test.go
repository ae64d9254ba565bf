package server_test

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"strings"
	"testing"

	"sseconsole/server"
)

// asked is a request to the guard.
type asked struct {
	method string // "": GET
	path   string // "": a close
	host   string
	at     string // the address at which its connection was accepted; "": none known
	proto  string // "": HTTP/1.1
	header http.Header
}

// answer returns the response of s.
func (a asked) answer(s *server.Server) *httptest.ResponseRecorder {
	r := httptest.NewRequest(cmp.Or(a.method, "GET"), cmp.Or(a.path, "/demo/sse/close?clientId=X"), nil)
	r.Host, r.Header = a.host, a.header
	r.Proto = cmp.Or(a.proto, "HTTP/1.1")
	r.ProtoMajor, r.ProtoMinor, _ = http.ParseHTTPVersion(r.Proto)
	if a.at != "" {
		addr := net.TCPAddrFromAddrPort(netip.MustParseAddrPort(a.at))
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, addr))
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// expectPasses checks that s accepts a or, if want is false, refuses it with 403.
func (a asked) expectPasses(t *testing.T, s *server.Server, want bool) {
	t.Helper()
	if w := a.answer(s); w.Code == 403 == want {
		t.Errorf("%+v: %d %s, want accepted: %v", a, w.Code, w.Body, want)
	}
}

// header parses lines "Name: value".
func header(lines ...string) http.Header {
	h := make(http.Header)
	for _, line := range lines {
		name, value, _ := strings.Cut(line, ": ")
		h.Add(name, value)
	}
	return h
}

func machineName(t *testing.T) (name, short string) {
	t.Helper()
	name, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	short, _, _ = strings.Cut(name, ".")
	return name, short
}

func TestOnlyKnownHostsAreServed(t *testing.T) {
	name, short := machineName(t)
	const loopback, lan, linkLocal, mapped = "127.0.0.1:8080", "10.0.0.7:8080", "[fe80::1%eth0]:8080", "[::ffff:10.0.0.7]:8080"
	s := server.New(server.Config{Hosts: []string{"Console.Example:8080", "10.example.", "192.0.2.1", "[2001:DB8:0::1]", "0.0.0.0", "::", "::ffff:7f00:1"},
		Origins: []string{"https://allowed.example"}})
	for _, tt := range []struct {
		at    string
		hosts []string
		want  bool
	}{
		{loopback, []string{"127.0.0.1", "127.0.0.1:8080", "127.0.0.1.:80", "127.8.9.1", "[::1]", "[::1]:8080", "[0:0:0:0:0:0:0:1]"}, true},
		{loopback, []string{"localhost", "LOCALHOST:8080", "localhost.", "localhost.:8080", "app.localhost:3000", "a.b.localhost"}, true},
		{loopback, []string{"console.example", "console.example:9", "CONSOLE.EXAMPLE.", "10.example", "192.0.2.1:80", "[2001:db8::1]:80"}, true},
		// The address of the connection, and no other.
		{lan, []string{"10.0.0.7", "10.0.0.7:8080", "10.0.0.7:1", "10.0.0.7."}, true},
		{mapped, []string{"10.0.0.7:8080"}, true}, // of a listener for IPv4 and IPv6
		{linkLocal, []string{"[fe80::1]:8080", "[FE80:0::1]"}, true},
		{lan, []string{"10.0.0.8", "[fe80::1]:8080", "192.0.2.2"}, false},
		{loopback, []string{"10.0.0.7", "10.0.0.7:8080", "[fe80::1]:80", "[2001:db8::2]"}, false},
		{"", []string{"10.0.0.7", "8.8.8.8"}, false},
		// The machine's name, if other machines can call it.
		{lan, []string{name, short, short + ".local", strings.ToUpper(short) + ".Local:8080"}, true},
		{loopback, []string{name, short + ".local"}, false},
		{"", []string{name, short + ".local"}, false},
		// Addresses that lead here but that only pages use, whatever -host says.
		{loopback, []string{"0.0.0.0", "0.0.0.0:8080", "[::]:8080", "[::ffff:127.0.0.1]:8080", "[::ffff:7f00:1]:8080", "[::FFFF:7F00:1]", "[::7f00:1]"}, false},
		{"0.0.0.0:8080", []string{"0.0.0.0:8080"}, false},
		{mapped, []string{"[::ffff:10.0.0.7]:8080", "[::ffff:a00:7]:8080"}, false},
		{linkLocal, []string{"[fe80::1%eth0]:8080", "[fe80::1%25eth0]:8080", "[::1%25lo]:8080"}, false},
		{loopback, []string{"2130706433", "0x7f.1", "0x7f000001", "127.1", "0177.0.0.1", "127.0.0.01", "[64:ff9b::7f00:1]"}, false},
		{loopback, []string{"", ".", ":8080", "evil.test", "evil.test:8080", "localhost.evil.test", "notlocalhost", "127.0.0.1.evil.test", "1.2.3.4.5",
			"console.example.evil.test", "localhost:8080:8080", "[::1].evil.test", "evil.test:127.0.0.1", short + ".local.evil.test",
			"allowed.example", "localhost, evil.test", "evil.test@localhost"}, false},
	} {
		for _, host := range tt.hosts {
			asked{host: host, at: tt.at}.expectPasses(t, s, tt.want)
			asked{host: host, at: tt.at, proto: "HTTP/2.0"}.expectPasses(t, s, tt.want) // Go puts :authority there
		}
	}
	asked{proto: "HTTP/1.0"}.expectPasses(t, s, true) // it knows no Host
	asked{proto: "HTTP/1.0", host: "evil.test"}.expectPasses(t, s, false)
}

func TestTheMachineIsCalledByItsNameIfOthersCanCallIt(t *testing.T) {
	name, _ := machineName(t)
	for listen, want := range map[string]int{"127.0.0.1:0": 403, "0.0.0.0:0": 200} {
		f := startAt(t, listen, server.Config{})
		_, port, _ := net.SplitHostPort(f.addr)
		// The connection is over loopback, since a name may lead there.
		if status, answer := f.call("GET", "http://127.0.0.1:"+port+"/demo/sse/close?clientId=X", "", "Host: "+name); status != want {
			t.Errorf("listening on %s: %d %s, want %d", listen, status, answer, want)
		}
	}
}

func TestTheOriginDecidesIfThereIsOne(t *testing.T) {
	const host, at = "10.0.0.7:8080", "10.0.0.7:8080"
	s := server.New(server.Config{Hosts: []string{"console.test", "fe80::1"}, Token: "secret",
		Origins: []string{"https://Allowed.example/", "http://port.example:81", "app://local", "nonsense"}})
	s.AllowOrigin("http://later.example")
	for _, tt := range []struct {
		host    string
		origins []string
		want    bool
	}{
		{host, []string{"http://10.0.0.7:8080"}, true},
		{host, []string{"https://10.0.0.7:8080"}, true}, // behind a proxy that ends TLS
		{host, []string{"http://10.0.0.7"}, false},
		{host, []string{"http://10.0.0.7:8081"}, false},
		{host, []string{"app://10.0.0.7:8080"}, false},
		{"10.0.0.7", []string{"http://10.0.0.7"}, true},
		{"10.0.0.7", []string{"https://10.0.0.7"}, true},
		{"10.0.0.7", []string{"https://10.0.0.7:443"}, true},
		{"10.0.0.7", []string{"http://10.0.0.7:443"}, false},
		{"10.0.0.7:80", []string{"http://10.0.0.7"}, true},
		{"[fe80::1]:8080", []string{"http://[fe80::1]:8080"}, true},
		{"console.test:8080", []string{"http://console.test:8080"}, true},
		{"console.test:8080", []string{"http://10.0.0.7:8080"}, false},
		{host, []string{"http://localhost"}, true},
		{host, []string{"https://LOCALHOST:3000"}, true},
		{host, []string{"http://app.localhost:3000"}, true},
		{host, []string{"http://127.0.0.1:9"}, true},
		{host, []string{"http://127.8.9.1"}, true},
		{host, []string{"http://[::1]:3000"}, true},
		{host, []string{"http://0.0.0.0:8080"}, false},
		{host, []string{"http://[::ffff:7f00:1]:8080"}, false},
		{host, []string{"app://localhost"}, false},
		{host, []string{"http://localhost.evil.test"}, false},
		{host, []string{"http://127.0.0.1.evil.test"}, false},
		{host, []string{"http://127.0.0.1@evil.test"}, false},
		{host, []string{"http://evil.test/127.0.0.1"}, false},
		{host, []string{"https://allowed.example"}, true},
		{host, []string{"https://allowed.example:443"}, true},
		{host, []string{"http://allowed.example"}, false},
		{host, []string{"https://allowed.example:8443"}, false},
		{host, []string{"https://sub.allowed.example"}, false},
		{host, []string{"http://port.example:81"}, true},
		{host, []string{"http://port.example"}, false},
		{host, []string{"app://local"}, true},
		{host, []string{"http://later.example"}, true},
		{host, []string{"null"}, false},
		{host, []string{""}, false},
		{host, []string{"nonsense"}, false},
		{host, []string{"http://"}, false},
		{host, []string{"http://evil.test"}, false},
		{host, []string{"http://localhost", "http://localhost"}, false},
		{host, []string{"http://localhost, http://localhost"}, false},
		{host, []string{"http://localhost", "http://evil.test"}, false},
	} {
		for _, method := range []string{"GET", "POST", "OPTIONS"} {
			// With an Origin, no other header matters.
			for _, more := range []http.Header{
				nil,
				header("Sec-Fetch-Site: same-origin", "X-SSE-Console: 1", "Authorization: Bearer secret", "User-Agent: curl/8.0", "Referer: http://10.0.0.7:8080/"),
				header("Sec-Fetch-Site: cross-site", "User-Agent: "+mozilla, "Referer: http://evil.test/"),
			} {
				a := asked{method: method, path: "/demo/sse/send?clientId=X&content=c", host: tt.host, at: at, header: http.Header{"Origin": tt.origins}}
				maps.Copy(a.header, more)
				a.expectPasses(t, s, tt.want)
				allow := ""
				if tt.want {
					allow = tt.origins[0]
				}
				h := a.answer(s).Header()
				wantHeader(t, h, "Access-Control-Allow-Origin", allow) // on errors too: send answers 404
				wantHeader(t, h, "Access-Control-Expose-Headers", map[bool]string{true: "Retry-After"}[tt.want])
				wantHeader(t, h, "Vary", "Origin")
			}
		}
	}
	asked{host: host, at: at, header: header("Origin: null")}.expectPasses(t, server.New(server.Config{Origins: []string{"null"}}), true)
}

const mozilla = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"

func TestWithoutAnOriginSecFetchSiteDecides(t *testing.T) {
	s := server.New(server.Config{Hosts: []string{"console.test"}, Token: "secret", Origins: []string{"https://allowed.example"}})
	document := []string{"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}
	frame := []string{"Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}
	const page = "/?token=secret"
	for _, tt := range []struct {
		sites              []string
		method, path, host string
		more               []string
		want               bool
	}{
		{[]string{"same-origin"}, "GET", "", "localhost", nil, true},
		{[]string{"same-origin"}, "GET", "", "console.test", nil, true},
		{[]string{"none"}, "GET", "", "localhost", document, true},
		{[]string{"same-site"}, "GET", "", "localhost:8080", nil, true}, // a page of another port
		{[]string{"same-site"}, "GET", "", "app.localhost", nil, true},
		{[]string{"same-site"}, "GET", "", "[::1]:8080", nil, true},
		{[]string{"same-site"}, "GET", "", "console.test", nil, false},
		{[]string{"same-site"}, "GET", page, "console.test", document, false},
		{[]string{"cross-site"}, "GET", "", "localhost", nil, false},
		{[]string{"cross-site"}, "GET", "", "localhost", document, false},
		{[]string{"cross-site"}, "POST", "", "localhost", document, false},
		{[]string{"cross-site"}, "GET", page, "localhost", document, true}, // a link
		{[]string{"cross-site"}, "GET", page, "localhost", frame, false},
		{[]string{"cross-site"}, "GET", page, "localhost", nil, false},
		{[]string{"cross-site"}, "HEAD", page, "localhost", document, false},
		{[]string{"cross-site"}, "GET", "/demo/sse/sessions", "localhost", document, false},
		{[]string{"cross-site"}, "GET", "/demo/sse/metrics", "localhost", document, false},
		{[]string{"cross-site"}, "GET", "/demo/sse/faults", "localhost", nil, false},
		{[]string{"cross-site"}, "GET", "/no/such/call", "localhost", nil, false},
		{[]string{"Cross-Site"}, "GET", "", "localhost", nil, false},
		{[]string{"Same-Origin"}, "GET", "", "localhost", nil, false},
		{[]string{""}, "GET", "", "localhost", nil, false},
		{[]string{"nonsense"}, "GET", "", "localhost", nil, false},
		{[]string{"same-origin", "same-origin"}, "GET", "", "localhost", nil, false},
		{[]string{"same-origin", "cross-site"}, "GET", "", "localhost", nil, false},
		{[]string{"same-origin, cross-site"}, "GET", "", "localhost", nil, false},
	} {
		// With Sec-Fetch-Site, the headers of later rules do not matter.
		for _, more := range []http.Header{
			header("User-Agent: " + mozilla),
			header("User-Agent: curl/8.0", "X-SSE-Console: 1", "Authorization: Bearer secret", "Referer: https://allowed.example/"),
		} {
			a := asked{method: tt.method, path: tt.path, host: tt.host, header: header(tt.more...)}
			a.header["Sec-Fetch-Site"] = tt.sites
			maps.Copy(a.header, more)
			a.expectPasses(t, s, tt.want)
		}
	}
}

func TestWithoutBothBrowsersNeedMore(t *testing.T) {
	s := server.New(server.Config{Hosts: []string{"console.test"}, Origins: []string{"https://allowed.example", "null"}, Token: "secret"})
	const host, page, opera = "console.test:8080", "/", "Opera/9.80 (X11; Linux x86_64) Presto/2.12.388"
	for _, tt := range []struct {
		name, method, path string
		header             []string
		want               bool
	}{
		{"nothing", "GET", "", []string{"User-Agent: " + mozilla}, false},
		{"a stream is asked for", "GET", "", []string{"User-Agent: " + mozilla, "Accept: text/event-stream"}, false},
		{"posted", "POST", "", []string{"User-Agent: " + mozilla}, false},
		{"sessions", "GET", "/demo/sse/sessions", []string{"User-Agent: " + mozilla}, false},
		{"metrics", "GET", "/smilex/open/sse/metrics", []string{"User-Agent: " + mozilla}, false},
		{"OPTIONS", "OPTIONS", "", []string{"User-Agent: " + mozilla, "Access-Control-Request-Method: GET"}, false},
		// Rule 4 of docs/guard.md.
		{"token", "GET", "", []string{"User-Agent: " + mozilla, "Authorization: Bearer secret"}, true},
		{"token in the query", "GET", "/demo/sse/close?clientId=X&token=secret", []string{"User-Agent: " + mozilla}, true},
		{"wrong token", "GET", "", []string{"User-Agent: " + mozilla, "Authorization: Bearer secre"}, false},
		{"empty token", "GET", "/demo/sse/close?clientId=X&token=", []string{"User-Agent: " + mozilla}, false},
		{"X-SSE-Console", "GET", "", []string{"User-Agent: " + mozilla, "X-SSE-Console: 1"}, true},
		{"X-SSE-Console, empty", "GET", "", []string{"User-Agent: " + mozilla, "X-SSE-Console: "}, true},
		{"another header", "GET", "", []string{"User-Agent: " + mozilla, "X-Requested-With: XMLHttpRequest"}, false},
		// Rule 5.
		{"no User-Agent", "GET", "", nil, true},
		{"curl", "GET", "", []string{"User-Agent: curl/8.0", "Accept: */*"}, true},
		{"Go", "POST", "", []string{"User-Agent: Go-http-client/1.1"}, true},
		{"Node", "GET", "", []string{"User-Agent: node", "Sec-Fetch-Mode: cors", "Accept-Language: *"}, true},
		{"the console", "GET", "", []string{"User-Agent: SSEConsole/1"}, true},
		{"a tool that names a browser", "GET", "", []string{"User-Agent: tool (like Mozilla/5.0)"}, true},
		{"Opera", "GET", "", []string{"User-Agent: " + opera}, false},
		{"Safari's player", "GET", "", []string{"User-Agent: AppleCoreMedia/1.0.0.22A (Macintosh; U; Intel Mac OS X)"}, false},
		{"Safari's icons", "GET", "", []string{"User-Agent: Safari/19618.1.15 CFNetwork/1494.0.7 Darwin/23.4.0"}, false},
		{"the icons of Safari on a phone", "GET", "", []string{"User-Agent: MobileSafari/8617.1 CFNetwork/1494.0.7 Darwin/23.4.0"}, false},
		{"two, one a browser's", "GET", "", []string{"User-Agent: curl/8.0", "User-Agent: " + mozilla}, false},
		// Rule 6.
		{"from the page", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://console.test:8080/?token=secret#x"}, true},
		{"from this machine", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://localhost:3000/page"}, true},
		{"from an allowed page", "GET", "", []string{"User-Agent: " + mozilla, "Referer: https://allowed.example/a/b?c=%zz"}, true},
		{"from an allowed origin", "POST", "", []string{"User-Agent: " + mozilla, "Referer: https://allowed.example"}, true},
		{"from a foreign page", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://evil.test/"}, false},
		{"from another port", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://console.test:8081/"}, false},
		{"from a page that names others", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://evil.test/http://localhost/"}, false},
		{"from another one", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://evil.test?http://localhost/"}, false},
		{"with a user", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://localhost@evil.test/"}, false},
		{"backslash", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://evil.test\\@localhost/"}, false},
		{"null", "GET", "", []string{"User-Agent: " + mozilla, "Referer: null"}, false},
		{"null with slashes", "GET", "", []string{"User-Agent: " + mozilla, "Referer: null://"}, false},
		{"empty", "GET", "", []string{"User-Agent: " + mozilla, "Referer: "}, false},
		{"two", "GET", "", []string{"User-Agent: " + mozilla, "Referer: http://localhost/", "Referer: http://localhost/"}, false},
		{"to the page", "GET", page, []string{"User-Agent: " + mozilla}, true},
		{"to the page from elsewhere", "GET", page, []string{"User-Agent: " + mozilla, "Referer: http://evil.test/"}, true},
		{"posted to the page", "POST", page, []string{"User-Agent: " + mozilla}, false},
		{"beside the page", "GET", "//", []string{"User-Agent: " + mozilla}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			asked{method: tt.method, path: tt.path, host: host, header: header(tt.header...)}.expectPasses(t, s, tt.want)
		})
	}
	// Without a token of the server, an empty one does not count.
	asked{host: host, path: "/demo/sse/close?clientId=X&token=", header: header("User-Agent: "+mozilla, "Authorization: Bearer ")}.
		expectPasses(t, server.New(server.Config{Hosts: []string{"console.test"}}), false)
}

func TestARefusalNamesTheRemedy(t *testing.T) {
	s := server.New(server.Config{Hosts: []string{"console.test"}})
	for _, tt := range []struct {
		asked
		want []string
	}{
		{asked{host: "0.0.0.0:8080", at: "127.0.0.1:8080"}, []string{"call it at http://localhost:8080,", "-host"}},
		{asked{host: "evil.test", at: "10.0.0.7:80"}, []string{"call it at http://10.0.0.7:80,"}},
		{asked{host: "evil.test:9000", at: "[2001:db8::1]:8080"}, []string{"call it at http://[2001:db8::1]:9000,"}},
		{asked{host: "evil.test:nonsense"}, []string{"call it at http://localhost:80,"}},
		{asked{host: "localhost:8080", header: header("Origin: http://evil.test")}, []string{"http://localhost:8080/,", "-origin"}},
		{asked{host: "localhost:8080", header: header("Origin: a", "Origin: b")}, []string{"send one"}},
		{asked{host: "localhost:8080", header: header("Sec-Fetch-Site: cross-site")}, []string{"http://localhost:8080/,", "fetch or EventSource", "-origin"}},
		{asked{host: "console.test:8080", header: header("User-Agent: " + mozilla)}, []string{"http://console.test:8080/,", "token", "X-SSE-Console"}},
	} {
		var answer struct {
			Code int
			Msg  string
			Data any
		}
		w := tt.answer(s)
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != 403 || answer.Code != 403 || answer.Data != nil {
			t.Errorf("%+v: %d %s: %v", tt.asked, w.Code, w.Body, err)
		}
		for _, want := range tt.want {
			if !strings.Contains(answer.Msg, want) {
				t.Errorf("%+v: %s, want %q in it", tt.asked, answer.Msg, want)
			}
		}
	}
}

func TestAForeignPageIsPromisedNothing(t *testing.T) {
	s := server.New(server.Config{Origins: []string{"https://allowed.example"}})
	for _, origin := range []string{"http://evil.test", "null", "https://sub.allowed.example"} {
		for _, asks := range []string{"x-sse-console", "user-agent", "authorization,x-sse-console"} {
			w := asked{method: "OPTIONS", host: "localhost", header: header("Origin: "+origin, "User-Agent: "+mozilla,
				"Access-Control-Request-Method: GET", "Access-Control-Request-Headers: "+asks, "X-SSE-Console: 1")}.answer(s)
			if w.Code != 403 {
				t.Errorf("%s asks for %s: %d", origin, asks, w.Code)
			}
			for name := range w.Header() {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s asks for %s: %s: %s", origin, asks, name, w.Header().Get(name))
				}
			}
		}
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
	if _, answer := f.finish(res); answer != `{"code":401,"msg":"a valid token is required","data":null}` {
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

func TestValidHost(t *testing.T) {
	for text, want := range map[string]bool{
		"example.com": true, "example.com:80": true, "10.0.0.7": true, "[2001:db8::1]:80": true, "2001:db8::1": true, "localhost": true,
		"": false, ".": false, ":80": false, "http://example.com": false, "example.com/": false, "a b": false,
		"0.0.0.0": false, "0.0.0.0:80": false, "::": false, "[::]:80": false, "::ffff:10.0.0.7": false, "fe80::1%eth0": false,
	} {
		if got := server.ValidHost(text); got != want {
			t.Errorf("ValidHost(%q) = %v", text, got)
		}
	}
}

func TestLoopbackOnly(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "127.1.2.3:0": true, "[::1]:8080": true, "localhost:8080": true,
		"app.localhost:80": false, ":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "10.0.0.7:8080": false, "example.com:80": false, "": false, "127.0.0.1": false,
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
