package server

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"sseconsole/server/message"
)

// FuzzParams checks that any parameters are either valid or refused with a well-formed
// response, and that a query which net/url accepts is parsed in the same way.
func FuzzParams(f *testing.F) {
	for _, seed := range [][3]string{
		{"clientId=X&content=a+b%20c", "", ""},
		{"clientId=X&content=a;b&&=&clientId", "", ""},
		{"clientId=%E4%B8%AD&content=%zz", "", ""},
		{"", `{"clientId":"X","content":"\ud83d\ude00\\ud83d"}`, "application/json"},
		{"", "{\"clientId\":\"X\",\"content\":\"\\ud83d\"}", "application/json"},
		{"clientId=Y", "clientId=X&content=%0A", "application/x-www-form-urlencoded"},
		{"clientId=Y", "--b\r\nContent-Disposition: form-data; name=content\r\n\r\nc\r\n--b--", "multipart/form-data; boundary=b"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	f.Fuzz(func(t *testing.T, query, body, contentType string) {
		method := "POST"
		if body == "" {
			method = "GET"
		}
		r := httptest.NewRequest(method, "/", strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", contentType)
		w := httptest.NewRecorder()
		p, bad := readParams(w, r)
		if bad == nil {
			bad = p.checkClientID()
		}
		if bad != nil {
			bad.writeTo(w)
			var answer struct {
				Code *int
				Msg  *string
			}
			if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Code == nil || answer.Msg == nil || *answer.Code != w.Code {
				t.Fatalf("answer %d %q", w.Code, w.Body)
			}
			if w.Code != 400 && w.Code != 413 && w.Code != 415 {
				t.Fatalf("status %d", w.Code)
			}
			return
		}
		id := p.first("clientId")
		if id == "" || len(id) > message.MaxClientID || strings.ContainsFunc(id, unicode.IsControl) {
			t.Fatalf("clientId %q", id)
		}
		if len(p.first("content")) > MaxContent {
			t.Fatalf("content of %d bytes", len(p.first("content")))
		}
		for name, values := range p {
			if len(values) > maxTo || name != "to" && len(values) != 1 || !utf8.ValidString(strings.Join(values, "")) {
				t.Fatalf("%s %q", name, values)
			}
		}
		if values, err := url.ParseQuery(query); err == nil && method == "GET" {
			for _, name := range []string{"clientId", "content", "token"} {
				if p.first(name) != values.Get(name) {
					t.Fatalf("%s %q, net/url says %q", name, p.first(name), values.Get(name))
				}
			}
		}
	})
}
