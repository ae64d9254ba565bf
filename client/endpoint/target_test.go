package endpoint

import "testing"

func TestURLsOfTheCalls(t *testing.T) {
	plain := Target{Base: "http://h/demo/sse"}
	withToken := Target{Base: "http://h/demo/sse?token=a%2Bb"}
	for _, tt := range []struct{ got, want string }{
		{plain.SubscribeURL("a"), "http://h/demo/sse/subscribe?clientId=a"},
		{plain.SendURL("a", ""), "http://h/demo/sse/send?clientId=a&content="},
		{plain.SendURL("a b", "x&y=z+#%\n\x00\xff订"),
			"http://h/demo/sse/send?clientId=a%20b&content=x%26y%3Dz%2B%23%25%0A%00%FF%E8%AE%A2"},
		{plain.CloseURL("a"), "http://h/demo/sse/close?clientId=a"},
		{plain.Endpoint(Send), "http://h/demo/sse/send"},
		{withToken.SubscribeURL("a"), "http://h/demo/sse/subscribe?token=a%2Bb&clientId=a"},
		{withToken.Endpoint(Close), "http://h/demo/sse/close?token=a%2Bb"},
	} {
		if tt.got != tt.want {
			t.Errorf("got %s, want %s", tt.got, tt.want)
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
	if got := (Target{Base: "http://h?key=1"}).String(); got != "http://h?key=•••" {
		t.Errorf("String is %q", got)
	}
}

func TestTheURLOfAnyStreamStaysAsItIs(t *testing.T) {
	for text, want := range map[string]string{
		" https://EXAMPLE.org/sub/news/?topic=a%2Fb&clientId=x&content=y#top ": "https://example.org/sub/news/?topic=a%2Fb&clientId=x&content=y",
		"localhost:8080/demo/sse/subscribe?clientId=a b":                       "http://localhost:8080/demo/sse/subscribe?clientId=a%20b",
		"http://here": "http://here",
	} {
		got, err := ParseStream(text)
		if err != nil || got.SubscribeURL("alice") != want {
			t.Errorf("%q: %q, %v; want %q", text, got.SubscribeURL("alice"), err, want)
		}
	}
	if _, err := ParseStream("ftp://here/stream"); err == nil {
		t.Error("an ftp URL was taken")
	}
}
