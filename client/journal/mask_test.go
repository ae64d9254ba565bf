package journal

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sseconsole/client/record"
)

func TestNoSecretGetsIntoTheFile(t *testing.T) {
	const secret = "s3cr3t"
	dir := t.TempDir()
	j := create(t, dir)
	address := "http://user:" + secret + "@example.org/sse?a=1&Token=" + secret + "&access_token=" + secret + "#key=" + secret
	header := map[string][]string{
		"Authorization":       {"Bearer " + secret},
		"proxy-authorization": {secret},
		"Cookie":              {"a=b", "session=" + secret},
		"Set-Cookie":          {"session=" + secret + "; Path=/"},
		"X-Api-Key":           {secret},
		"X-Auth-Token":        {secret},
		"Referer":             {address},
		"Link":                {"<http://example.org/?token=" + secret + ">; rel=next"},
	}
	header["X-Session-Id"] = []string{secret}
	failed := &url.Error{Op: "Get", URL: address, Err: errors.New("connection refused")}
	j.Append(record.Record{Kind: record.Subscribe, URL: address, Target: address, Header: header})
	j.Append(record.Record{Kind: record.Fail, Detail: failed.Error()})
	for _, unreadable := range []string{"http://me:" + secret + "/" + secret + "@h/", "http://" + secret + "@h:99999/?code=" + secret, "http//me:" + secret + "@[::1/"} {
		_, err := url.Parse(unreadable)
		j.Append(record.Record{Kind: record.Notice, URL: unreadable})
		j.Append(record.Record{Kind: record.Notice, Subject: unreadable, Target: unreadable, Detail: fmt.Sprintf("%q: %v", unreadable, err)})
	}
	if header["Authorization"][0] != "Bearer "+secret {
		t.Error("the caller's header was changed")
	}
	if r := j.At(2); !strings.HasSuffix(r.Detail, "connection refused") {
		t.Errorf("the cause is missing: %s", r.Detail)
	}
	j.Close()
	files, _ := filepath.Glob(filepath.Join(dir, "*"))
	if len(files) != 1 {
		t.Fatal(files)
	}
	content, err := os.ReadFile(files[0])
	if err != nil || len(content) == 0 {
		t.Fatal(err)
	}
	if strings.Contains(string(content), secret) {
		t.Errorf("%q", content)
	}
}

func TestMaskingIsIdempotent(t *testing.T) {
	want := record.Record{
		URL: "http://example.org/?token=•••&x=a%20b", Detail: "what? nothing",
		Header: map[string][]string{"Authorization": {"Bearer •••"}, "Set-Cookie": {"a=•••; Path=/"}, "Accept": {"text/event-stream"}},
	}
	var j Journal
	j.Append(want)
	want.Seq = 1
	if got := j.At(1); !same(*got, want) {
		t.Errorf("%+v", got)
	}
}
