package client

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/mask"
	"sseconsole/client/record"
)

const (
	proxyUser     = "tester"
	proxyPassword = "open sesame"
)

// webProxy is an HTTP proxy with a password. Every host except forbidden.example
// resolves to this machine.
type webProxy struct{ passed atomic.Int64 }

func (p *webProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	check := http.Request{Header: http.Header{"Authorization": r.Header["Proxy-Authorization"]}}
	if user, password, _ := check.BasicAuth(); user != proxyUser || password != proxyPassword {
		w.Header().Set("Proxy-Authenticate", `Basic realm="test"`)
		http.Error(w, "who are you", http.StatusProxyAuthRequired)
		return
	}
	if strings.HasPrefix(r.Host, "forbidden.example") {
		http.Error(w, "no", http.StatusForbidden)
		return
	}
	p.passed.Add(1)
	there, err := net.Dial("tcp", r.Host)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer there.Close()
	if r.Method != http.MethodConnect {
		r.Header.Del("Proxy-Authorization")
		r.Header.Set("Connection", "close")
		r.Write(there)
	}
	here, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer here.Close()
	if r.Method == http.MethodConnect {
		io.WriteString(here, "HTTP/1.1 200 Connection established\r\n\r\n")
	}
	join(here, there)
}

// join copies both ways until one side ends.
func join(a, b net.Conn) {
	done := make(chan struct{}, 2)
	for _, pair := range [][2]net.Conn{{a, b}, {b, a}} {
		go func() {
			io.Copy(pair[0], pair[1])
			done <- struct{}{}
		}()
	}
	<-done
	a.Close()
	b.Close()
	<-done
}

// serveSOCKS serves one connection as a SOCKS5 proxy with a password (RFC 1928 and
// 1929).
func serveSOCKS(here net.Conn) {
	in := bufio.NewReader(here)
	read := func(n int) []byte {
		b := make([]byte, n)
		io.ReadFull(in, b)
		return b
	}
	if methods := read(int(read(2)[1])); !strings.ContainsRune(string(methods), 2) {
		here.Write([]byte{5, 0xFF})
		return
	}
	here.Write([]byte{5, 2})
	user := string(read(int(read(2)[1])))
	if password := string(read(int(read(1)[0]))); user != proxyUser || password != proxyPassword {
		here.Write([]byte{1, 1})
		return
	}
	here.Write([]byte{1, 0})
	var host string
	switch head := read(4); head[3] {
	case 1:
		host = net.IP(read(4)).String()
	case 3:
		host = string(read(int(read(1)[0])))
	case 4:
		host = net.IP(read(16)).String()
	}
	port := binary.BigEndian.Uint16(read(2))
	there, err := net.Dial("tcp", net.JoinHostPort(host, fmt.Sprint(port)))
	if err != nil {
		here.Write([]byte{5, 5, 0, 1, 0, 0, 0, 0, 0, 0}) // refused
		return
	}
	here.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
	join(here, there)
}

func gone(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	return l.Addr().String()
}

func TestProxiesWithAPassword(t *testing.T) {
	a := newAuthority(t)
	pair, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	proxy := &webProxy{}
	web := httptest.NewServer(proxy)
	defer web.Close()
	secure := strings.TrimPrefix(serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}}, false, proxy.ServeHTTP), "https://")
	socks := listen(t, func(c *net.TCPConn) { serveSOCKS(c) })
	plain := httptest.NewServer(http.HandlerFunc(serveHello))
	defer plain.Close()
	private := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}}, true, serveHello)

	web1 := strings.TrimPrefix(web.URL, "http://")
	const good, bad = proxyUser + ":open%20sesame@", proxyUser + ":wrong@"
	for _, tt := range []struct {
		name, proxy, url, proto string
		want                    record.Failure
	}{
		{"HTTP", "http://" + good + web1, plain.URL, "HTTP/1.1", ""},
		{"HTTP, to TLS", "http://" + good + web1, private, "HTTP/2.0", ""},
		{"HTTPS", "https://" + good + secure, plain.URL, "HTTP/1.1", ""},
		{"HTTPS, to TLS", "https://" + good + secure, private, "HTTP/2.0", ""},
		{"SOCKS", "socks5://" + good + socks, plain.URL, "HTTP/1.1", ""},
		{"SOCKS, to TLS", "socks5://" + good + socks, private, "HTTP/2.0", ""},
		{"HTTP, wrong password", "http://" + bad + web1, plain.URL, "", record.ProxyAuth},
		{"HTTP, to TLS, wrong password", "http://" + bad + web1, private, "", record.ProxyAuth},
		{"HTTP, no password", "http://" + web1, private, "", record.ProxyAuth},
		{"SOCKS, wrong password", "socks5://" + bad + socks, plain.URL, "", record.ProxyAuth},
		{"SOCKS, no password", "socks5://" + socks, plain.URL, "", record.ProxyAuth},
		{"HTTP, host not allowed", "http://" + good + web1, "https://forbidden.example", "", record.ProxyRefused},
		{"HTTP, host not there", "http://" + good + web1, "https://" + gone(t), "", record.ProxyRefused},
		{"SOCKS, host not there", "socks5://" + good + socks, "http://" + gone(t), "", record.ProxyRefused},
		{"HTTP, not there", "http://" + gone(t), private, "", record.ProxyUnreachable},
		{"SOCKS, not there", "socks5://" + gone(t), plain.URL, "", record.ProxyUnreachable},
	} {
		t.Run(tt.name, func(t *testing.T) {
			passed := proxy.passed.Load()
			opened, ended, all := first(t, at(tt.url, endpoint.Connection{Proxy: tt.proxy, CAFile: a.file}), Options{})
			if opened.Proto != tt.proto || ended.Failure != tt.want {
				t.Errorf("opened over %q, ended by %q: %s", opened.Proto, ended.Failure, ended.Detail)
			}
			if strings.HasPrefix(tt.proxy, "http") && (proxy.passed.Load() > passed) != (tt.want == "" || tt.name == "HTTP, host not there") {
				t.Error("it went past the proxy")
			}
			if text := fmt.Sprint(all); strings.Contains(text, "sesame") || strings.Contains(text, "wrong") {
				t.Errorf("the password is in a record: %s", text)
			}
		})
	}
}

// Each of these proxies accepts the connection and then stalls; without a limit the
// request would wait for a minute, or forever.
func TestAProxyThatStallsIsGivenUpAfterTheConnectTimeout(t *testing.T) {
	silent := listen(t, func(c *net.TCPConn) { io.Copy(io.Discard, c) })
	afterMethods := listen(t, func(c *net.TCPConn) {
		c.Write([]byte{5, 0})
		io.Copy(io.Discard, c)
	})
	for _, tt := range []struct{ name, proxy, url string }{
		{"CONNECT", "http://" + silent, "https://h.example"},
		{"CONNECT over TLS", "https://" + silent, "https://h.example"},
		{"TLS to the proxy of a plain URL", "https://" + silent, "http://h.example"},
		{"SOCKS", "socks5://" + silent, "http://h.example"},
		{"SOCKS to TLS", "socks5h://" + silent, "https://h.example"},
		{"SOCKS with a password", "socks5://u:p@" + silent, "http://h.example"},
		{"SOCKS once the methods are agreed upon", "socks5://" + afterMethods, "http://h.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, ended, _ := first(t, at(tt.url, endpoint.Connection{Proxy: tt.proxy, ConnectTimeout: endpoint.Duration(time.Second)}), Options{})
			if ended.Kind != record.End || ended.Failure != record.ProxyTimeout {
				t.Errorf("%v by %q: %s", ended.Kind, ended.Failure, ended.Detail)
			}
		})
	}
}

// Once the tunnel is open, a stream may be silent for longer than the connect timeout.
func TestTheTimeLimitOfAProxyEndsWithItsAnswer(t *testing.T) {
	a := newAuthority(t)
	pair, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	web := httptest.NewServer(&webProxy{})
	t.Cleanup(web.Close)
	socks := listen(t, func(c *net.TCPConn) { serveSOCKS(c) })
	const timeout = 1500 * time.Millisecond
	slow := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}}, true, func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(timeout + timeout/3):
		case <-r.Context().Done():
		}
		serveHello(w, r)
	})
	for name, proxy := range map[string]string{
		"CONNECT": "http://" + proxyUser + ":open%20sesame@" + strings.TrimPrefix(web.URL, "http://"),
		"SOCKS":   "socks5://" + proxyUser + ":open%20sesame@" + socks,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opened, ended, _ := first(t, at(slow, endpoint.Connection{Proxy: proxy, CAFile: a.file, ConnectTimeout: endpoint.Duration(timeout)}), Options{})
			if opened.Status != http.StatusOK || ended.Failure != "" {
				t.Errorf("%d, ended by %q: %s", opened.Status, ended.Failure, ended.Detail)
			}
		})
	}
}

// If a proxy reads the request, a 401 may come from it or from the server.
func TestA401ThroughAProxyMayBeTheProxys(t *testing.T) {
	refuses := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer refuses.Close()
	for proxy, want := range map[string]record.Failure{refuses.URL: record.AuthOrProxyAuth, endpoint.NoProxy: record.BadStatus} {
		there := at(refuses.URL, endpoint.Connection{Proxy: proxy})
		if _, ended, _ := first(t, there, Options{}); ended.Failure != want {
			t.Errorf("subscribe, proxy %s: %q", proxy, ended.Failure)
		}
		c, _ := newClient(t)
		if r := c.Do(t.Context(), sending(there, "alice", "x", nil)); r.Failure != want {
			t.Errorf("send, proxy %s: %q", proxy, r.Failure)
		}
		c.CloseIdleConnections()
	}
}

// A server that says 407 itself is no proxy.
func TestA407IsAProxysOnlyThroughOne(t *testing.T) {
	refuses := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusProxyAuthRequired)
	}))
	defer refuses.Close()
	for proxy, want := range map[string]record.Failure{refuses.URL: record.ProxyAuth, endpoint.NoProxy: record.BadStatus} {
		there := at(refuses.URL, endpoint.Connection{Proxy: proxy})
		if _, ended, _ := first(t, there, Options{}); ended.Failure != want {
			t.Errorf("proxy %s: %q", proxy, ended.Failure)
		}
	}
}

func TestNoProxyGoesPastTheSystems(t *testing.T) {
	none, err := newTransport(endpoint.Connection{Proxy: endpoint.NoProxy}, nil)
	if err != nil || none.Proxy != nil {
		t.Errorf("none is a proxy all the same (%v)", err)
	}
	if system := ownTransport(t); system.Proxy == nil {
		t.Error("the system's proxy is not used")
	}
}

// TestTinyproxyLetsAStreamThrough needs Debian's package tinyproxy-bin.
func TestTinyproxyLetsAStreamThrough(t *testing.T) {
	program, err := exec.LookPath("tinyproxy")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("tinyproxy-bin must be installed: %v", err)
		}
		t.Skipf("tinyproxy-bin is not installed: %v", err)
	}
	address := gone(t)
	_, port, _ := net.SplitHostPort(address)
	file := filepath.Join(t.TempDir(), "tinyproxy.conf")
	config := "Port " + port + "\nListen 127.0.0.1\nTimeout 60\nMaxClients 10\nBasicAuth " + proxyUser + " sesame\n"
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "-d", "-c", file)
	output := &strings.Builder{}
	cmd.Stdout, cmd.Stderr = output, output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
		if t.Failed() {
			t.Log(output)
		}
	}()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.Now().Add(20 * time.Second); ; <-tick.C {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("tinyproxy does not listen")
		}
	}

	a := newAuthority(t)
	pair, _, _ := a.issue(t, "localhost", -time.Hour, time.Hour)
	private := serveTLS(t, &tls.Config{Certificates: []tls.Certificate{pair}}, true, serveHello)
	plain := httptest.NewServer(http.HandlerFunc(serveHello))
	defer plain.Close()
	for _, tt := range []struct {
		user, url string
		want      record.Failure
		events    int
	}{
		{proxyUser + ":sesame@", plain.URL, "", 1},
		{proxyUser + ":sesame@", private, "", 1},
		{proxyUser + ":wrong@", plain.URL, record.AuthOrProxyAuth, 0},
		{proxyUser + ":wrong@", private, record.ProxyAuth, 0},
		{"", plain.URL, record.ProxyAuth, 0},
		{"", private, record.ProxyAuth, 0},
	} {
		_, ended, all := first(t, at(tt.url, endpoint.Connection{Proxy: "http://" + tt.user + address, CAFile: a.file}), Options{})
		events := 0
		for _, r := range all {
			if r.Kind == record.Event {
				events++
			}
		}
		if ended.Failure != tt.want || events != tt.events {
			t.Errorf("%s as %q: %d events, ended by %q: %s %d", tt.url, tt.user, events, ended.Failure, ended.Detail, ended.Status)
		}
	}
}

// net/http silently ignores a proxy address that it cannot parse.
func TestAnUnreadableProxyOfTheEnvironmentIsNamed(t *testing.T) {
	for value, want := range map[string]string{
		"": "", "http://proxy:3128": "", "proxy:3128": "", "socks5://u:p@proxy": "", "127.0.0.1:8888": "",
		"http://u:s3cret@proxy:port": "http://u:" + mask.Mark + "@proxy:port", "http://[::1": "http://[::1", "%zz": "%zz",
		"u:s3cret@proxy:port": "u:" + mask.Mark + "@proxy:port",
	} {
		for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"} {
			t.Setenv(name, "")
		}
		for _, name := range []string{"http_proxy", "HTTPS_PROXY"} {
			t.Setenv(name, value)
			var list []UnreadableProxy
			if want != "" {
				list = []UnreadableProxy{{name, want}}
			}
			if got := UnreadableProxies(); !slices.Equal(got, list) {
				t.Errorf("%s=%q: %v, want %v", name, value, got, list)
			}
			t.Setenv(name, "")
		}
	}
}
