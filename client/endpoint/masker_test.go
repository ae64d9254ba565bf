package endpoint

import (
	"net/http"
	"strings"
	"testing"
)

func TestASecretIsMaskedEverywhere(t *testing.T) {
	const secret = "s3c/ret+&\"订 x"
	spec := Spec{
		Subscribe: Call{
			URL: "http://h/{s}?q={s}", Header: []Param{{"X-Plain", "a {s} b"}, {"Cookie", "sid={s}; x=1"}},
			Body: &Body{Kind: BodyJSON, Text: `{"a":"{s}"}`},
		},
		Send:      &Call{URL: "http://h", Body: &Body{Kind: BodyForm, Form: []Param{{"a", "{s}"}, {"token", "abc"}}}},
		Close:     &Call{URL: "http://h", Auth: &Auth{Kind: AuthBearer, Value: "{{e}}"}, Header: []Param{{"X-Again", "{{e}}"}}},
		Auth:      Auth{Kind: AuthBasic, User: "me", Value: "{s}"},
		Variables: []Variable{{Name: "s", Value: secret, Secret: true}},
	}
	e := &Environment{Variables: []Variable{{Name: "e", Value: "3nv1ronm3nt", Secret: true}}}
	m := spec.Masker(e)
	for call, want := range map[string]string{
		Subscribe: `http://h/•••?q=••• map[Authorization:[Basic •••] Content-Type:[application/json] Cookie:[sid=•••; x=•••] X-Plain:[a ••• b]] {"a":"•••"}`,
		Send:      `http://h map[Authorization:[Basic •••] Content-Type:[application/x-www-form-urlencoded]] a=•••&token=•••`,
		Close:     `http://h map[Authorization:[Bearer •••] X-Again:[•••]] `,
	} {
		r, err := spec.Request(call, Values{Environment: e})
		if err != nil {
			t.Fatal(err)
		}
		r = m.Request(r)
		if got := r.URL + " " + sprint(r.Header) + " " + string(r.Body); got != want {
			t.Errorf("%s: got %s\nwant %s", call, got, want)
		}
	}
	if got := m.Text("Authorization: Basic bWU6czNjL3JldCsmIuiuoiB4, %2b s3c%2fret%2b%26%22%e8%ae%a2%20x"); strings.Contains(got, "bWU6") || strings.Contains(got, "s3c") {
		t.Errorf("masked to %s", got)
	}
}

func sprint(h http.Header) string {
	var b strings.Builder
	b.WriteString("map[")
	first := true
	for _, name := range []string{"Authorization", "Content-Type", "Cookie", "X-Again", "X-Plain"} {
		if v, ok := h[name]; ok {
			if !first {
				b.WriteString(" ")
			}
			first = false
			b.WriteString(name + ":[" + strings.Join(v, " ") + "]")
		}
	}
	return b.String() + "]"
}

func TestAMaskerWithoutValuesKnowsNames(t *testing.T) {
	var m *Masker
	for _, tt := range []struct{ name, value, want string }{
		{"Authorization", "Bearer x", "Bearer •••"},
		{"Authorization", "x", "•••"},
		{"Proxy-Authorization", "Basic x", "Basic •••"},
		{"Set-Cookie", "sid=x; Path=/; HttpOnly", "sid=•••; Path=/; HttpOnly"},
		{"Set-Cookie", "x", "•••"},
		{"Cookie", "x", "•••"},
		{"X-Api-Key", "x", "•••"},
		{"Location", "http://h?token=x rest", "http://h?token=•••"},
		{"Refresh", "0; url=http://h?token=x rest", "0; url=http://h?token=••• rest"},
		{"Content-Type", "text/plain; a=b", "text/plain; a=b"},
	} {
		if got := m.Value(tt.name, tt.value); got != tt.want {
			t.Errorf("%s: %s became %s, want %s", tt.name, tt.value, got, tt.want)
		}
	}
	if got := m.URL("http://u:p@h?key=1"); got != "http://u:•••@h?key=•••" {
		t.Errorf("a URL became %s", got)
	}
	if got := m.Text("x"); got != "x" {
		t.Errorf("a text became %s", got)
	}
	if got := NewMasker("abc", "").Text("abcd"); got != "abcd" {
		t.Errorf("a short secret is masked in texts: %s", got)
	}
	if got := NewMasker("secret", "secret-long").Text("secret-long secret"); got != "••• •••" {
		t.Errorf("secrets within secrets: %s", got)
	}
}

func TestASecretIsMaskedInAnyHeader(t *testing.T) {
	var none *Masker
	for value, want := range map[[2]string]string{
		{"Authorization", "Bearer abc"}:       "Bearer •••",
		{"Authorization", "abc"}:              "•••",
		{"Proxy-Authorization", "Basic abc"}:  "Basic •••",
		{"Cookie", "a=1; b=2"}:                "a=•••; b=•••",
		{"Set-Cookie", "a=1"}:                 "a=•••",
		{"Set-Cookie", "a=1=2; Secure"}:       "a=•••; Secure",
		{"Set-Cookie", "a"}:                   "•••",
		{"X-Api-Key", "abc"}:                  "•••",
		{"X-Auth-Token", "abc"}:               "•••",
		{"Location", "/a?token=abc&b=c"}:      "/a?token=•••&b=c",
		{"Referer", "http://user:abc@host/a"}: "http://user:•••@host/a",
		{"Accept", "text/event-stream;q=1"}:   "text/event-stream;q=1",
	} {
		if got := none.Value(value[0], value[1]); got != want {
			t.Errorf("%q is %q, want %q", value, got, want)
		}
	}
}
