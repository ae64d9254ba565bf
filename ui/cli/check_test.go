package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// streamServer answers each request by a stream of the given body, which stays
// open.
func streamServer(t *testing.T, contentType, body string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Cache-Control", "no-cache")
		if r.Header.Get("Origin") == "https://friend.example" {
			w.Header().Set("Access-Control-Allow-Origin", "https://friend.example")
		}
		io.WriteString(w, body)
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func TestCheckTellsByItsExitStatusWhatItFound(t *testing.T) {
	checkLeaks(t)
	good := streamServer(t, "text/event-stream", "id: 1\ndata: a\n\n")
	bad := streamServer(t, "text/event-stream", "data: a\nb\x1b[2J\n\nc\n\n")
	page := streamServer(t, "text/html", "<html>")
	missing := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(missing.Close)
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	t.Cleanup(silent.Close)
	tests := []struct {
		args   string
		status int
		stdout string // a part of it; empty: nothing
		stderr string
	}{
		{good, 0, "1 event over 1 connection\nNo findings.\n", ""},
		{"-json " + good, 0, `{"kind":"verdict","verdict":"met","stream":true,"findings":0,"events":1,"connections":1,"url":"` + good + `"}` + "\n", ""},
		{"-json " + missing.URL + "?a=b&c=d", 2, `{"kind":"verdict","verdict":"failed","stream":false,"failure":"bad_status","why":"the server responded with 404","status":404,"content_type":"text/plain; charset=utf-8","body":"404 page not found\n","findings":0,"events":0,"connections":1,"url":"` + missing.URL + `?a=b&c=d"}` + "\n", "the server responded with 404: 404 page not found\n"},
		{good + " -origin https://friend.example", 0, "No findings", ""},
		{"-origin https://other.example " + good, 1, "cors (1 time)", "sseconsole: 1 finding\n"},
		{bad, 1, "no_field (2 times)\n  A line is not a valid SSE field: \"b\\x1b[2J\"\n  Where: connection 1, from byte 8\n  Why it matters: ", "sseconsole: 1 finding\n"},
		{page, 1, "The Content-Type is text/html", "sseconsole: 2 findings\n"},
		{missing.URL, 2, "", "the server responded with 404: 404 page not found\n"},
		{silent.URL, 2, "", "no response in time\n"},
		{"127.0.0.1:1", 2, "", "nothing is listening at 127.0.0.1:1"},
		{"", 2, "", "check needs the URL"},
		{"ftp://here", 2, "", "is neither a saved target nor a URL"},
		{good + " now", 2, "", `unexpected argument "now"`},
		{good + " -duration 10", 2, "", "want a time such as 10s"},
		{good + " -origin friend.example", 2, "", "want scheme://host"},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			args := append([]string{"check", "-duration", "200ms"}, strings.Fields(tt.args)...)
			var stdout, stderr bytes.Buffer
			if status := report(run(t.Context(), args, nil, &stdout, &stderr), &stderr); status != tt.status {
				t.Errorf("exit status %d, want %d", status, tt.status)
			}
			expectPart(t, "stdout", stdout.String(), tt.stdout)
			expectPart(t, "stderr", stderr.String(), tt.stderr)
		})
	}
}

func TestCheckPrintsEachFindingAndThenTheVerdictAsALineOfJSON(t *testing.T) {
	checkLeaks(t)
	url := streamServer(t, "text/event-stream", "data: a\nb\n\nc\n\nretry: soon\n\n")
	var stdout bytes.Buffer
	if err := run(t.Context(), []string{"check", url, "-json", "-duration", "200ms"}, nil, &stdout, io.Discard); err == nil {
		t.Error("no error")
	}
	var got []string
	for line := range strings.Lines(stdout.String()) {
		var p struct {
			Kind, Type, Data, Raw   string
			Count, Offset, Findings int
		}
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		got = append(got, fmt.Sprint(p))
	}
	want := []string{`{problem no_field "b" b 2 8 0}`, `{problem retry_not_a_number "soon" retry: soon 1 14 0}`, `{verdict    0 0 2}`}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestCheckPrintsTheMostSevereFirstAndAdviceDoesNotFail(t *testing.T) {
	checkLeaks(t)
	for _, tt := range []struct {
		body    string
		heads   []string
		failing bool
	}{
		{"data: a\n\n", []string{"◇ advice: cache_control_missing (1 time)"}, false},
		{"data: a\r\rdata: b\r\rdata\n: \n\nb\n\n", []string{
			"✗ error: no_field (1 time)", "⚠ warning: cr_only (4 times)", "◇ advice: cache_control_missing (1 time)"}, true},
	} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			io.WriteString(w, tt.body)
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		}))
		var stdout bytes.Buffer
		err := run(t.Context(), []string{"check", s.URL, "-duration", "200ms"}, nil, &stdout, io.Discard)
		s.Close()
		if (err != nil) != tt.failing {
			t.Errorf("%q: error %v", tt.body, err)
		}
		var heads []string
		for _, entry := range strings.Split(stdout.String(), "\n\n")[1:] {
			head, _, _ := strings.Cut(entry, "\n")
			heads = append(heads, head)
		}
		if !slices.Equal(heads, tt.heads) {
			t.Errorf("%q: entries %q, want %q", tt.body, heads, tt.heads)
		}
	}
}

func TestCheckSubscribesByClientIDAtABaseURL(t *testing.T) {
	checkLeaks(t)
	s := startServe(t, "-listen", "127.0.0.1:0")
	var stdout bytes.Buffer
	if err := run(t.Context(), []string{"check", s.url, "-client-id", "a b", "-duration", "200ms"}, nil, &stdout, io.Discard); err != nil {
		t.Error(err)
	}
	expectPart(t, "stdout", stdout.String(), "No findings.")
	if log, _ := s.stop(); !strings.Contains(log, `clientId="a b"`) {
		t.Errorf("nobody subscribed: %s", log)
	}
}
