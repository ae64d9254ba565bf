package client

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// there returns a call whose request no EventSource could make.
func there() Call {
	return Call{
		Name: "there",
		Request: endpoint.Request{
			Method: http.MethodPost, URL: "http://there/v1/chat?api_key=sesame", Body: []byte(`{"stream":true,"password":"sesame","note":"open"}`),
			Header: http.Header{
				"content-type": {"application/json"}, "Authorization": {"Bearer sesame"}, "X-Tenant": {"open-42"}, "User-Agent": {"curl/8"},
			},
		},
		Masker: endpoint.NewMasker("open-42"),
	}
}

// asked is a request as a server saw it.
func asked(r *http.Request) string {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	return fmt.Sprintf("%s %s %s %s %s id=%s %s", r.Method, r.URL, r.Header.Get("Content-Type"), r.Header.Get("Authorization"),
		r.Header.Get("X-Tenant"), r.Header.Get("Last-Event-ID"), body)
}

func TestEveryEngineMakesTheWholeRequestAtEachConnection(t *testing.T) {
	for _, engine := range Engines() {
		t.Run(engine, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var seen []string
				see := func(next step) step {
					return func(r *http.Request) (*http.Response, error) {
						seen = append(seen, asked(r))
						return next(r)
					}
				}
				log := newLog()
				c := Client{Record: log.add, Transport: &script{steps: []step{
					see(stream("id: 8\ndata: x\n\n")), see(answer(204, "", "")),
				}}}
				s := c.Subscribe(t.Context(), as("alice", there()), Options{Engine: engine, LastEventID: "7", MaxReconnects: 9})
				time.Sleep(time.Minute)
				s.Cancel(nil)
				<-s.Done()
				want := `POST http://there/v1/chat?api_key=sesame application/json Bearer sesame open-42 id=%d {"stream":true,"password":"sesame","note":"open"}`
				if len(seen) == 0 || seen[0] != fmt.Sprintf(want, 7) {
					t.Fatalf("the server saw %q", seen)
				}
				if engine == EventSource && (len(seen) != 2 || seen[1] != fmt.Sprintf(want, 8)) {
					t.Errorf("the server saw again %q", seen[1:])
				}
				r := log.all()[0]
				if r.Kind != record.Subscribe || r.Method != "POST" || r.ID != "7" || r.URL != "http://there/v1/chat?api_key=•••" ||
					r.Body != `{"stream":true,"password":"•••","note":"open"}` {
					t.Errorf("the record is %+v", r)
				}
				for name, want := range map[string]string{
					"Authorization": "Bearer •••", "X-Tenant": "•••", "User-Agent": "curl/8", "Content-Length": "49",
				} {
					if got := http.Header(r.Header).Get(name); got != want {
						t.Errorf("%s is %q in the record, want %q", name, got, want)
					}
				}
			})
		})
	}
}

func TestEveryEngineEndsAtTheEndMarker(t *testing.T) {
	for _, engine := range Engines() {
		t.Run(engine, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log := newLog()
				server := &script{steps: []step{endless("text/event-stream", "data: a\n\ndata: [DONE]\n\ndata: b\n\n", nil)}}
				c := Client{Record: log.add, Transport: server}
				s := c.Subscribe(t.Context(), as("alice", there()), Options{Engine: engine, EndMarker: "[DONE]"})
				<-s.Done()
				records := log.all()
				if last := records[len(records)-1]; last.Kind != record.End || last.By != record.ByMarker || last.Data != "[DONE]" {
					t.Errorf("it ended with %+v", last)
				}
				if n := s.Status().Events; engine != Stream && n != 2 {
					t.Errorf("%d events", n)
				}
				if len(server.requests) != 1 {
					t.Errorf("%d requests", len(server.requests))
				}
			})
		})
	}
}

func TestOnlyTheWholeDataIsTheEndMarker(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newLog()
		c := Client{Record: log.add, Transport: &script{steps: []step{stream(": [DONE]\n\ndata: not [DONE]\n\nid: [DONE]\n\nevent: [DONE]\ndata: x\n\n")}}}
		s := c.Subscribe(t.Context(), as("alice", there()), Options{EndMarker: "[DONE]", MaxReconnects: 9})
		<-s.Done()
		records := log.all()
		if last := records[len(records)-1]; last.Failure != record.NoContent { // of the reconnect
			t.Errorf("it ended with %+v", last)
		}
	})
}

func TestTheExpectationOfACallDecides(t *testing.T) {
	want := errors.New(".ok is false")
	for _, tt := range []struct {
		status int
		body   string
		expect Expect
		kind   record.Kind
		why    record.Failure
		detail string
	}{
		{200, `{"code":500}`, nil, record.Fail, record.BadCode, ""},
		{200, `{"code":500}`, func(int, []byte) error { return nil }, record.Answer, "", ""},
		{404, "", func(status int, _ []byte) error { return nil }, record.Answer, "", ""},
		{200, `{"ok":false}`, func(_ int, body []byte) error {
			if string(body) == `{"ok":false}` {
				return want
			}
			return nil
		}, record.Fail, record.Unexpected, ".ok is false"},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(tt.status)
			io.WriteString(w, tt.body)
		}))
		c, log := newClient(t)
		e := there()
		e.Request.URL = server.URL + "/send?token=sesame"
		e.Request.Method = http.MethodPut
		r := c.Do(t.Context(), sending(e, "alice", "hello", tt.expect))
		c.CloseIdleConnections()
		server.Close()
		if r.Kind != tt.kind || r.Failure != tt.why || r.Detail != tt.detail || r.Status != tt.status || r.Header == nil {
			t.Errorf("%d %s: %+v", tt.status, tt.body, r)
		}
		sent := log.all()[0]
		if sent.Method != "PUT" || sent.Data != "hello" || http.Header(sent.Header).Get("Authorization") != "Bearer •••" ||
			!strings.Contains(sent.Body, `"password":"•••"`) || strings.Contains(fmt.Sprint(sent), "sesame") {
			t.Errorf("the record of what was sent is %+v", sent)
		}
	}
}

func TestACallThatCannotBeMadeIsStillRecordedOnce(t *testing.T) {
	for _, tt := range []struct {
		url        string
		connection endpoint.Connection
		want       record.Failure
	}{
		{"ftp://h/", endpoint.Connection{}, record.BadAddress},
		{"http://h/", endpoint.Connection{CAFile: "/nowhere/ca.pem"}, record.PEMUnreadable},
		{"http://h/", endpoint.Connection{HTTP: "9"}, record.BadConnection},
	} {
		c, log := newClient(t)
		r := c.Do(t.Context(), Call{Kind: record.Close, ClientID: "alice", Request: endpoint.Request{URL: tt.url}, Connection: tt.connection})
		if records := log.all(); len(records) != 2 || records[0].Kind != record.Close || r.Failure != tt.want || r.Detail == "" {
			t.Errorf("%s: %+v", tt.url, records)
		}
	}
}

func TestAHeaderThatCannotBeSentFailsForGood(t *testing.T) {
	for name, value := range map[string]string{"X-Bad": "a\nb", "Not A Name": "x", "": "x", "X-Null": "\x00"} {
		e := there()
		e.Request.Header = http.Header{name: {value}}
		c, log := newClient(t)
		s := c.Subscribe(t.Context(), as("alice", e), Options{})
		<-s.Done()
		records := log.all()
		if last := records[len(records)-1]; len(records) != 2 || last.Failure != record.BadHeader || last.Detail == "" {
			t.Errorf("%q: %+v", name, records)
		}
		if r := c.Do(t.Context(), sending(e, "alice", "x", nil)); r.Failure != record.BadHeader {
			t.Errorf("%q: a send got %+v", name, r)
		}
	}
}

func TestASecretIsMaskedHoweverItIsWritten(t *testing.T) {
	e := Call{Masker: endpoint.NewMasker(`p&ss "wörd"`, ""), Request: endpoint.Request{
		URL:    "http://there/p&ss%20%22w%C3%B6rd%22/?x=p%26ss+%22w%C3%B6rd%22",
		Header: http.Header{"X-Note": {`it is p&ss "wörd"!`}, "Content-Type": {"application/json"}},
		Body:   []byte(`{"note":"p\u0026ss \"wörd\"","again":"p&ss \"wörd\""}`),
	}}
	for got, want := range map[string]string{
		e.mask(e.Request.URL):                           "http://there/•••/?x=•••",
		e.Masker.Header(e.Request.Header).Get("X-Note"): "it is •••!",
		e.body(): `{"note":"•••","again":"•••"}`,
	} {
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestTheCookiesOfATargetAreItsOwn(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "of", Value: r.URL.Path[1:]})
		io.WriteString(w, r.Header.Get("Cookie"))
	}))
	defer server.Close()
	c, _ := newClient(t)
	send := func(name string, cookies bool) string {
		to := endpoint.Call{URL: server.URL + "/" + name}
		spec := endpoint.Spec{Name: name, Cookies: cookies, Send: &to}
		call, err := c.Resolve(&spec, record.Send, endpoint.Values{})
		if err != nil {
			t.Fatal(err)
		}
		return c.Do(t.Context(), call).Data
	}
	got := []string{send("one", true), send("one", true), send("two", true), send("two", true), send("one", false), send("one", true)}
	want := []string{"", "of=one", "", "of=two", "", "of=one"}
	wantLines(t, got, want)
}
