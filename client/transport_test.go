package client

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

func TestEachWayThatTLSFailsHasItsOwnCause(t *testing.T) {
	const hour = time.Hour
	a, other := newAuthority(t), newAuthority(t)
	good, _, _ := a.issue(t, "localhost", -hour, hour)
	expired, _, _ := a.issue(t, "localhost", -2*hour, -hour)
	early, _, _ := a.issue(t, "localhost", hour, 2*hour)
	named, _, _ := a.issue(t, "internal.example", -hour, hour)
	_, certFile, keyFile := a.issue(t, "me", -hour, hour)
	_, strangeCert, strangeKey := other.issue(t, "stranger", -hour, hour)
	clients := x509.NewCertPool()
	clients.AddCert(a.cert)
	with := func(pair tls.Certificate, change func(*tls.Config)) *tls.Config {
		c := &tls.Config{Certificates: []tls.Certificate{pair}}
		if change != nil {
			change(c)
		}
		return c
	}
	wantsClient := func(c *tls.Config) { c.ClientAuth, c.ClientCAs = tls.RequireAndVerifyClientCert, clients }
	tls12 := func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }
	tls11 := func(c *tls.Config) { c.MaxVersion, c.MinVersion = tls.VersionTLS11, tls.VersionTLS10 }
	ca := endpoint.Connection{CAFile: a.file}
	for _, tt := range []struct {
		name       string
		config     *tls.Config
		connection endpoint.Connection
		want       record.Failure
		tls        string
	}{
		{"a private authority that is known", with(good, nil), ca, "", "TLS 1.3"},
		{"TLS 1.2 is enough", with(good, tls12), ca, "", "TLS 1.2"},
		{"an unknown authority", with(good, nil), endpoint.Connection{}, record.TLSAuthority, ""},
		{"another authority", with(good, nil), endpoint.Connection{CAFile: other.file}, record.TLSAuthority, ""},
		{"nothing is verified", with(expired, nil), endpoint.Connection{Insecure: true}, "", "TLS 1.3" + record.NotVerified},
		{"expired", with(expired, nil), ca, record.TLSExpired, ""},
		{"not valid yet", with(early, nil), ca, record.TLSNotYet, ""},
		{"another name", with(named, nil), ca, record.TLSName, ""},
		{"the name that is expected", with(named, nil), endpoint.Connection{CAFile: a.file, ServerName: "internal.example"}, "", "TLS 1.3"},
		{"the server is too old", with(good, tls11), ca, record.TLSVersion, ""},
		{"the server is too old for this target", with(good, tls12), endpoint.Connection{CAFile: a.file, MinTLS: "1.3"}, record.TLSVersion, ""},
		{"the client certificate is missing", with(good, wantsClient), ca, record.ClientCertRequired, ""},
		{"the client certificate is missing in TLS 1.2", with(good, func(c *tls.Config) { wantsClient(c); tls12(c) }), ca, record.ClientCertRequired, ""},
		{"the client certificate is accepted", with(good, wantsClient),
			endpoint.Connection{CAFile: a.file, CertFile: certFile, KeyFile: keyFile}, "", "TLS 1.3"},
		{"the client certificate is a stranger's", with(good, func(c *tls.Config) {
			wantsClient(c)
			c.ClientCAs = x509.NewCertPool()
			c.ClientCAs.AddCert(&x509.Certificate{RawSubject: other.cert.RawSubject, Raw: a.cert.Raw, PublicKey: a.cert.PublicKey})
		}), endpoint.Connection{CAFile: a.file, CertFile: strangeCert, KeyFile: strangeKey}, record.ClientCertRefused, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, engine := range Engines() {
				opened, ended, _ := first(t, at(serveTLS(t, tt.config.Clone(), false, serveHello), tt.connection), Options{Engine: engine})
				if opened.TLS != tt.tls || ended.Failure != tt.want || tt.want != "" && ended.Detail == "" {
					t.Errorf("%s: opened with %q, ended by %q: %s", engine, opened.TLS, ended.Failure, ended.Detail)
				}
			}
			c, _ := newClient(t)
			answer := c.Do(t.Context(), sending(at(serveTLS(t, tt.config.Clone(), false, serveHello), tt.connection), "alice", "x", nil))
			c.CloseIdleConnections()
			if answer.Failure != tt.want || answer.TLS != tt.tls {
				t.Errorf("a send got %q over %q: %s", answer.Failure, answer.TLS, answer.Detail)
			}
		})
	}
}

func TestAReplacedFileIsReadAgain(t *testing.T) {
	a, other := newAuthority(t), newAuthority(t)
	pair, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	url := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}}, false, serveHello)
	file := filepath.Join(t.TempDir(), "ca.pem")
	c, _ := newClient(t)
	for _, tt := range []struct {
		from string
		want record.Failure
	}{{other.file, record.TLSAuthority}, {a.file, ""}, {"", record.PEMNoCert}} {
		content := []byte("nothing")
		if tt.from != "" {
			content, _ = os.ReadFile(tt.from)
		}
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		got := c.Do(t.Context(), sending(at(url, endpoint.Connection{CAFile: file}), "alice", "x", nil))
		if got.Failure != tt.want || tt.want == record.PEMNoCert && !strings.Contains(got.Detail, file) {
			t.Errorf("got %q: %s, want %q", got.Failure, got.Detail, tt.want)
		}
	}
}

func TestTheHTTPVersionIsTheRequestedOne(t *testing.T) {
	a := newAuthority(t)
	pair, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	config := &tls.Config{Certificates: []tls.Certificate{pair}}
	both := serveTLS(t, config.Clone(), true, serveHello)
	old := serveTLS(t, config.Clone(), false, serveHello)
	silent := config.Clone()
	silent.NextProtos = []string{}
	noALPN := listen(t, func(c *net.TCPConn) {
		server := tls.Server(c, &tls.Config{Certificates: silent.Certificates})
		if server.Handshake() == nil {
			readRequest(server)
		}
	})
	_, port, _ := net.SplitHostPort(noALPN)
	plain := httptest.NewServer(http.HandlerFunc(serveHello))
	defer plain.Close()
	clear := httptest.NewUnstartedServer(http.HandlerFunc(serveHello))
	clear.Config.Protocols = &http.Protocols{}
	clear.Config.Protocols.SetUnencryptedHTTP2(true)
	clear.Start()
	defer clear.Close()
	for _, tt := range []struct {
		name, url, http, proto string
		want                   record.Failure
	}{
		{"automatic where HTTP/2 is offered", both, "", "HTTP/2.0", ""},
		{"automatic where it is not", old, "", "HTTP/1.1", ""},
		{"HTTP/1.1 where HTTP/2 is offered", both, "1.1", "HTTP/1.1", ""},
		{"HTTP/2 where it is offered", both, "2", "HTTP/2.0", ""},
		{"HTTP/2 where it is not", old, "2", "", record.NoHTTP2},
		{"HTTP/2 where nobody has heard of it", "https://localhost:" + port, "2", "", record.NoHTTP2},
		{"HTTP/2 without TLS", clear.URL, "2", "HTTP/2.0", ""},
		{"HTTP/2 without TLS where it is not spoken", plain.URL, "2", "", record.NoHTTP2},
		{"automatic without TLS", plain.URL, "", "HTTP/1.1", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			opened, ended, _ := first(t, at(tt.url, endpoint.Connection{CAFile: a.file, HTTP: tt.http}), Options{})
			if opened.Proto != tt.proto || ended.Failure != tt.want {
				t.Errorf("opened over %q, ended by %q: %s", opened.Proto, ended.Failure, ended.Detail)
			}
		})
	}
}

func TestEachTimeoutHasItsOwnCause(t *testing.T) {
	short := endpoint.Duration(50 * time.Millisecond)
	mute := listen(t, func(c *net.TCPConn) { io.Copy(io.Discard, c) }) // one connection at a time, until the client closes it
	quiet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer quiet.Close()
	a := newAuthority(t)
	pair, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	quiet2 := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}}, true, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	idle := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer idle.Close()
	for _, tt := range []struct {
		name, url  string
		connection endpoint.Connection
		want       record.Failure
	}{
		{"the handshake of TLS", "https://" + mute, endpoint.Connection{ConnectTimeout: short}, record.ConnectTimeout},
		{"the header", quiet.URL, endpoint.Connection{HeaderTimeout: short}, record.HeaderTimeout},
		{"the header over HTTP/2", quiet2, endpoint.Connection{HeaderTimeout: short, HTTP: endpoint.HTTP2, CAFile: a.file}, record.HeaderTimeout},
		{"the first byte", idle.URL, endpoint.Connection{IdleTimeout: short}, record.IdleTimeout},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for _, engine := range Engines() {
				if _, ended, _ := first(t, at(tt.url, tt.connection), Options{Engine: engine}); ended.Kind != record.End || ended.Failure != tt.want {
					t.Errorf("%s: %+v", engine, ended)
				}
			}
		})
	}
}

func TestSubscriptionsOverOneConnectionShareATransport(t *testing.T) {
	c, _ := newClient(t)
	one, err := c.route(endpoint.Connection{ConnectTimeout: 1, Compression: "br", IdleTimeout: 5, Redirects: "show"})
	if err != nil {
		t.Fatal(err)
	}
	two, _ := c.route(endpoint.Connection{ConnectTimeout: 1})
	three, _ := c.route(endpoint.Connection{})
	if one.own != two.own || one.own == three.own {
		t.Error("a transport is shared where it must not be, or not where it could")
	}
}
