package client

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"sseconsole/client/record"
)

type wptCase struct {
	Name           string
	Group          string
	Status         int
	ContentType    string     `json:"content_type"`
	Bytes          []byte     `json:"bytes_base64"`
	Want           []wptEvent `json:"expected"`
	Outcome        string
	RedirectStatus int               `json:"redirect_status"`
	RequestHeader  map[string]string `json:"request_header"`
	Reconnect      *struct {
		Count       int
		AfterMS     int64      `json:"after_ms"`
		HeaderJSON  *string    `json:"second_request_last_event_id_header"`
		SecondBytes string     `json:"second_bytes"`
		SecondWant  []wptEvent `json:"second_expected"`
		ThirdStatus int        `json:"third_status"`
	}
}

type wptEvent struct{ Type, Data, LastEventID string }

// TestConformanceOverSockets runs every case against a real server.
func TestConformanceOverSockets(t *testing.T) {
	file, err := os.ReadFile("eventstream/testdata/eventsource_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases struct{ Cases []wptCase }
	if err := json.Unmarshal(file, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases.Cases {
		if c.Name == "format-utf-8" { // its charset is windows-1252: Chromium and Safari refuse it, and Chromium is the oracle
			c.Outcome, c.Want = "fail", nil
		}
		t.Run(c.Name, func(t *testing.T) { playCase(t, c) })
	}
}

func playCase(t *testing.T, c wptCase) {
	// The bodies of the connections that are streams, and the events in them.
	bodies, want := []string{string(c.Bytes)}, c.Want
	if r := c.Reconnect; r != nil {
		for range max(r.Count, 1) {
			if r.SecondBytes == "" { // the same response again
				bodies, want = append(bodies, string(c.Bytes)), append(want, c.Want...)
				continue
			}
			bodies = append(bodies, strings.ReplaceAll(r.SecondBytes, `\n`, "\n"))
			want = append(want, r.SecondWant...)
		}
	}
	var served atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.RedirectStatus != 0 && r.URL.Path == "/sse/subscribe" {
			w.Header().Set("Location", "/moved?to=here")
			w.WriteHeader(c.RedirectStatus)
			return
		}
		for name, value := range c.RequestHeader {
			if got := r.Header[name]; !reflect.DeepEqual(got, []string{value}) {
				t.Errorf("request header %s is %q, want %q", name, got, value)
			}
		}
		n := int(served.Add(1)) - 1
		if id := r.Header["Last-Event-Id"]; n > 0 && c.Reconnect != nil {
			if expected := c.Reconnect.HeaderJSON; expected == nil && id != nil || expected != nil && (len(id) != 1 || id[0] != *expected) {
				t.Errorf("request %d has Last-Event-ID %q", n, id)
			}
		}
		if n >= len(bodies) {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header()["Content-Type"] = []string{c.ContentType}
		w.WriteHeader(c.Status)
		if c.Status != http.StatusNoContent {
			io.WriteString(w, bodies[n])
		}
	}))
	defer server.Close()
	log := newLog()
	client := Client{Record: log.add}
	defer client.CloseIdleConnections()

	s := client.Subscribe(t.Context(), place{Base: server.URL + "/sse"}.stream("alice"), Options{})
	if c.Outcome == "stream" && c.Reconnect == nil {
		log.await(t, record.Reconnect, 1) // the test does not wait for the default of 3 s
		s.Cancel(nil)
	}
	<-s.Done()
	var got []wptEvent
	opens := 0
	var ended record.Record
	for _, r := range log.all() {
		switch r.Kind {
		case record.Open:
			opens++
			if len(got) > 0 && c.Reconnect == nil {
				t.Error("open after an event")
			}
		case record.Event:
			got = append(got, wptEvent{r.Type, r.Data, r.ID})
		case record.End:
			ended = r
		case record.Subscribe:
			if c.Reconnect != nil && ended.Conn > 0 && r.Time.Sub(ended.Time) < time.Duration(c.Reconnect.AfterMS)*time.Millisecond {
				t.Errorf("reconnected after %v", r.Time.Sub(ended.Time))
			}
		}
	}
	if len(got)+len(want) > 0 && !reflect.DeepEqual(got, want) {
		t.Errorf("events are %+v, want %+v", got, want)
	}
	if c.Outcome == "fail" {
		if opens != 0 || s.Status().Last.Kind != record.Fail || served.Load() != 1 {
			t.Errorf("%d opens, %d requests, status %+v", opens, served.Load(), s.Status())
		}
	} else if opens != len(bodies) {
		t.Errorf("%d opens, want %d", opens, len(bodies))
	}
}
