package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// listened runs listen and returns what it says.
func listened(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, said bytes.Buffer
	status = report(run(t.Context(), append([]string{"listen"}, args...), nil, &out, &said), &said)
	return status, out.String(), said.String()
}

// numbers is a stream of events, and of what is none, that goes on until nobody reads.
func numbers(t *testing.T) string {
	var body strings.Builder
	for n := 1; n <= 6; n++ {
		fmt.Fprintf(&body, ": comment\n\nevent: %s\ndata: {\"n\":%d}\n\n", []string{"even", "odd"}[n%2], n)
	}
	return streamServer(t, "text/event-stream", body.String())
}

// seen returns the data of the events that were printed.
func seen(stdout string) (data string) {
	for line := range strings.Lines(stdout) {
		if _, text, _ := strings.Cut(line, "\t"); strings.Contains(line, "  event ") {
			data += text
		}
	}
	return data
}

func TestListenEndsWhenEnoughHasCome(t *testing.T) {
	noTargets(t)
	url := numbers(t)
	for _, tt := range []struct {
		args   string
		data   string
		status int
		stderr string
	}{
		{"-n 2", "{\"n\":1}\n{\"n\":2}\n", 0, ""},
		{"-n 2 -filter type:even", "{\"n\":2}\n{\"n\":4}\n", 0, ""},
		{"-until .n==3", "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n", 0, ""},
		{"-until .n==3 -filter type:even", "{\"n\":2}\n", 0, ""},
		{"-until .n==9 -duration 100ms -filter jq:.n>5", "{\"n\":6}\n", 1, "no event satisfied the -until expression\n"},
		{"-n 9 -duration 100ms -filter -kind:event", "", 0, ""},
	} {
		status, stdout, stderr := listened(t, append(strings.Fields(tt.args), url)...)
		if status != tt.status || seen(stdout) != tt.data {
			t.Errorf("%s: status %d, %q\n%s%s", tt.args, status, seen(stdout), stdout, stderr)
		}
		expectPart(t, tt.args, stderr, tt.stderr)
		if (strings.Contains(tt.args, "type:") || strings.Contains(tt.args, "jq:")) == strings.Contains(stdout, "  ended\t") {
			t.Errorf("%s: the end is not told as the filter says:\n%s", tt.args, stdout)
		}
	}
}

func TestAnExpressionThatWasStoppedIsSaid(t *testing.T) {
	noTargets(t)
	const endless = "[range(1e9)]"
	url := numbers(t)
	for _, args := range [][]string{{"-filter", "jq:" + endless}, {"-until", endless}} {
		if _, _, stderr := listened(t, append(args, url, "-duration", "300ms")...); !strings.Contains(stderr, "The jq expression was stopped") {
			t.Errorf("%q: %s", args, stderr)
		}
	}
	if status, _, stderr := checked(t, url, "-until", endless); status != 1 || !strings.Contains(stderr, "The jq expression was stopped") {
		t.Errorf("status %d, %s", status, stderr)
	}
}

func TestDurationEndsListening(t *testing.T) {
	noTargets(t)
	url := streamServer(t, "text/event-stream", ":\n\n")
	start := time.Now()
	if status, stdout, _ := listened(t, url, "-duration", "300ms"); status != 0 || time.Since(start) < 300*time.Millisecond || !strings.Contains(stdout, "ended\tclosed by you") {
		t.Errorf("status %d after %v\n%s", status, time.Since(start), stdout)
	}
}

func TestRawEndsAfterTheChunkThatHasEnough(t *testing.T) {
	noTargets(t)
	if _, stdout, _ := listened(t, numbers(t), "-raw", "-n", "1"); !strings.HasPrefix(stdout, ": comment\n\nevent: odd\n") {
		t.Errorf("%q", stdout)
	}
}

func TestJudgePutsFindingsAmongTheRecords(t *testing.T) {
	noTargets(t)
	url := streamServer(t, "text/event-stream", "data: a\nb\n\nid: 1\ndata: last\n\n")
	_, stdout, _ := listened(t, url, "-n", "2")
	if strings.Contains(stdout, "no_field") {
		t.Errorf("without -judge:\n%s", stdout)
	}
	_, stdout, _ = listened(t, url, "-judge", "-n", "2")
	at := []int{strings.Index(stdout, "event message\ta\n"), strings.Index(stdout, "finding no_field\t✗ error: A line is not a valid SSE field: \"b\"\n\tIt has no colon"), strings.Index(stdout, "event message #1\tlast\n")}
	if at[1] < 0 || at[2] < 0 || at[0] < 0 {
		t.Errorf("%v in\n%s", at, stdout)
	}
	_, stdout, _ = listened(t, url, "-judge", "-json", "-duration", "200ms", "-filter", "kind:problem")
	var got struct{ Kind, Type, Severity, Sentence, Why, Do, Place, State string }
	line, _, _ := strings.Cut(stdout, "\n")
	if err := json.Unmarshal([]byte(line), &got); err != nil || got.Type != "no_field" || got.Severity != "error" || got.Sentence == "" || got.Why == "" || got.Do == "" || got.Place == "" || got.State != "" {
		t.Errorf("%v: %s", err, stdout)
	}
}

func TestListenSaysInTextWhatItsJSONHas(t *testing.T) {
	noTargets(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/refused", http.StatusTemporaryRedirect)
		case "/refused":
			w.Header().Set("Retry-After", "120")
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, "come back\nlater\n")
		case "/half":
			w.Header().Set("Content-Type", "text/event-stream")
			io.WriteString(w, "data: half\nid: 9\n")
		}
	}))
	t.Cleanup(s.Close)
	_, stdout, _ := listened(t, s.URL+"/moved")
	for _, want := range []string{
		"redirect\tsubscribe: 307 · GET " + s.URL + "/refused\n",
		"failed\tsubscribe: the server responded with 503 · Retry-After 120\n\tcome back\n\tlater\n",
	} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is not in\n%s", want, stdout)
		}
	}
	_, stdout, _ = listened(t, s.URL+"/half", "-max-reconnects", "0")
	if want := "no event\n\tdata: half\n\tid: 9\n"; !strings.Contains(stdout, want) {
		t.Errorf("%q is not in\n%s", want, stdout)
	}
}

func TestA204IsNoStreamAtFirstAndAnEndLater(t *testing.T) {
	noTargets(t)
	for _, command := range []string{"check", "listen"} {
		for later, want := range map[bool]int{false: 2, true: 0} {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !later || r.Header.Get("Last-Event-ID") != "" {
					w.WriteHeader(http.StatusNoContent)
					return
				}
				w.Header().Set("Content-Type", "text/event-stream")
				w.Header().Set("Cache-Control", "no-cache")
				io.WriteString(w, "retry: 100\n\n")
				w.(http.Flusher).Flush()
				io.WriteString(w, "id: 1\ndata: a\n\n")
			}))
			var stdout, stderr bytes.Buffer
			status := report(run(t.Context(), []string{command, s.URL, "-duration", "5s"}, nil, &stdout, &stderr), &stderr)
			s.Close()
			if status != want || !later && !strings.Contains(stderr.String(), "204") {
				t.Errorf("%s, later %t: status %d, %s%s", command, later, status, stdout.String(), stderr.String())
			}
		}
	}
}
