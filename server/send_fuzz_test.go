package server_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"sseconsole/server"
)

// called returns the status and the body of a call that is answered in memory.
func called(s *server.Server, method, call, query, contentType, body string) (int, string) {
	r := httptest.NewRequest(method, "/demo/sse/"+call, strings.NewReader(body))
	r.Host = "localhost"
	r.URL.RawQuery = query
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// polled returns the blocks that wait for a clientId that polls.
func polled(t *testing.T, s *server.Server, clientID string) (blocks []block) {
	t.Helper()
	status, body := called(s, "GET", "subscribe", url.Values{"clientId": {clientID}, "mode": {"short"}}.Encode(), "", "")
	if status != http.StatusOK {
		t.Fatalf("poll: %d %q", status, body)
	}
	in := newStream(t, http.NoBody)
	in.r.Reset(strings.NewReader(body))
	if first, ok := in.read(); !ok || first.id == "" || first.data != nil { // how the poll goes on
		t.Fatalf("poll: it begins with %+v", first)
	}
	for {
		b, ok := in.read()
		if !ok {
			return blocks
		}
		blocks = append(blocks, b)
	}
}

// checkAnswer checks that an answer has the one shape that all have.
func checkAnswer(t *testing.T, status int, body string) {
	t.Helper()
	var answer struct {
		Code *int
		Msg  *string
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil || answer.Code == nil || answer.Msg == nil || *answer.Code != status {
		t.Fatalf("answer %d %q", status, body)
	}
	if status != 200 && *answer.Msg == "" {
		t.Fatalf("answer %d does not say why", status)
	}
}

// FuzzSendBody sends any body. It is refused with a sentence, or what it says
// arrives as one block, and nothing of it as another field.
func FuzzSendBody(f *testing.F) {
	const form, jsonType = "application/x-www-form-urlencoded", "application/json; charset=utf-8"
	f.Add(form, "", "clientId=X&content=a+b%0Ac&event=e&id=i&retry=5&comment=c")
	f.Add(form, "clientId=X", "content=a;b&&=&content=c%zz")
	f.Add(form, "to=X&to=Y", "content=%E4%B8%AD\x00%00")
	f.Add(jsonType, "", `{"to":["X","X"],"content":"\ud83d\ude00\\ud83d","retry":"7"}`)
	f.Add(jsonType, "clientId=X", `{"content":"\ud83d"}`)
	f.Add(jsonType, "clientId=X", `{"content":1}`)
	f.Add(jsonType, "clientId=X", `{"content":null,"content":"a","x":[{"y":[]}]} {}`)
	f.Add("multipart/form-data; boundary=b", "clientId=X", "--b\r\nContent-Disposition: form-data; name=content; filename=f\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=41\r\n--b--")
	f.Add("multipart/form-data", "clientId=X", "--\r\n\r\n")
	f.Add("text/plain", "clientId=X&content=a", "x")
	f.Fuzz(func(t *testing.T, contentType, query, body string) {
		s := server.New(server.Config{KeepAlive: -1})
		defer s.Shutdown(t.Context())
		polled(t, s, "X")
		status, answer := called(s, "POST", "send", query, contentType, body)
		if !slices.Contains([]int{200, 400, 404, 413, 415, 503}, status) {
			t.Fatalf("status %d", status)
		}
		checkAnswer(t, status, answer)
		blocks := polled(t, s, "X")
		if len(blocks) > 1 || status != 200 && len(blocks) > 0 {
			t.Fatalf("%d, and it arrives as %+v", status, blocks)
		}
		for _, b := range blocks {
			for _, line := range b.other {
				if name, _, _ := strings.Cut(line, ":"); name != "event" && name != "retry" || len(b.other) > 2 {
					t.Fatalf("it arrives with %q", b.other)
				}
			}
		}
	})
}

// FuzzSendEncodings sends one message as a query, a form, multipart and JSON: all
// are answered the same, and the same arrives.
func FuzzSendEncodings(f *testing.F) {
	f.Add("X", "a\r\nb\rc\n", "e", "1", "c", uint32(5))
	f.Add("", "", "", "", "", uint32(0))
	f.Add("订 阅+&=;%", "\x00\ufeff\u2028", "e\nf", "i\x00", "a\n\nb", uint32(1<<31))
	f.Add(strings.Repeat("x", 257), "a", "", "", "", uint32(1))
	f.Fuzz(func(t *testing.T, clientID, content, event, id, comment string, retry uint32) {
		values := map[string]string{"clientId": clientID, "content": content, "event": event, "id": id, "comment": comment}
		if retry > 0 {
			values["retry"] = fmt.Sprint(retry)
		}
		text, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		query := url.Values{}
		var parts bytes.Buffer
		multi := multipart.NewWriter(&parts)
		for name, value := range values {
			if strings.ToValidUTF8(value, "") != value {
				return // JSON cannot say it, and so there is nothing to compare
			}
			query.Set(name, value)
			if err := multi.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
		multi.Close()
		s := server.New(server.Config{KeepAlive: -1})
		defer s.Shutdown(t.Context())
		known := len(clientID) <= 256 && clientID != "" && !strings.ContainsFunc(clientID, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 })
		if known {
			polled(t, s, clientID)
		}
		var want string
		for i, c := range []struct{ query, contentType, body string }{
			{query.Encode(), "", ""},
			{"", "application/x-www-form-urlencoded", query.Encode()},
			{"", multi.FormDataContentType(), parts.String()},
			{"", "application/json", string(text)},
		} {
			status, answer := called(s, "POST", "send", c.query, c.contentType, c.body)
			checkAnswer(t, status, answer)
			got := fmt.Sprint(status, answer)
			if known {
				for _, b := range polled(t, s, clientID) {
					if id == "" {
						b.id = "" // the server's own
					}
					got += fmt.Sprintf(" %q %q %q %q", b.id, b.text(), b.comments, b.other)
					plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content)
					if b.text() != plain {
						t.Fatalf("%q arrives as %q", content, b.text())
					}
				}
			}
			if i == 0 {
				want = got
			}
			if got != want {
				t.Fatalf("as %q: %s\nas a query: %s", c.contentType, got, want)
			}
		}
	})
}
