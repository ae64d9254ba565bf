package client

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// noted serves each path with its handler and records the requests.
func noted(t *testing.T, serve map[string]http.HandlerFunc) (server *httptest.Server, requests func() []*http.Request) {
	t.Helper()
	var mu sync.Mutex
	var all []*http.Request
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		all = append(all, r)
		mu.Unlock()
		if serve[r.URL.Path] == nil {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		serve[r.URL.Path](w, r)
	}))
	t.Cleanup(server.Close)
	return server, func() []*http.Request {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(all)
	}
}

// sends is a stream that ends.
func sends(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, body)
	}
}

func goesTo(address string, status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, address, status) }
}

// whole runs a subscription until it ends and returns its records.
func whole(t *testing.T, call Call, o Options) []record.Record {
	t.Helper()
	log := newLog()
	c := Client{Record: log.add}
	defer c.CloseIdleConnections()
	<-c.Subscribe(t.Context(), call, o).Done()
	return log.all()
}

func TestAReconnectGoesWhereRedirectsLedAndTakesNoCredentialsElsewhere(t *testing.T) {
	var once sync.Once
	other, elsewhere := noted(t, map[string]http.HandlerFunc{"/moved": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		once.Do(func() { io.WriteString(w, "retry: 1\nid: 1\ndata: x\n\n") })
		if r.Header.Get("Last-Event-ID") != "" {
			w.Header().Set("Content-Type", "text/plain")
		}
	}})
	first, here := noted(t, map[string]http.HandlerFunc{"/a": goesTo("/b", 302), "/b": goesTo(other.URL+"/moved", 307)})
	call := at(first.URL+"/a", endpoint.Connection{})
	call.Request.Header = http.Header{"Authorization": {"Bearer sesame"}, "Accept-Language": {"zh"}}
	records := whole(t, call, Options{})
	if n := len(here()); n != 2 {
		t.Errorf("the first server got %d requests, want 2", n)
	}
	got := elsewhere()
	if len(got) != 2 || got[1].URL.Path != "/moved" || got[1].Header.Get("Last-Event-ID") != "1" || got[1].Header.Get("Accept-Language") != "zh" {
		t.Fatalf("the second server got %v", got)
	}
	for _, r := range got {
		if r.Header.Get("Authorization") != "" {
			t.Error("credentials went elsewhere")
		}
	}
	var urls []string
	for _, r := range records {
		if r.Kind == record.Subscribe {
			urls = append(urls, r.URL)
		}
	}
	if want := []string{first.URL + "/a", other.URL + "/moved"}; !slices.Equal(urls, want) {
		t.Errorf("requested %q, want %q", urls, want)
	}
}

func TestFromOneForeignOriginToAnotherTheOriginIsNull(t *testing.T) {
	last, third := noted(t, nil)
	other, second := noted(t, map[string]http.HandlerFunc{"/b": goesTo("/c", 302), "/c": goesTo(last.URL+"/d", 302)})
	page, first := noted(t, map[string]http.HandlerFunc{"/a": goesTo(other.URL+"/b", 302)})
	whole(t, at(page.URL+"/a", endpoint.Connection{}), Options{Origin: page.URL})
	var got []string
	for _, r := range slices.Concat(first(), second(), third()) {
		got = append(got, r.URL.Path+" "+strings.Replace(r.Header.Get("Origin"), page.URL, "page", 1))
	}
	if want := []string{"/a page", "/b page", "/c page", "/d null"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCookiesComeBackAtTheReconnectButNotFromAPageOfAnotherOrigin(t *testing.T) {
	for origin, want := range map[string]string{"": "k=v", "http://page.example": ""} {
		server, requests := noted(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Last-Event-ID") != "" {
				w.WriteHeader(http.StatusNoContent)
				return
			}
			http.SetCookie(w, &http.Cookie{Name: "k", Value: "v"})
			w.Header().Add("Set-Cookie", "everywhere=x; SameSite=None")
			sends("retry: 1\nid: 1\ndata: x\n\n")(w, r)
		}})
		spec := endpoint.Stream(server.URL + "/")
		spec.Cookies = true
		c := Client{Record: func(record.Record) {}}
		call, err := c.Resolve(&spec, record.Subscribe, endpoint.Values{})
		if err != nil {
			t.Fatal(err)
		}
		<-c.Subscribe(t.Context(), call, Options{Origin: origin}).Done()
		c.CloseIdleConnections()
		if got := requests(); len(got) != 2 || got[1].Header.Get("Cookie") != want {
			t.Errorf("origin %q: the reconnect brought %q, want %q", origin, got[1].Header.Get("Cookie"), want)
		}
	}
}

func TestOtherCharsetsThanUTF8AreRefusedAsInChromium(t *testing.T) {
	for value, want := range map[string]record.Failure{
		"text/event-stream;charset=utf8": record.BadCharset, "text/event-stream; charset=GBK": record.BadCharset, `text/event-stream; charset="utf-8"`: "",
		"text/event-stream; charset=utf-8; charset=gbk": "", "text/event-stream; charset=": "",
	} {
		if got := refusal(response(http.StatusOK, value, http.NoBody)); got != want {
			t.Errorf("%s: got %q, want %q", value, got, want)
		}
	}
}

// serveRawTLS answers every connection with the same bytes.
func serveRawTLS(t *testing.T, pair tls.Certificate, answer string) string {
	t.Helper()
	address := listen(t, func(c *net.TCPConn) {
		secured := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{pair}})
		if _, err := http.ReadRequest(bufio.NewReader(secured)); err != nil {
			t.Error(err)
			return
		}
		io.WriteString(secured, answer)
		io.Copy(io.Discard, secured)
	})
	_, port, _ := net.SplitHostPort(address)
	return "https://localhost:" + port
}

func TestAnOddHeadIsReadAndReportedOverHTTPAndTLS(t *testing.T) {
	const answer = "HTTP/1.1 200 OK\r\nContent-Type : text/event-stream\r\nleft over\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n9\ndata: x\n\n\n"
	plain := "http://" + listen(t, func(c *net.TCPConn) {
		readRequest(c)
		io.WriteString(c, answer)
		io.Copy(io.Discard, c)
	})
	authority := newAuthority(t)
	pair, _, _ := authority.issue(t, "localhost", -time.Hour, time.Hour)
	secured := serveRawTLS(t, pair, answer)
	for _, call := range []Call{at(plain, endpoint.Connection{}), at(secured, endpoint.Connection{CAFile: authority.file})} {
		log := newLog()
		c := Client{Record: log.add}
		s := c.Subscribe(t.Context(), call, Options{})
		log.await(t, record.Event, 1)
		s.Cancel(nil)
		<-s.Done()
		c.CloseIdleConnections()
		for _, r := range log.all() {
			if r.Kind != record.Open {
				continue
			}
			for _, want := range []string{"whitespace before the colon of Content-Type", `"left over" has no colon`, `Transfer-Encoding is "chunked, chunked"`} {
				if !strings.Contains(r.Detail, want) {
					t.Errorf("%q is not in %q", want, r.Detail)
				}
			}
			if got := r.Header["Transfer-Encoding"]; len(got) != 2 {
				t.Errorf("Transfer-Encoding is shown as %q", got)
			}
			if tls := strings.HasPrefix(call.Request.URL, "https"); tls != (r.TLS != "") {
				t.Errorf("%s: TLS is %q", call.Request.URL, r.TLS)
			}
		}
	}
}

func TestThePathIsSentAsTypedAlsoThroughAProxy(t *testing.T) {
	const target = "/a+b%20c/%zz?~!*(&q=a+b&x=%zz"
	seen := make(chan string, 2)
	address := listen(t, func(c *net.TCPConn) {
		buffer := make([]byte, 4096)
		n, _ := c.Read(buffer)
		line, _, _ := strings.Cut(string(buffer[:n]), "\r\n")
		seen <- line
		io.WriteString(c, "HTTP/1.1 204 No Content\r\n\r\n")
	})
	whole(t, at("http://"+address+target, endpoint.Connection{}), Options{MaxReconnects: -1})
	if got, want := <-seen, "GET "+target+" HTTP/1.1"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	whole(t, at("http://host.example:81"+target, endpoint.Connection{Proxy: "http://" + address}), Options{MaxReconnects: -1})
	if got, want := <-seen, "GET http://host.example:81"+target+" HTTP/1.1"; got != want {
		t.Errorf("sent %q to the proxy, want %q", got, want)
	}
}

func TestAcceptEncodingIsThatOfChromium(t *testing.T) {
	for address, want := range map[string]string{
		"http://localhost/": "gzip, deflate, br, zstd", "http://127.0.0.9/": "gzip, deflate, br, zstd", "http://[::1]:9/": "gzip, deflate, br, zstd",
		"https://h/": "gzip, deflate, br, zstd", "http://h/": "gzip, deflate", "http://192.168.0.1/": "gzip, deflate",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		s := Subscription{options: Options{Compressed: true}}
		if got := s.codings(u); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
		s.call.Connection.Compression = "br"
		if got := s.codings(u); got != "br" {
			t.Errorf("the target wants br, Accept-Encoding is %q", got)
		}
	}
}

func TestOnlyTheFirstMemberOfGzipIsRead(t *testing.T) {
	server, _ := noted(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Content-Encoding", "gzip")
		for n := range 2 {
			z := compress("gzip", w)
			fmt.Fprintf(z, "data: %d\n\n", n)
			z.(io.Closer).Close()
		}
	}})
	var events []string
	said := false
	for _, r := range whole(t, at(server.URL+"/", endpoint.Connection{}), Options{MaxReconnects: -1}) {
		if r.Kind == record.Event {
			events = append(events, r.Data)
		}
		said = said || r.Notice() == record.NoticeGzipEnded
		if r.Kind == record.End && r.By != record.ByServer {
			t.Errorf("ended by %s: %s", r.By, r.Detail)
		}
	}
	if !slices.Equal(events, []string{"0"}) || !said {
		t.Errorf("got %q, notice of the rest: %v; Chromium reads only the first", events, said)
	}
}
