package mask

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
)

func TestTheSecretsOfAURLAreMasked(t *testing.T) {
	for in, want := range map[string]string{
		"":                                "",
		"http://h/x":                      "http://h/x",
		"http://h/x?token=abc&clientId=1": "http://h/x?token=•••&clientId=1",
		"http://h/x?a=1&API_KEY=abc#access_token=x&b=2": "http://h/x?a=1&API_KEY=•••#access_token=•••&b=2",
		"http://h/x?code=4&status_code=5&state=x":       "http://h/x?code=•••&status_code=5&state=•••",
		"http://h/#/page?token=x":                       "http://h/#/page?token=•••",
		"http://h/x?tok%65n=abc":                        "http://h/x?tok%65n=•••",
		"http://h/x?token=&x":                           "http://h/x?token=&x",
		"http://h/x?token=a=b?c;d/e f&x=1":              "http://h/x?token=•••&x=1",
		"http://h/x?tokens=a&monkey=b":                  "http://h/x?tokens=a&monkey=b",
		"http://h/x?a=1;token=2":                        "http://h/x?a=1;token=•••",
		"http://h/x?next=/y?token=2":                    "http://h/x?next=/y?token=•••",
		"http://h/x;jsessionid=AB/y;code=1?z":           "http://h/x;jsessionid=•••/y;code=1?z",
		"http://h/token=x":                              "http://h/token=x",
		"http://user:pa@ss@h:80/x":                      "http://user:•••@h:80/x",
		"http://ghp_x@h:80/x@y:z":                       "http://•••@h:80/x@y:z",
		"http://sk_live_x:@h":                           "http://•••:@h",
		"http://:pass@h":                                "http://:•••@h",
		"http://@h":                                     "http://@h",
		"http://h:80/a:b@c":                             "http://h:80/a:b@c",
		"http://h/x?mail=me@example.org":                "http://h/x?mail=me@example.org",
		"http://[::1]:80/x?mail=me@example.org":         "http://[::1]:80/x?mail=me@example.org",
		"http://{host}:{port}/x?mail=me@example.org":    "http://{host}:{port}/x?mail=me@example.org",
		"http://proxy/http://user:pass@h/":              "http://proxy/http://user:•••@h/",
		"/x?token=1#f":                                  "/x?token=•••#f",
		"//user:pass@h":                                 "//user:•••@h",
		"user:pass@h":                                   "user:•••@h",
		"no url? password=x&%zz=1&key=2":                "no url? password=•••&%zz=1&key=•••",
	} {
		if got := URL(in); got != want {
			t.Errorf("URL(%q) = %q, want %q", in, got, want)
		}
		if got := URL(want); got != want {
			t.Errorf("URL(%q) = %q", want, got)
		}
	}
}

// unreadable returns URLs that cannot be parsed, or not as they were meant, with
// the secrets s3cr3t and t0k3n.
func unreadable() []string {
	var list []string
	for _, user := range []string{"me:s3cr3t@", "t0k3n@", "t0k3n:@", "me:s3cr3t/t0k3n@", "me:s3cr3t?t0k3n@", "me:s3cr3t#t0k3n@", "me:s3cr3t t0k3n@", "me:%zzs3cr3t@", "me@corp.org:s3cr3t@"} {
		for _, host := range []string{"127.0.0.1:99999/", "[::1/", "h/%zz", "h:port/", "a b/", ":80", "h\x7f/"} {
			for _, scheme := range []string{"http://", "https:/", "http//", "http;//", "", "//", "htp://", " http://", "http:"} {
				if scheme == "http//" && strings.ContainsAny(user, "/?#") {
					continue // nobody could tell what is meant
				}
				list = append(list, scheme+user+host+"x?token=s3cr3t t0k3n&a=b#access_token=s3cr3t")
			}
		}
	}
	return list
}

func TestWhatCannotBeParsedIsMasked(t *testing.T) {
	for _, text := range unreadable() {
		if got := URL(text); strings.Contains(got, "s3cr3t") || strings.Contains(got, "t0k3n") {
			t.Errorf("URL(%q) = %q", text, got)
		}
	}
}

func TestAMessageIsMaskedWhereverItQuotesAURL(t *testing.T) {
	for _, text := range unreadable() {
		_, err := url.Parse(text)
		if err == nil {
			continue
		}
		message := fmt.Sprintf("cannot go on with %q: %v", text, err)
		if !strings.Contains(text, "//") && !strings.Contains(text, ":s3cr3t") {
			continue // an email address
		}
		if got := Text(message); strings.Contains(got, "s3cr3t") || strings.Contains(got, "t0k3n") {
			t.Errorf("Text(%q) = %q", message, got)
		}
	}
	for in, want := range map[string]string{
		`Get "http://h/?token=a b": refused`:                     `Get "http://h/?token=•••": refused`,
		`see http://h/?token=ab and code=7; x=1`:                 `see http://h/?token=••• and code=7; x=1`,
		`<http://h/?token=a>; rel=next`:                          `<http://h/?token=•••>; rel=next`,
		`mail me@example.org, "me@example.org"`:                  `mail me@example.org, "me@example.org"`,
		`5" and "http://u:p@h and http://v:q@h"`:                 `5" and "http://u:•••@h and http://v:•••@h"`,
		`open "http://u:p@h`:                                     `open "http://u:•••@h`,
		"dial http://h:80: refused, http://h:80.":                "dial http://h:80: refused, http://h:80.",
		`alice:prod 12:30 parse "http://u:p": invalid port ":p"`: `alice:prod 12:30 parse "http://u:•••": invalid port "•••"`,
		`"\q http://u:p@h"`:                                      `"\q http://u:•••@h"`,
		`text/html;q=0.9, a/b;code=7`:                            `text/html;q=0.9, a/b;code=7`,
		"open http://u:p q@h/x y@z: none":                        "open http://u:•••@h/x y@z: none",
		"what? nothing":                                          "what? nothing",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAHeaderIsMaskedByItsName(t *testing.T) {
	for in, want := range map[[2]string]string{
		{"Authorization", "Bearer abc"}:          "Bearer •••",
		{"Authorization", "abc"}:                 "•••",
		{"Cookie", "a=1; b=2"}:                   "a=•••; b=•••",
		{"Set-Cookie", "a=1=2; Secure"}:          "a=•••; Secure",
		{"Set-Cookie", "a"}:                      "•••",
		{"X-Session-Id", "abc"}:                  "•••",
		{"X-Auth", "abc"}:                        "•••",
		{"Location", "/a?code=abc&b=c"}:          "/a?code=•••&b=c",
		{"Link", "<http://h/?sig=a>; rel=next"}:  "<http://h/?sig=•••>; rel=next",
		{"Refresh", "0; url=http://u:p@h"}:       "0; url=http://u:•••@h",
		{"Accept", "text/event-stream;q=1, */*"}: "text/event-stream;q=1, */*",
	} {
		if got := HeaderValue(in[0], in[1]); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}
