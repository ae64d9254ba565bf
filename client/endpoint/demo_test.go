package endpoint

import (
	"net/http"
	"reflect"
	"strings"
	"testing"
)

// demoURL returns the URL of a call of the demo by GET.
func demoURL(t *testing.T, base, call, clientID, content string) string {
	t.Helper()
	spec := Demo(base, GET)
	r, err := spec.Request(call, Values{ClientID: clientID, Content: content})
	if err != nil {
		t.Fatalf("%s at %q: %v", call, base, err)
	}
	return r.URL
}

func TestURLsOfTheCalls(t *testing.T) {
	const plain, withToken = "http://h/demo/sse", "http://h/demo/sse?token=a%2Bb"
	posted := func(base, call string) string {
		spec := Demo(base, POST)
		r, err := spec.Request(call, Values{ClientID: "a"})
		if err != nil {
			t.Fatal(err)
		}
		return r.URL
	}
	for _, tt := range []struct{ got, want string }{
		{demoURL(t, plain, Subscribe, "a", ""), "http://h/demo/sse/subscribe?clientId=a"},
		{demoURL(t, plain, Send, "a", ""), "http://h/demo/sse/send?clientId=a&content="},
		{demoURL(t, plain, Send, "a b", "x&y=z+#%\n\x00\xff订"),
			"http://h/demo/sse/send?clientId=a%20b&content=x%26y%3Dz%2B%23%25%0A%00%FF%E8%AE%A2"},
		{demoURL(t, plain, Close, "a", ""), "http://h/demo/sse/close?clientId=a"},
		{posted(plain, Send), "http://h/demo/sse/send"},
		{demoURL(t, withToken, Subscribe, "a", ""), "http://h/demo/sse/subscribe?token=a%2Bb&clientId=a"},
		{posted(withToken, Close), "http://h/demo/sse/close?token=a%2Bb"},
		{demoURL(t, "http://u:p%40w@[fe80::1%25eth0]:80/a%2Fb/%7Bx%7D?flag&plus=a+b&x=%zz&=1", Close, "a", ""),
			"http://u:p%40w@[fe80::1%25eth0]:80/a%2Fb/%7Bx%7D/close?flag&plus=a+b&x=%zz&=1&clientId=a"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
		}
	}
}

func TestTheBytesOfADemoCallByPOST(t *testing.T) {
	for _, method := range []Method{POST, Auto} {
		content := "1 + 1&"
		if method == Auto {
			content += strings.Repeat("x", longestURL)
		}
		spec := Demo("http://h/demo/sse?token=t", method)
		clone := spec.Clone()
		for _, s := range []*Spec{&spec, &clone} {
			r, err := s.Request(Send, Values{ClientID: "a b", Content: content})
			want := Request{
				Method: "POST", URL: "http://h/demo/sse/send?token=t", Body: []byte("clientId=a+b&content=1+%2B+1%26" + content[len("1 + 1&"):]),
				Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded; charset=UTF-8"}},
			}
			if err != nil || !reflect.DeepEqual(r, want) {
				t.Errorf("method %d: %+v, %v", method, r, err)
			}
		}
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"http://h/x":                      "http://h/x",
		"http://h/x?token=abc&clientId=1": "http://h/x?token=•••&clientId=1",
		"http://h/x?a=1&API_KEY=abc#access_token=x": "http://h/x?a=1&API_KEY=•••#access_token=•••",
		"http://h/x?tok%65n=abc":                    "http://h/x?tok%65n=•••",
		"http://h/x?token=":                         "http://h/x?token=",
		"http://h/x?token=a=b":                      "http://h/x?token=•••",
		"http://h/x?tokens=a&monkey=b":              "http://h/x?tokens=a&monkey=b",
		"http://user:pa@ss@h:80/x":                  "http://user:•••@h:80/x",
		"http://user@h:80/x@y:z":                    "http://•••@h:80/x@y:z",
		"http://h:80/a:b@c":                         "http://h:80/a:b@c",
		"no url? password=x&%zz=1&key=2":            "no url? password=•••&%zz=1&key=•••",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTheURLOfAStreamIsUnchanged(t *testing.T) {
	for text, want := range map[string]string{
		" https://EXAMPLE.org/sub/news/?topic=a%2Fb&clientId=x&content=y#top ": "https://example.org/sub/news/?topic=a%2Fb&clientId=x&content=y",
		"localhost:8080/demo/sse/subscribe?clientId=a b":                       "http://localhost:8080/demo/sse/subscribe?clientId=a%20b",
		"http://here": "http://here",
	} {
		address, err := ParseStream(text)
		spec := Stream(address)
		got, requestErr := spec.Request(Subscribe, Values{ClientID: "alice"})
		if err != nil || requestErr != nil || got.URL != want || spec.Send != nil || spec.Close != nil {
			t.Errorf("%q: %q, %v, %v; want %q", text, got.URL, err, requestErr, want)
		}
	}
	if _, err := ParseStream("ftp://here/stream"); err == nil {
		t.Error("an ftp URL was accepted")
	}
}
