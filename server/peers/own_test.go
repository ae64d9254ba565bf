//go:build peers

package peers

import (
	"crypto/sha256"
	_ "embed" // the scripts
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
)

//go:embed testdata/own.js
var ownScript string

//go:embed testdata/allowed.html
var allowedHTML string

// The server's page works at every name of the server, on EventSource and on fetch.
func TestTheServersPageWorksByEveryName(t *testing.T) {
	for _, b := range browsers {
		for _, host := range []string{"127.0.0.1", "localhost", "[::1]", "console.test"} {
			t.Run(b.name+" "+host, func(t *testing.T) {
				tg := newTarget(t, server.Config{Hosts: []string{"console.test"}})
				reports := make(chan map[string]string, 1)
				tg.front = func(next http.Handler) http.Handler { return withScript(next, ownScript, reports) }
				b.open(t, "http://"+host+":"+tg.port+"/?lang=en")
				expectReport(t, reports, map[string]string{"EventSource": "sent and heard", "fetch": "sent and heard"})
			})
		}
	}
}

// A page of an allowed origin can subscribe and send, at a name that the browser trusts
// without TLS and at one that it does not.
func TestAnAllowedPageCanCall(t *testing.T) {
	for _, b := range browsers {
		for _, host := range []string{"127.0.0.1", "console.test"} {
			t.Run(b.name+" "+host, func(t *testing.T) {
				tg := newTarget(t, server.Config{Hosts: []string{"console.test"}})
				reports := make(chan map[string]string, 1)
				s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					if r.Method == http.MethodPost {
						report(r, reports)
						return
					}
					w.Header().Set("Content-Type", "text/html; charset=utf-8")
					fmt.Fprint(w, allowedHTML)
				}))
				defer s.Close()
				_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
				origin := "http://allowed.test:" + port
				tg.server.AllowOrigin(origin)
				b.open(t, origin+"/?base=http://"+host+":"+tg.port+"/demo/sse/")
				expectReport(t, reports, map[string]string{"EventSource": "sent and heard", "X-SSE-Console": "success"})
			})
		}
	}
}

func report(r *http.Request, reports chan<- map[string]string) {
	var got map[string]string
	json.NewDecoder(r.Body).Decode(&got)
	reports <- got
}

func expectReport(t *testing.T, reports <-chan map[string]string, want map[string]string) {
	t.Helper()
	select {
	case got := <-reports:
		if !maps.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	case <-time.After(2 * time.Minute):
		t.Error("the page reports nothing")
	}
}

// withScript serves what next serves, with a script added to its page and its policy. It
// receives the script's report at /report.
func withScript(next http.Handler, script string, reports chan<- map[string]string) http.Handler {
	sum := sha256.Sum256([]byte(script))
	hash := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "' "
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/report":
			report(r, reports)
		case "/":
			page := httptest.NewRecorder()
			next.ServeHTTP(page, r)
			maps.Copy(w.Header(), page.Header())
			w.Header().Set("Content-Security-Policy", strings.Replace(page.Header().Get("Content-Security-Policy"), "script-src ", hash, 1))
			w.WriteHeader(page.Code)
			fmt.Fprint(w, page.Body, "<script>"+script+"</script>")
		default:
			next.ServeHTTP(w, r)
		}
	})
}
