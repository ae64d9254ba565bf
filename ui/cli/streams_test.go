package cli

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// streams are recorded servers, and what check must and must not say of each;
// see the README there. replay.mjs plays them over sockets in real time.
const streams = "../../testdata/streams"

// recorded is one of them.
type recorded struct {
	Name, Title string
	Connections []struct {
		When  *when
		Steps []step
	}
	Check struct {
		Args []string
		Path string
	}
	Expect struct {
		Verdict    string
		Says       []string
		MustNotSay []string `json:"must_not_say"`
	}
}

// when is what a request must have for a connection to be for it.
type when struct {
	Path   *string
	Header map[string]*string
}

// step is what the server does, so long after the step before.
type step struct {
	AfterMS             int `json:"after_ms"`
	Text, Base64, Chunk *string
	ChunkBase64         *string `json:"chunk_base64"`
	Before, After       string
	Repeat              int
	Action              string
}

const streamsPort = "8080"

// bytes returns what the step sends, nil if it does something else.
func (s *step) bytes() []byte {
	fill := func(text string) string {
		text = strings.ReplaceAll(text, "{PORT}", streamsPort)
		return s.Before + strings.Repeat(text, max(1, s.Repeat)) + s.After
	}
	decode := func(text string) string {
		b, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			panic(err)
		}
		return string(b)
	}
	framed := func(text string) []byte { return fmt.Appendf(nil, "%x\r\n%s\r\n", len(text), text) }
	switch {
	case s.Text != nil:
		return []byte(fill(*s.Text))
	case s.Base64 != nil:
		return []byte(decode(*s.Base64))
	case s.Chunk != nil:
		return framed(fill(*s.Chunk))
	case s.ChunkBase64 != nil:
		return framed(decode(*s.ChunkBase64))
	}
	return nil
}

func (w *when) fits(r *http.Request) bool {
	if w == nil {
		return true
	}
	if w.Path != nil && !regexp.MustCompile(*w.Path).MatchString(r.RequestURI) {
		return false
	}
	for name, want := range w.Header {
		have := r.Header[http.CanonicalHeaderKey(name)]
		if want == nil && have != nil || want != nil && (have == nil || !regexp.MustCompile(*want).MatchString(have[0])) {
			return false
		}
	}
	return true
}

// player is the server of a recorded stream, over pipes in memory.
type player struct {
	recorded
	conns sync.WaitGroup

	mu     sync.Mutex
	played map[int]bool
	open   []net.Conn
}

// dial connects to the player, as a client does over a network.
func (p *player) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	conn := &resettable{Conn: here}
	p.mu.Lock()
	p.open = append(p.open, there)
	p.mu.Unlock()
	p.conns.Go(func() { p.serve(there, conn) })
	return conn, nil
}

// stop closes the connections.
func (p *player) stop() {
	p.mu.Lock()
	for _, c := range p.open {
		c.Close()
	}
	p.mu.Unlock()
	p.conns.Wait()
}

// resettable is a client's end of a connection that the server can reset.
type resettable struct {
	net.Conn
	mu    sync.Mutex
	reset bool
}

func (r *resettable) Read(b []byte) (int, error) {
	n, err := r.Conn.Read(b)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil && r.reset {
		err = &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	}
	return n, err
}

// serve answers the requests of a connection, one after the other.
func (p *player) serve(conn net.Conn, there *resettable) {
	defer conn.Close()
	requests := bufio.NewReader(conn)
	for {
		r, err := http.ReadRequest(requests)
		if err != nil {
			return
		}
		io.Copy(io.Discard, r.Body)
		i := p.fitting(r)
		if r.Method == http.MethodOptions || i < 0 {
			io.WriteString(conn, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
			return
		}
		for _, s := range p.Connections[i].Steps {
			time.Sleep(time.Duration(s.AfterMS) * time.Millisecond)
			switch s.Action {
			case "close":
				return
			case "reset":
				there.mu.Lock()
				there.reset = true
				there.mu.Unlock()
				return
			case "hang":
				io.Copy(io.Discard, conn)
				return
			}
			if _, err := conn.Write(s.bytes()); err != nil {
				return
			}
		}
	}
}

// fitting returns the connection that a request is for: the first that fits and
// was not played yet, or the last that fits.
func (p *player) fitting(r *http.Request) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	last := -1
	for i, c := range p.Connections {
		if !c.When.fits(r) {
			continue
		}
		if last = i; !p.played[i] {
			break
		}
	}
	p.played[last] = true
	return last
}

// address is what check is given.
func (c *recorded) address() string {
	return "http://127.0.0.1:" + streamsPort + cmp.Or(c.Check.Path, "/stream")
}

// play returns the exit status of check for the stream, what it prints, and how long it
// takes.
func (c *recorded) play(t *testing.T) (status int, said string, took time.Duration) {
	synctest.Test(t, func(t *testing.T) {
		p := &player{recorded: *c, played: map[int]bool{}}
		defer p.stop()
		var out bytes.Buffer
		start := time.Now()
		status = Program{Stdout: &out, Stderr: &out, dial: p.dial}.Run(t.Context(), append([]string{"check", c.address()}, c.Check.Args...))
		said, took = out.String(), time.Since(start)
	})
	return status, said, took
}

// faults returns what is untrue in what check says and how it exits.
func (c *recorded) faults(status int, said string) (faults []string) {
	said = strings.ToLower(strings.ReplaceAll(said, c.address(), ""))
	e := c.Expect
	if len(e.Says) > 0 && !slices.ContainsFunc(e.Says, func(w string) bool { return strings.Contains(said, w) }) {
		faults = append(faults, fmt.Sprintf("says none of %q", e.Says))
	}
	for _, w := range e.MustNotSay {
		if strings.Contains(said, w) {
			faults = append(faults, fmt.Sprintf("must not say %q", w))
		}
	}
	if (status == 0) == (e.Verdict == "problem") {
		faults = append(faults, fmt.Sprintf("exit status %d, and the verdict is %q", status, e.Verdict))
	}
	return faults
}

func readRecorded(t *testing.T) (all []recorded) {
	t.Helper()
	files, err := filepath.Glob(streams + "/given/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal("no recorded streams: ", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c recorded
		if err := json.Unmarshal(text, &c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, c)
	}
	return all
}

// TestCheckJudgesRecordedStreamsTruly plays each in simulated time, through
// net/http as it is.
func TestCheckJudgesRecordedStreamsTruly(t *testing.T) {
	for _, c := range readRecorded(t) {
		t.Run(c.Name, func(t *testing.T) {
			status, said, _ := c.play(t)
			if faults := c.faults(status, said); len(faults) > 0 {
				t.Errorf("%s\n%s\n%s", c.Title, strings.Join(faults, "\n"), said)
			}
		})
	}
}
