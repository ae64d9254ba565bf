package client

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// hopping is a chain of servers, each of which records its requests.
type hopping struct{ seen []string }

func (h *hopping) serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(h.see(handler))
	t.Cleanup(server.Close)
	return server.URL
}

func (h *hopping) see(handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var secrets []string
		for name, values := range r.Header {
			if strings.Contains(strings.Join(values, ""), "sesame") {
				secrets = append(secrets, name)
			}
		}
		slices.Sort(secrets)
		h.seen = append(h.seen, fmt.Sprintf("%s %s %q %v", r.Method, r.URL.Path, body, secrets))
		handler(w, r)
	}
}

// withSecrets returns a request with secrets everywhere.
func withSecrets(url string) endpoint.Request {
	return endpoint.Request{Method: http.MethodPost, URL: url, Body: []byte("x"), Header: http.Header{
		"Authorization": {"Bearer sesame"}, "Cookie": {"s=sesame"}, "X-Api-Key": {"sesame"}, "X-Whatever": {"sesame"},
		"Content-Type": {"text/plain"}, "Accept-Language": {"zh"},
	}}
}

func TestCredentialsDoNotFollowARedirectToAnotherOrigin(t *testing.T) {
	const all = "[Authorization Cookie X-Api-Key X-Whatever]"
	for _, engine := range append(Engines(), "a send") {
		t.Run(engine, func(t *testing.T) {
			h := &hopping{}
			var a string
			b := h.serve(t, func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, a+"/back", http.StatusTemporaryRedirect)
			})
			a = h.serve(t, func(w http.ResponseWriter, r *http.Request) {
				switch r.URL.Path {
				case "/start":
					http.Redirect(w, r, "/here?token=sesame", http.StatusPermanentRedirect)
				case "/here":
					http.Redirect(w, r, b+"/other", http.StatusTemporaryRedirect)
				default:
					serveHello(w, r)
				}
			})
			e := Call{Request: withSecrets(a + "/start"), Masker: endpoint.NewMasker("sesame")} // nothing in the name X-Whatever shows a secret
			var records []record.Record
			if engine == "a send" {
				c, log := newClient(t)
				c.Do(t.Context(), sending(e, "alice", "x", nil))
				c.CloseIdleConnections()
				records = log.all()
			} else {
				_, _, records = first(t, e, Options{Engine: engine})
			}
			wantLines(t, h.seen, []string{
				`POST /start "x" ` + all, `POST /here "x" ` + all, `POST /other "x" []`, `POST /back "x" []`,
			})
			var hops []string
			for _, r := range records {
				if r.Kind == record.Redirect {
					hops = append(hops, fmt.Sprintf("%v: %d to %s %s without %q by %s", r.Call, r.Status, r.Method, r.URL, r.Data, r.Proto))
				}
			}
			call := record.Subscribe
			if engine == "a send" {
				call = record.Send
			}
			const left = `"Authorization, Cookie, X-Api-Key, X-Whatever"`
			wantLines(t, hops, []string{
				fmt.Sprintf(`%v: 308 to POST %s/here?token=••• without "" by HTTP/1.1`, call, a),
				fmt.Sprintf(`%v: 307 to POST %s/other without %s by HTTP/1.1`, call, b, left),
				fmt.Sprintf(`%v: 307 to POST %s/back without %s by HTTP/1.1`, call, a, left),
			})
			if strings.Contains(fmt.Sprint(records), "sesame") {
				t.Errorf("a secret is in a record: %v", records)
			}
		})
	}
}

func TestSameOrigin(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"http://h/a", "http://H:80/b", true},
		{"https://h/a", "https://h:443/b", true},
		{"http://h/", "https://h/", true},
		{"https://h/", "http://h/", false},
		{"http://h:8080/", "https://h/", false},
		{"http://h:8080/", "http://h:8081/", false},
		{"http://h/", "http://www.h/", false},
		{"http://www.h/", "http://h/", false},
	} {
		from, _ := url.Parse(tt.from)
		to, _ := url.Parse(tt.to)
		if sameOrigin(from, to) != tt.want {
			t.Errorf("from %s to %s: want %v", tt.from, tt.to, tt.want)
		}
	}
}

func TestCredentialsDoNotLeaveTLS(t *testing.T) {
	a := newAuthority(t)
	pair, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	h := &hopping{}
	plain := strings.Replace(h.serve(t, serveHello), "127.0.0.1", "localhost", 1)
	secure := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}}, true, h.see(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, plain+"/plain", http.StatusSeeOther)
	}))
	first(t, Call{Request: withSecrets(secure + "/tls"), Connection: endpoint.Connection{CAFile: a.file}}, Options{})
	wantLines(t, h.seen, []string{`POST /tls "x" [Authorization Cookie X-Api-Key X-Whatever]`, `GET /plain "" []`})
}

func TestShownRedirectsAreNotFollowed(t *testing.T) {
	h := &hopping{}
	server := h.serve(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://elsewhere/x?token=sesame", http.StatusFound)
	})
	e := at(server+"/start", endpoint.Connection{Redirects: endpoint.ShowRedirects})
	want := func(who string, r record.Record) {
		t.Helper()
		if r.Kind != record.Fail || r.Failure != record.Redirected || r.Status != 302 || r.Detail != "http://elsewhere/x?token=•••" ||
			http.Header(r.Header).Get("Location") != "http://elsewhere/x?token=•••" {
			t.Errorf("%s: %+v", who, r)
		}
	}
	for _, engine := range Engines() {
		_, ended, _ := first(t, e, Options{Engine: engine})
		want(engine, ended)
	}
	c, _ := newClient(t)
	want("a send", c.Do(t.Context(), sending(e, "alice", "x", nil)))
	if len(h.seen) != 4 {
		t.Errorf("the server saw %q", h.seen)
	}
}

func TestCookiesAreKeptOverReconnectsAndSharedWithSends(t *testing.T) {
	var seen []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Cookie"))
		switch len(seen) {
		case 1:
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "sesame", HttpOnly: true})
			http.SetCookie(w, &http.Cookie{Name: "soon", Value: "x", MaxAge: 100})
		case 2:
			http.SetCookie(w, &http.Cookie{Name: "soon", Value: "x", MaxAge: -1}) // expired
		case 3:
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "retry: 1\n\n")
	}))
	defer server.Close()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c, log := newClient(t)
	e := at(server.URL, endpoint.Connection{})
	e.Jar = jar
	s := c.Subscribe(t.Context(), as("alice", e), Options{})
	<-s.Done()
	c.Do(t.Context(), sending(e, "alice", "x", nil))
	e.Jar = nil
	c.Do(t.Context(), sending(e, "alice", "x", nil))
	c.CloseIdleConnections()
	wantLines(t, seen, []string{"", "session=sesame; soon=x", "session=sesame", "session=sesame", ""})
	if text := fmt.Sprint(log.all()); strings.Contains(text, "sesame") || !strings.Contains(text, "session=•••; HttpOnly") {
		t.Errorf("the records are %s", text)
	}
}

// TestAClientCertificateDoesNotFollowARedirectToAnotherOrigin redirects from a server
// that requests a client certificate to another one that does.
func TestAClientCertificateDoesNotFollowARedirectToAnotherOrigin(t *testing.T) {
	a := newAuthority(t)
	inside, _, _ := a.issue(t, "inside.example", -time.Hour, time.Hour)
	outside, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	_, certFile, keyFile := a.issue(t, "me", -time.Hour, time.Hour)
	var shown []int
	show := func(next http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			shown = append(shown, len(r.TLS.PeerCertificates))
			next(w, r)
		}
	}
	config := func(pair tls.Certificate) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{pair}, ClientAuth: tls.RequestClientCert}
	}
	other := serveTLS(t, config(outside), true, show(serveHello))
	start := serveTLS(t, config(inside), true, show(http.RedirectHandler(other+"/x", http.StatusFound).ServeHTTP))
	e := at(start, endpoint.Connection{CAFile: a.file, CertFile: certFile, KeyFile: keyFile, ServerName: "inside.example"})
	for _, engine := range Engines() {
		opened, ended, _ := first(t, e, Options{Engine: engine})
		if opened.Status != http.StatusOK {
			t.Errorf("%s: %+v", engine, ended)
		}
	}
	c, _ := newClient(t)
	if r := c.Do(t.Context(), sending(e, "alice", "x", nil)); r.Kind != record.Answer {
		t.Errorf("a send: %+v", r)
	}
	c.CloseIdleConnections()
	if want := []int{1, 0, 1, 0, 1, 0, 1, 0}; !slices.Equal(shown, want) {
		t.Errorf("the servers saw %v certificates, want %v", shown, want)
	}
}
