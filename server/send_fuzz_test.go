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
	"unicode"

	"sseconsole/server"
)

// called calls s in memory and returns the status and the body.
func called(s *server.Server, method, call, query, body string, header ...string) (int, string) {
	r := httptest.NewRequest(method, "/demo/sse/"+call, strings.NewReader(body))
	r.Host = "localhost"
	r.URL.RawQuery = query
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// polled polls after the block with the given id. It returns the blocks, and the id for the
// next poll.
func polled(t *testing.T, s *server.Server, clientID, after string) (next string, blocks []block) {
	t.Helper()
	status, body := called(s, "GET", "subscribe", url.Values{"clientId": {clientID}, "mode": {"short"}}.Encode(), "", "Last-Event-ID", after)
	if status != http.StatusOK {
		t.Fatalf("poll: %d %q", status, body)
	}
	in := newStream(t, http.NoBody)
	in.r.Reset(strings.NewReader(body))
	first, ok := in.read()
	if !ok || first.id == "" || first.data != nil {
		t.Fatalf("poll: it begins with %+v", first)
	}
	for {
		b, ok := in.read()
		if !ok {
			return first.id, blocks
		}
		blocks = append(blocks, b)
	}
}

// checkAnswer checks that a response has the form of a result.
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

// FuzzSendBody sends any body. It must be refused with a sentence, or arrive as one block,
// with no part of a value as another field.
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
		next, _ := polled(t, s, "X", "")
		status, answer := called(s, "POST", "send", query, body, "Content-Type", contentType)
		if !slices.Contains([]int{200, 400, 404, 413, 415, 503}, status) {
			t.Fatalf("status %d", status)
		}
		checkAnswer(t, status, answer)
		_, blocks := polled(t, s, "X", next)
		if len(blocks) > 1 || status != 200 && len(blocks) > 0 {
			t.Fatalf("%d, and it arrives as %+v", status, blocks)
		}
		for _, b := range blocks {
			if strings.Contains(b.id, "\x00") {
				t.Fatalf("it arrives with the id %q, which no browser takes", b.id)
			}
			for _, line := range b.other {
				if name, _, _ := strings.Cut(line, ":"); name != "event" && name != "retry" || len(b.other) > 2 {
					t.Fatalf("it arrives with %q", b.other)
				}
			}
		}
	})
}

// FuzzSendEncodings sends one message as a query, a form, multipart and JSON. Responses and
// arriving blocks must be equal.
func FuzzSendEncodings(f *testing.F) {
	f.Add("X", "a\r\nb\rc\n", "e", "1", "c", uint32(5))
	f.Add("", "", "", "", "", uint32(0))
	f.Add("订 阅+&=;%", "\x00\ufeff\u2028 +&=;%20", "e +", "i +", "a\n\nb +", uint32(1))
	f.Add("X", "a", "e\nf", "", "", uint32(0))
	f.Add("X", "a", "", "i\x00", "", uint32(0))
	f.Add("X", "a", "", "", "", uint32(1<<31))
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
				return // JSON cannot represent it
			}
			query.Set(name, value)
			if err := multi.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
		multi.Close()
		known := len(clientID) <= 256 && clientID != "" && !strings.ContainsFunc(clientID, unicode.IsControl)
		plain := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content)
		var want string
		for _, c := range []struct{ query, contentType, body string }{
			{query.Encode(), "", ""},
			{"", "application/x-www-form-urlencoded", query.Encode()},
			{"", multi.FormDataContentType(), parts.String()},
			{"", "application/json", string(text)},
		} {
			s := server.New(server.Config{KeepAlive: -1})
			defer s.Shutdown(t.Context())
			var next string
			if known {
				next, _ = polled(t, s, clientID, "")
			}
			status, answer := called(s, "POST", "send", c.query, c.body, "Content-Type", c.contentType)
			checkAnswer(t, status, answer)
			got := fmt.Sprint(status, answer)
			if known {
				_, blocks := polled(t, s, clientID, next)
				if (len(blocks) == 1) != (status == 200) {
					t.Fatalf("%d, and %d blocks arrive", status, len(blocks))
				}
				for _, b := range blocks {
					if b.text() != plain || id != "" && b.id != id || strings.Contains(b.id, "\x00") {
						t.Fatalf("%q with id %q arrives as %q with %q", content, id, b.text(), b.id)
					}
					got += fmt.Sprintf(" %q %q %q", b.text(), b.comments, b.other)
				}
			}
			if want == "" {
				want = got
			}
			if got != want {
				t.Fatalf("as %q: %s\nas a query: %s", c.contentType, got, want)
			}
		}
	})
}
