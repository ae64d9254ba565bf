package endpoint

import (
	"errors"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const plain = "http://localhost:8080/smilex/open/sse"
	tests := []struct{ in, base, name string }{
		{plain, plain, "localhost:8080"},
		{plain + "/", plain, "localhost:8080"},
		{plain + "///", plain, "localhost:8080"},
		{plain + "/subscribe?clientId=a&content=b", plain, "localhost:8080"},
		{plain + "/send?clientId=a", plain, "localhost:8080"},
		{plain + "/close/", plain, "localhost:8080"},
		{plain + "#top", plain, "localhost:8080"},
		{"localhost:8080/smilex/open/sse", plain, "localhost:8080"},
		{"//localhost:8080/smilex/open/sse", plain, "localhost:8080"},
		{" \t\"" + plain + "\"\r\n", plain, "localhost:8080"},
		{"“" + plain + "”", plain, "localhost:8080"},
		{"HTTPS://Example.COM/Demo", "https://example.com/Demo", "example.com"},
		{"localhost", "http://localhost", "localhost"},
		{"localhost:", "http://localhost", "localhost"},
		{"localhost:8080", "http://localhost:8080", "localhost:8080"},
		{"localhost:8080?token=x", "http://localhost:8080?token=x", "localhost:8080"},
		{"10.0.0.7/demo/sse", "http://10.0.0.7/demo/sse", "10.0.0.7"},
		{"[::1]:8080/demo", "http://[::1]:8080/demo", "[::1]:8080"},
		{"::1/demo", "http://[::1]/demo", "[::1]"},
		{"http://[fe80::1%25eth0]:80/", "http://[fe80::1%25eth0]:80", "[fe80::1%eth0]:80"},
		{"user:p%40ss@host/x", "http://user:p%40ss@host/x", "host"},
		{"http://h/a%2Fb/订阅", "http://h/a%2Fb/%E8%AE%A2%E9%98%85", "h"},
		{"http://h/x?token=a%2Bb&clientId=1&z=&content=2&y", "http://h/x?token=a%2Bb&z=&y", "h"},
		{"http://h/x/subscribe?cl%69entId=1&q=a b<订>c", "http://h/x?q=a%20b%3C%E8%AE%A2%3Ec", "h"},
		{"http://h/subscriber", "http://h/subscriber", "h"},
	}
	for _, tt := range tests {
		got, err := Parse(tt.in)
		// A user before a password, without a scheme, looks like a scheme.
		if strings.HasPrefix(tt.in, "user:") {
			if reason(err) != Scheme {
				t.Errorf("Parse(%q): %v", tt.in, err)
			}
			got, err = Parse("http://" + tt.in)
		}
		if err != nil || got != tt.base || Demo(got, Auto).Name != tt.name || Stream(got).Name != tt.name {
			t.Errorf("Parse(%q) = %s, %v; want %q named %q", tt.in, got, err, tt.base, tt.name)
		}
	}
}

func reason(err error) Reason {
	var p *ParseError
	if errors.As(err, &p) {
		return p.Reason
	}
	return ""
}

func TestParseRefuses(t *testing.T) {
	for in, want := range map[string]Reason{
		"":                     Empty,
		" \n\t ":               Empty,
		`""`:                   Empty,
		"ftp://host/x":         Scheme,
		"ws://host/x":          Scheme,
		"file:///etc/passwd":   Scheme,
		"javascript:alert(1)":  Scheme,
		"mailto:a@b.c":         Scheme,
		"http:localhost":       BadURL,
		"htp:/bad address":     Scheme,
		"localhost:/x":         Scheme,
		"http//host/sse":       BadURL,
		"http;//host/sse":      BadURL,
		"http://host,a/":       BadURL,
		"https:/localhost":     BadURL,
		"http://ho st/":        BadURL,
		"http://host:99999/":   BadURL,
		"http://host:port/":    BadURL,
		"http://[::1/":         BadURL,
		"http://ho\x00st/b":    BadURL,
		"http://ho'st/b":       BadURL,
		"curl http://host/sse": BadURL,
		"http://":              NoHost,
		"http:///path":         NoHost,
		"http://:8080/":        NoHost,
		":8080":                NoHost,
		"/demo/sse":            NoHost,
		"?clientId=1":          NoHost,
	} {
		if got, err := Parse(in); reason(err) != want {
			t.Errorf("Parse(%q) = %s, %v; want reason %q", in, got, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"http://localhost:8080/smilex/open/sse/subscribe?clientId=a&x=1#f", "::1", "[::1]:80", "u:p@h", "a:b:c", "http://h/%zz?%zz&;=", "http://İ/", "host:/", "'", "//", "http://h?",
	} {
		f.Add(s, "a+b&c=d#e%f g\n订阅\x00\xff")
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		base, err := Parse(text)
		if err != nil {
			if reason(err) == "" {
				t.Fatalf("Parse(%q): %v is not a *ParseError", text, err)
			}
			return
		}
		if again, err := Parse(base); err != nil || again != base {
			t.Fatalf("Parse(%q) = %s, and of that base %s, %v", text, base, again, err)
		}
		sent := demoURL(t, base, Send, value, value)
		where, kept, found := strings.Cut(base, "?")
		if found {
			kept += "&"
		}
		if !strings.HasPrefix(sent, where+"/send?"+kept+"clientId=") {
			t.Fatalf("%q became %q", base, sent)
		}
		u, err := ParseURL(sent)
		if err != nil {
			t.Fatalf("%q cannot be requested: %v", base, err)
		}
		if strings.ContainsAny(u.RawPath+u.RawQuery, " \r\n\x00") {
			t.Fatalf("request line of %q has a blank", u)
		}
		query := u.Query()
		if query.Get("clientId") != value || query.Get("content") != value {
			t.Fatalf("%q came back as %q", value, query)
		}
		if !strings.HasSuffix(u.Path, "/send") {
			t.Fatalf("path of %q is %q", u, u.Path)
		}
		_ = Mask(text)
		if u, err := ParseURL(base); err != nil || u.Fragment != "" {
			t.Fatalf("base %q: %v", base, err)
		}
	})
}

func TestAURLGoesOutByteForByte(t *testing.T) {
	for _, target := range []string{
		"/x?q=a+b", "/x?q=x%zz", "/x?~!*('", "/a+b%20c", "/%zz", "/~!*()';x", "/x?", "/?", "/x?a&&=b&", "//x//", "/x?a|b^c`{d}\\", "/x?token=a+b&key=%7e%2F",
	} {
		address, err := ParseStream("http://h" + target)
		if err != nil || address != "http://h"+target {
			t.Errorf("%s was read as %s, %v", target, address, err)
		}
		saved, err := New(ShapeGET, "http://h"+target)
		if err != nil {
			t.Fatal(err)
		}
		for how, spec := range map[string]Spec{"typed": Stream(address), "saved": saved} {
			if r, err := spec.Request(Subscribe, Values{}); err != nil || r.URL != "http://h"+target {
				t.Errorf("%s, %s goes out as %s, %v", target, how, r.URL, err)
			}
		}
	}
	for typed, want := range map[string]string{
		"/a b?c d": "/a%20b?c%20d", "/流?值": "/%E6%B5%81?%E5%80%BC", "/x#part": "/x", "/x?a#b": "/x?a", `/"<>{}|?"<>x`: "/%22%3C%3E%7B%7D%7C?%22%3C%3Ex",
	} {
		if got, err := ParseStream("http://h" + typed); got != "http://h"+want {
			t.Errorf("%s was read as %s, %v; a browser asks for %s", typed, got, err, want)
		}
	}
}
