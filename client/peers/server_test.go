//go:build peers

package peers

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"sync"
	"testing"
	"time"
)

// A scenario is played once to Chromium and once to the engine.
type scenario struct {
	name string

	// The servers' answers, one per connection; the last one is repeated. Each
	// consists of the bytes on the wire, in which {a}, {b} and {c} are the servers'
	// addresses, and
	//
	//	{wait}   lets a moment pass
	//	{close}  closes the connection
	//	{reset}  resets it
	//	{next}   waits for another request on it
	//
	// At the end of the answer the connection stays open.
	a, b, c []string

	path    string   // requested by the page; "" means "/stream"
	foreign bool     // the page has another origin than a
	with    bool     // withCredentials
	types   []string // that the page listens for, besides message
	top     bool     // in its own window, where cookies are first-party

	differs string // why the engine differs, "" if it does not
}

// place is one play of a scenario: its servers and their requests.
type place struct {
	t       *testing.T
	hosts   map[string]string // host and port of a, b, c and the page's server p
	page    string            // that p and a serve to a browser
	mu      sync.Mutex
	seen    []string
	changed time.Time
	stop    []func()
}

// serve plays a scenario. named returns the host name of a server.
func serve(t *testing.T, s scenario, page string, named func(server string) string) *place {
	t.Helper()
	p := &place{t: t, hosts: map[string]string{}, page: page, changed: time.Now()}
	listeners := map[string]net.Listener{}
	for _, server := range []string{"a", "b", "c", "p"} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listeners[server] = l
		p.hosts[server] = fmt.Sprintf("%s:%d", named(server), l.Addr().(*net.TCPAddr).Port)
	}
	for server, script := range map[string][]string{"a": s.a, "b": s.b, "c": s.c, "p": nil} {
		p.listen(listeners[server], &answers{server: server, script: script})
	}
	return p
}

// answers are the answers of one server.
type answers struct {
	server string
	script []string
	mu     sync.Mutex
	given  int
}

func (a *answers) next() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.script) == 0 {
		return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n{close}"
	}
	answer := a.script[min(a.given, len(a.script)-1)]
	a.given++
	return answer
}

func (p *place) listen(l net.Listener, a *answers) {
	var mu sync.Mutex
	open := map[net.Conn]bool{}
	var group sync.WaitGroup
	group.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			mu.Lock()
			open[conn] = true
			mu.Unlock()
			group.Go(func() {
				defer conn.Close()
				p.converse(conn, a)
			})
		}
	})
	p.stop = append(p.stop, func() {
		l.Close()
		mu.Lock()
		for conn := range open {
			conn.Close()
		}
		mu.Unlock()
		group.Wait()
	})
}

func (p *place) end() {
	for _, stop := range p.stop {
		stop()
	}
}

func (p *place) converse(conn net.Conn, a *answers) {
	reader := bufio.NewReader(conn)
	for {
		r, err := readRequest(reader)
		if err != nil {
			return
		}
		switch target := r.RequestURI; {
		case strings.HasPrefix(target, "/page?"):
			fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s", len(p.page), p.page)
			continue
		case target == "/favicon.ico":
			io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
			continue
		}
		p.saw(a.server, r)
		if !p.play(conn, a.next()) {
			return
		}
	}
}

// readRequest reads a request with any target; net/http would refuse some.
func readRequest(reader *bufio.Reader) (*http.Request, error) {
	text := textproto.NewReader(reader)
	line, err := text.ReadLine()
	if err != nil {
		return nil, err
	}
	method, rest, _ := strings.Cut(line, " ")
	header, err := text.ReadMIMEHeader()
	return &http.Request{Method: method, RequestURI: rest[:max(0, strings.LastIndexByte(rest, ' '))], Header: http.Header(header)}, err
}

// play sends an answer. It reports whether another request may follow.
func (p *place) play(conn net.Conn, answer string) bool {
	for server, host := range p.hosts {
		answer = strings.ReplaceAll(answer, "{"+server+"}", "http://"+host)
	}
	for answer != "" {
		text, rest, found := strings.Cut(answer, "{")
		if _, err := io.WriteString(conn, text); err != nil || !found {
			break
		}
		action, after, whole := strings.Cut(rest, "}")
		if !whole {
			answer = ""
			if _, err := io.WriteString(conn, "{"+rest); err != nil {
				return false
			}
			continue
		}
		answer = after
		switch action {
		case "wait":
			time.Sleep(100 * time.Millisecond)
		case "close":
			return false
		case "reset":
			conn.(*net.TCPConn).SetLinger(0)
			return false
		case "next":
			return true
		default:
			if _, err := io.WriteString(conn, "{"+action+"}"); err != nil {
				return false
			}
		}
	}
	io.Copy(io.Discard, conn) // until the client closes it
	return false
}

// compared are the headers in which engine and browser must not differ.
var compared = []string{"Accept", "Accept-Encoding", "Cache-Control", "Cookie", "Last-Event-Id", "Origin", "Pragma"}

func (p *place) saw(server string, r *http.Request) {
	words := []string{r.Method, server + r.RequestURI}
	for _, name := range compared {
		if values, ok := r.Header[name]; ok {
			words = append(words, name+": "+strings.Join(values, " | "))
		}
	}
	line := p.neutral(strings.Join(words, ", "))
	p.mu.Lock()
	defer p.mu.Unlock()
	p.seen, p.changed = append(p.seen, line), time.Now()
}

// neutral replaces the addresses of this play by the names of the servers.
func (p *place) neutral(text string) string {
	for server, host := range p.hosts {
		text = strings.ReplaceAll(text, "http://"+host, server)
	}
	return text
}

func (p *place) requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.seen...)
}

// quietSince returns the time of the last request.
func (p *place) quietSince() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}
