package client

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

const success = `{"code":200,"msg":"success","data":null}`

// serve runs a server and returns its place.
func serve(t *testing.T, handler http.HandlerFunc) place {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return place{Name: "test", Base: server.URL + "/sse?token=s3cret"}
}

func newClient(t *testing.T) (*Client, *log) {
	log := newLog()
	c := &Client{Record: log.add}
	t.Cleanup(c.CloseIdleConnections)
	return c, log
}

func TestSendsArriveAsTheyWere(t *testing.T) {
	type call struct{ method, path, token, clientID, content string }
	var got call
	where := serve(t, func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		got = call{r.Method, r.URL.Path, r.URL.Query().Get("token"), r.Form.Get("clientId"), r.Form.Get("content")}
		if r.Method == http.MethodPost && len(r.URL.Query()) != 1 {
			t.Errorf("query of a POST is %q", r.URL.RawQuery)
		}
		io.WriteString(w, success)
	})
	c, log := newClient(t)
	for _, text := range []string{
		"", "hello", " a  b ", "a+b", "x&y=z", "a#b", "100%", "%41", "/?:@;,=$", "a\r\nb\n", "订阅 😀", "\x00\x01\x7f", "\xff\xfe", "\"'<>\\^`{|}~",
	} {
		for _, m := range []struct {
			method endpoint.Method
			want   string
		}{{endpoint.Auto, "GET"}, {endpoint.GET, "GET"}, {endpoint.POST, "POST"}} {
			result := c.Do(t.Context(), where.send(text, text, m.method))
			if want := (call{m.want, "/sse/send", "s3cret", text, text}); got != want {
				t.Errorf("method %d: the server got %q, want %q", m.method, got, want)
			}
			if result.Kind != record.Answer || result.Call != record.Send || result.Status != 200 || result.Code != 200 ||
				result.Message != "success" || result.Data != success || result.Proto != "HTTP/1.1" || result.Took <= 0 {
				t.Errorf("result is %+v", result)
			}
			records := log.all()
			sent := records[len(records)-2]
			if sent.Kind != record.Send || sent.Method != m.want || sent.Data != text || sent.Bytes != int64(len(text)) ||
				sent.ClientID != text || sent.Target != "test" || strings.Contains(sent.URL, "s3cret") || !strings.Contains(sent.URL, "/sse/send?token=•••") {
				t.Errorf("record is %+v", sent)
			}
		}
		if c.Do(t.Context(), where.close(text, endpoint.POST)); got != (call{"POST", "/sse/close", "s3cret", text, ""}) {
			t.Errorf("closed with %q", got)
		}
		if c.Do(t.Context(), where.close(text, endpoint.Auto)); got != (call{"GET", "/sse/close", "s3cret", text, ""}) {
			t.Errorf("closed with %q", got)
		}
	}
}

func TestAutoPostsWhatIsTooLongForAURL(t *testing.T) {
	var got *http.Request
	where := serve(t, func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		got = r
	})
	c, _ := newClient(t)
	room := 2<<10 - len(where.send("a", "", endpoint.Auto).Request.URL)
	for content, want := range map[string]string{
		strings.Repeat("x", room): "GET", strings.Repeat("x", room+1): "POST", strings.Repeat("订", room/3): "POST",
	} {
		c.Do(t.Context(), where.send("a", content, endpoint.Auto))
		if got.Method != want || got.Form.Get("content") != content {
			t.Errorf("%d bytes went by %s", len(content), got.Method)
		}
		contentType := got.Header.Get("Content-Type")
		if want == "POST" && contentType != "application/x-www-form-urlencoded; charset=UTF-8" {
			t.Errorf("content type is %q", contentType)
		}
	}
}

func TestAnswers(t *testing.T) {
	long := `{"code":404,"msg":" 订` + strings.Repeat("阅", 400) + `"}`
	tests := []struct {
		name   string
		status int
		body   string
		want   record.Failure
		code   int
	}{
		{"success", 200, success, "", 200},
		{"no JSON", 200, "ok", "", 0},
		{"JSON of another shape", 200, `{"code":"E1"}`, "", 0},
		{"created", 201, "", "", 0},
		{"a code that says no", 200, `{"code":500,"msg":"fail"}`, record.BadCode, 500},
		{"not found with a code", 404, long, record.BadStatus, 404},
		{"an error page", 500, "<html>NullPointerException", record.BadStatus, 0},
		{"a redirect to nowhere", 302, "", record.BadStatus, 0},
		{"an error of a proxy that is none", 407, "who are you", record.BadStatus, 0},
	}
	c, log := newClient(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			where := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(tt.status)
				io.WriteString(w, tt.body)
			})
			got := c.Do(t.Context(), where.send("a", "x", endpoint.Auto))
			kind := record.Answer
			if tt.want != "" {
				kind = record.Fail
			}
			if got.Kind != kind || got.Failure != tt.want || got.Status != tt.status || got.Code != tt.code ||
				got.Call != record.Send || got.ContentType != "application/json" {
				t.Errorf("got %+v", got)
			}
			if len(got.Data) > 1024 || !strings.HasPrefix(tt.body, got.Data) || strings.ToValidUTF8(got.Data, "") != got.Data {
				t.Errorf("body is %q", got.Data)
			}
			records := log.all()
			if last := records[len(records)-1]; fmt.Sprint(last) != fmt.Sprint(got) {
				t.Errorf("recorded %+v", last)
			}
		})
	}
}

func TestARefusedMethodIsReportedAndNotReplaced(t *testing.T) {
	requests := 0
	where := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests++
		w.Header().Set("Allow", "POST")
		w.WriteHeader(http.StatusMethodNotAllowed)
	})
	c, _ := newClient(t)
	got := c.Do(t.Context(), where.send("a", "x", endpoint.Auto))
	if got.Kind != record.Fail || got.Failure != record.NotAllowed || got.Detail != "Allow: POST" || requests != 1 {
		t.Errorf("%d requests, %+v", requests, got)
	}
}

func TestCallsEndAtTheirTimeoutOrByTheUser(t *testing.T) {
	where := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/sse/send" {
			w.WriteHeader(http.StatusOK) // and no body
			w.(http.Flusher).Flush()
		}
		<-r.Context().Done()
	})
	c, _ := newClient(t)
	c.SendTimeout, c.CloseTimeout = 20*time.Millisecond, 10*time.Millisecond
	if got := c.Do(t.Context(), where.send("a", "x", endpoint.Auto)); got.Failure != record.Timeout || got.By != "" || got.Took < c.SendTimeout {
		t.Errorf("send: %+v", got)
	}
	if got := c.Do(t.Context(), where.close("a", endpoint.Auto)); got.Failure != record.Timeout || got.Call != record.Close {
		t.Errorf("close: %+v", got)
	}
	c.SendTimeout = 0
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errPerson)
	if got := c.Do(ctx, where.send("a", "x", endpoint.Auto)); got.Kind != record.Fail || got.By != record.ByPerson || got.Detail != errPerson.Error() {
		t.Errorf("cancelled: %+v", got)
	}
}

// In TestAMessageIsNeverSentTwice the server reads a request on a reused connection
// and closes it: net/http alone would send the request again.
func TestAMessageIsNeverSentTwice(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	base := "http://" + listen(t, func(conn *net.TCPConn) {
		reader := bufio.NewReader(conn)
		for i := range 2 {
			r, err := http.ReadRequest(reader)
			if err != nil {
				return
			}
			mu.Lock()
			seen = append(seen, r.FormValue("content"))
			mu.Unlock()
			if i == 0 {
				io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
			}
		}
	})
	c, _ := newClient(t)
	first := c.Do(t.Context(), place{Base: base}.send("a", "one", endpoint.GET))
	second := c.Do(t.Context(), place{Base: base}.send("a", "two", endpoint.GET))
	mu.Lock()
	defer mu.Unlock()
	if first.Kind != record.Answer || second.Failure != record.Reset || strings.Join(seen, " ") != "one two" {
		t.Errorf("the server saw %q; %+v, %+v", seen, first, second)
	}
}

func TestTwentyRedirectsAreFollowed(t *testing.T) {
	for hops, want := range map[int]record.Failure{maxHops: "", maxHops + 1: record.TooManyHops} {
		left := hops
		where := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if left--; left >= 0 {
				http.Redirect(w, r, "/", http.StatusFound)
			}
		})
		c, _ := newClient(t)
		if got := c.Do(t.Context(), where.send("a", "x", endpoint.GET)); got.Failure != want {
			t.Errorf("%d redirects: %+v", hops, got)
		}
	}
}

func TestCallsFollowRedirectsWithoutReferer(t *testing.T) {
	var got []string
	where := serve(t, func(w http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		got = append(got, r.Method+" "+r.URL.Path+" "+r.Form.Get("content")+r.Header.Get("Referer"))
		if r.URL.Path != "/moved" {
			http.Redirect(w, r, "/moved?content=from+location", http.StatusTemporaryRedirect)
		}
	})
	c, _ := newClient(t)
	c.Do(t.Context(), where.send("a", "x", endpoint.GET))
	c.Do(t.Context(), where.send("a", "x", endpoint.POST))
	if want := "GET /sse/send x|GET /moved from location|POST /sse/send x|POST /moved x"; strings.Join(got, "|") != want {
		t.Errorf("got %q", got)
	}
}
