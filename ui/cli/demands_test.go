package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/judge"
)

// checked runs a check of a fifth of a second and returns what it says.
func checked(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, said bytes.Buffer
	status = report(run(t.Context(), append([]string{"check", "-duration", "200ms"}, args...), nil, &out, &said), &said)
	return status, out.String(), said.String()
}

func TestCheckFailsAtWhatIsDemandedAndAtNothingElse(t *testing.T) {
	noTargets(t)
	warning := streamServer(t, "text/event-stream", "id: 1\rdata: {\"n\":1}\r\rid: 2\rdata: {\"n\":2}\r\r")
	broken := streamServer(t, "text/event-stream", "data: {\"n\":1}\nb\n\ndata: {\"n\":2}\n\n")
	good := streamServer(t, "text/event-stream", "id: 1\ndata: {\"n\":1}\n\nid: 2\ndata: {\"n\":2}\n\n")
	baseline := filepath.Join(t.TempDir(), "baseline.ndjson")
	_, found, _ := checked(t, broken, "-json")
	if err := os.WriteFile(baseline, []byte(found), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args   string
		status int
		stdout string
		stderr string
	}{
		{broken, 1, "✗ error: no_field (1 time)", "1 finding\n"},
		{broken + " -ignore no_field", 0, "No new findings.\n\nIgnored: no_field (1 time)\n", ""},
		{broken + " -ignore cr_only", 1, "no_field", "1 finding\n"},
		{broken + " -baseline " + baseline, 0, "No new findings.\n\nAlready in the baseline: no_field (1 time)\n", ""},
		{warning + " -baseline " + baseline, 1, "cr_only", "1 finding\n"},
		{warning, 1, "⚠ warning: cr_only", "1 finding\n"},
		{warning + " -fail-on error", 0, "⚠ warning: cr_only", ""},
		{broken + " -fail-on error", 1, "no_field", "1 finding\n"},
		{good + " -fail-on advice", 0, "No findings.", ""},
		{good + " -min-events 2", 0, "No findings.\n", ""},
		{good + " -min-events 3", 1, "No findings.\n\nreceived 2 events, expected at least 3\n", "sseconsole: received 2 events, expected at least 3\n"},
		{good + " -until .n==2", 0, "2 events", ""},
		{good + " -until .n==3", 1, "no event satisfied", "no event satisfied the -until expression\n"},
		{good + " -until .n==1..", 2, "", "wrong at byte 5: bad_jq"},
		{broken + " -min-events 9", 1, "9", "1 finding\n\treceived 2 events, expected at least 9\n"},
	} {
		status, stdout, stderr := checked(t, strings.Fields(tt.args)...)
		if status != tt.status {
			t.Errorf("%s: status %d, want %d\n%s%s", tt.args, status, tt.status, stdout, stderr)
		}
		expectPart(t, tt.args, stdout, tt.stdout)
		expectPart(t, tt.args, stderr, tt.stderr)
	}
}

func TestAdviceFailsOnlyIfThatIsAskedFor(t *testing.T) {
	noTargets(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "data: a\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	for severity, want := range map[string]int{"advice": 1, "warning": 0, "error": 0} {
		if status, stdout, _ := checked(t, s.URL, "-fail-on", severity); status != want || !strings.Contains(stdout, "advice: cache_control_missing") {
			t.Errorf("-fail-on %s: status %d\n%s", severity, status, stdout)
		}
	}
}

func TestUntilEndsACheckEarly(t *testing.T) {
	noTargets(t)
	url := streamServer(t, "text/event-stream", "data: {\"done\":true}\n\n")
	var stdout, stderr bytes.Buffer
	if status := report(run(t.Context(), []string{"check", url, "-duration", "1h", "-until", ".done"}, nil, &stdout, &stderr), &stderr); status != 0 {
		t.Errorf("status %d: %s%s", status, stdout.String(), stderr.String())
	}
}

func TestABaselineIsARegularFileThatACheckWrote(t *testing.T) {
	noTargets(t)
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	verdict := `{"kind":"verdict","verdict":"met","stream":true,"findings":0,"events":1,"connections":1,"url":"http://h"}` + "\n"
	for path, want := range map[string]string{
		dir: "", filepath.Join(dir, "none"): "",
		write("empty", ""):   "not the output of check -json",
		write("text", "a\n"): "1",
		write("log", `{"seq":1,"time":"2026-01-02T15:04:05Z","kind":"event","data":"a"}`+"\n"+verdict): "not the output of check -json",
	} {
		if status, _, stderr := checked(t, "http://127.0.0.1:9/", "-baseline", path); status != 2 || !strings.Contains(stderr, "-baseline: ") || !strings.Contains(stderr, want) {
			t.Errorf("%s: status %d, %s", path, status, stderr)
		}
	}
	if status, _, stderr := checked(t, streamServer(t, "text/event-stream", "data: a\n\n"), "-baseline", write("clean", verdict)); status != 0 {
		t.Errorf("without a finding: status %d, %s", status, stderr)
	}
}

func TestAnUnknownCodeIsAMistakeWithASuggestion(t *testing.T) {
	for _, tt := range []struct{ typed, advice string }{{"no_feild", "; did you mean no_field?"}, {"whatever", "\n"}} {
		if status, _, stderr := checked(t, "http://127.0.0.1:9/", "-ignore", tt.typed); status != 2 || !strings.Contains(stderr, "want the code of a finding"+tt.advice) {
			t.Errorf("-ignore %s: status %d, %s", tt.typed, status, stderr)
		}
	}
	for _, f := range judge.Findings() {
		root := quietRoot(io.Discard, io.Discard)
		if err := root.Run(t.Context(), []string{"sseconsole", "check", "-ignore", f.Code, "http://h"}); err != nil {
			t.Error(err)
		}
	}
}

func TestALineOfJSONExplainsItsFinding(t *testing.T) {
	noTargets(t)
	_, stdout, _ := checked(t, streamServer(t, "text/event-stream", "data: a\nb <& c\n\ndata: b\n\n"), "-json", "-ignore", "no_field")
	finding, verdict, _ := strings.Cut(stdout, "\n")
	var got struct {
		Kind, Type, Severity, State, Sentence, Why, Do, Place string
		Offset                                                int
	}
	if err := json.Unmarshal([]byte(finding), &got); err != nil {
		t.Fatalf("%v: %s", err, finding)
	}
	if got.Kind != "problem" || got.Type != "no_field" || got.Severity != "error" || got.State != "ignored" || got.Sentence != `A line is not a valid SSE field: "b <& c"` ||
		!strings.HasPrefix(got.Why, "It has no colon") || !strings.HasPrefix(got.Do, "Send each line") || got.Place != "connection 1, from byte 8" || got.Offset != 8 {
		t.Errorf("got %+v", got)
	}
	_, stdout, _ = checked(t, streamServer(t, "text/event-stream", "data: a\nb\n\n"), "-json", "-min-events", "2")
	if want := `"findings":1,"failing":1,"unmet":["received 1 event, expected at least 2"],"events":1`; !strings.Contains(stdout, want) {
		t.Errorf("%s is not in %s", want, stdout)
	}
	if !strings.HasPrefix(verdict, `{"kind":"verdict","verdict":"met","stream":true,"findings":1,"events":2`) {
		t.Errorf("the verdict is %s", verdict)
	}
}

func TestJSONTellsOfAStreamThatCouldNotBeHad(t *testing.T) {
	noTargets(t)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprint(w, `{"error":"down","token":"s3cr3t"}`)
	}))
	t.Cleanup(s.Close)
	status, stdout, stderr := checked(t, s.URL, "-json", "-min-events", "3")
	var got verdictLine
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	if status != 2 || got.Verdict != "failed" || got.Stream || got.Failure != "bad_status" || got.Status != 503 || got.RetryAfter != "120" || got.ContentType != "application/json" ||
		got.Why != "the server responded with 503" || !strings.HasPrefix(got.Body, `{"error":"down"`) || strings.Contains(stdout+stderr, "s3cr3t") {
		t.Errorf("status %d: %s%s", status, stdout, stderr)
	}
}

func TestAnAnswerThatIsNoStreamIsNoneWhateverElseIsFound(t *testing.T) {
	noTargets(t)
	page := streamServer(t, "text/html", "<html>")
	for args, want := range map[string]int{"": 1, "-ignore content_type -ignore not_a_stream": 2} {
		status, stdout, _ := checked(t, append(strings.Fields(args), page, "-json")...)
		if status != want || !strings.Contains(stdout, `"verdict":"failed","stream":false`) {
			t.Errorf("%q: status %d\n%s", args, status, stdout)
		}
	}
}

func TestReconnectComesBackOnceOnPurpose(t *testing.T) {
	noTargets(t)
	var ids []string
	got := make(chan string, 9)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got <- r.Method + " " + r.Header.Get("Last-Event-ID")
		w.Header().Set("Content-Type", "text/event-stream")
		w.Header().Set("Cache-Control", "no-cache")
		if r.Header.Get("Last-Event-ID") == "" {
			io.WriteString(w, "id: 1\ndata: a\n\nid: 2\ndata: b\n\n")
		} else {
			io.WriteString(w, "id: 3\ndata: c\n\n")
		}
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	for _, method := range []string{"GET", "POST"} {
		ids = nil
		args := []string{"check", s.URL, "-duration", "1s", "-reconnect", "-X", method}
		var stdout bytes.Buffer
		if err := run(t.Context(), args, nil, &stdout, io.Discard); err != nil {
			t.Errorf("%v\n%s", err, stdout.String())
		}
		for len(got) > 0 {
			ids = append(ids, <-got)
		}
		if fmt.Sprintf("%q", ids) != fmt.Sprintf("%q", []string{method + " ", method + " 2"}) || !strings.Contains(stdout.String(), "3 events over 2 connections\nNo findings") {
			t.Errorf("requests %q\n%s", ids, stdout.String())
		}
	}
	if err := run(t.Context(), []string{"check", s.URL, "-reconnect", "-engine", "stream"}, nil, io.Discard, io.Discard); exitStatus(err) != 2 {
		t.Errorf("an engine that does not reconnect: %v", err)
	}
}
