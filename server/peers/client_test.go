//go:build peers

package peers

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"testing"
)

// stream is a minimal subscriber.
type stream struct {
	t      *testing.T
	remote string // its address, as the server sees it
	lines  *bufio.Reader
}

func (tg *target) url(host, call string, query ...string) string {
	values := url.Values{}
	for i := 0; i < len(query); i += 2 {
		values.Set(query[i], query[i+1])
	}
	return "http://" + host + ":" + tg.port + "/demo/sse/" + call + "?" + values.Encode()
}

func (tg *target) subscribe(host, clientID string) *stream {
	tg.t.Helper()
	res, err := http.Get(tg.url(host, "subscribe", "clientId", clientID))
	if err != nil {
		tg.t.Fatal(err)
	}
	tg.t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		tg.t.Fatal(res.Status)
	}
	return &stream{tg.t, tg.server.Hub().List()[0].Remote, bufio.NewReader(res.Body)}
}

// data returns the next line of data, or how the stream ended.
func (s *stream) data() string {
	for {
		line, err := s.lines.ReadString('\n')
		if err != nil {
			return err.Error()
		}
		if data, ok := strings.CutPrefix(line, "data:"); ok {
			return strings.TrimSpace(data)
		}
	}
}

func (tg *target) send(host, clientID, content string) {
	tg.t.Helper()
	res, err := http.Get(tg.url(host, "send", "clientId", clientID, "content", content))
	if err != nil {
		tg.t.Fatal(err)
	}
	defer res.Body.Close()
	if body, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusOK {
		tg.t.Errorf("send: %s", body)
	}
}

// version returns the version that a program prints.
func version(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program(t, name), "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
