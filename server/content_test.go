package server_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"sseconsole/server"
)

// Every way to send delivers every content unchanged, except CR and CRLF, which the
// format cannot represent.
func TestContentArrivesExactly(t *testing.T) {
	contents := []string{
		"hello", "", " ", "  leading and trailing  ", "\n", "\n\n", "a\nb", "a\n", "\na", "\n\na\n\n",
		"a\rb", "a\r\nb", "\r", "\r\n", "a\n\r\nb", "\r\r\n\n",
		"data:", "data: x", "data", ":", ": comment", "id: 9\nevent: e\n\nretry: 1", "id\nevent\nretry",
		"\r\rdata: injected\r\r", "a\n\ndata: b\n\n", "\ufeffbom", "\x00", "a\x00b", "\u0085\u2028\u2029", "\v\f\t",
		"中文，你好", "😀👨‍👩‍👧", "e\u0301", "a+b", "x&y=z", "a#b", "100%", "%41", `"\u0041"`, "<script>&amp;</script>", ";a;b=c;",
		"\ud7ff\ue000\U0010ffff", strings.Repeat("长", 20_000), strings.Repeat("\n", 1<<20),
	}
	f := start(t, server.Config{})
	s := f.subscribe("X")
	ways := map[string]func(content string) int{
		"POST form": func(c string) int { return f.send("X", c) },
		"GET": func(c string) int {
			status, _ := f.call("GET", f.url("send", url.Values{"clientId": {"X"}, "content": {c}}.Encode()), "")
			return status
		},
		"JSON": func(c string) int {
			body, _ := json.Marshal(map[string]string{"clientId": "X", "content": c})
			status, _ := f.call("POST", f.url("send", ""), string(body), "Content-Type: application/json")
			return status
		},
		"multipart": func(c string) int {
			body := "--0f\r\nContent-Disposition: form-data; name=\"content\"; filename=\"f\"\r\n" +
				"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + c + "\r\n--0f--\r\n"
			status, _ := f.call("POST", f.url("send", "clientId=X"), body, "Content-Type: multipart/form-data; boundary=0f")
			return status
		},
	}
	n := 0
	for way, send := range ways {
		for _, content := range contents {
			if len(content) > 1<<18 && way != "POST form" {
				continue // once is enough: it takes a second
			}
			n++
			if status := send(content); status != 200 {
				t.Fatalf("%s of %.40q: %d", way, content, status)
			}
			b := s.next()
			want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content)
			if b.data == nil || *b.data != want {
				t.Fatalf("%s of %.40q arrives as %.40q", way, content, b.text())
			}
			if b.other != nil || b.comments != nil || b.id != fmt.Sprintf("%s-%d", s.session(), n) {
				t.Fatalf("%s of %.40q brings more: %.200v", way, content, b)
			}
		}
	}
}

func TestClientIDIsTakenExactly(t *testing.T) {
	f := start(t, server.Config{})
	for _, id := range []string{"a b", "a+b", "x&y=z", "a#b", "中文", "data: x", "<i>", `"`, "-", "a-1", "%00", "A", "a"} {
		s := f.subscribe(id)
		if status := f.send(id, id); status != 200 {
			t.Errorf("%q: %d", id, status)
		}
		if b := s.message(); b.text() != id || b.other != nil {
			t.Errorf("%q: got %+v", id, b)
		}
	}
}
