package curl

import (
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"

	"sseconsole/client/endpoint"
)

// seen is a request as a server received it.
type seen struct {
	method, uri, body string
	header            http.Header
}

func echo(t *testing.T) (address string, last func() seen) {
	requests := make(chan seen, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		r.Header.Del("Content-Length")
		requests <- seen{r.Method, r.RequestURI, string(body), r.Header}
	}))
	t.Cleanup(server.Close)
	return server.URL, func() seen { return <-requests }
}

func shell(t *testing.T, command string) {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Env = append(os.Environ(), "TOKEN=t0k3n")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s\n%v\n%s", command, err, out)
	}
}

func needCurl(t *testing.T) {
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("curl must be installed")
		}
		t.Skip("curl is not installed")
	}
}

func TestTheRealCurlSendsWhatParseReads(t *testing.T) {
	needCurl(t)
	address, last := echo(t)
	for _, command := range []string{
		`curl -s $A/x?a=1`,
		`curl -s -d a=1 -d 'b=2 3' $A`,
		`curl -s -G -d a=1 --data-urlencode 'b=2 3&+~*!()' --data-urlencode '=x y' --data-urlencode 'z' "$A/x?z=0#frag"`,
		`curl -s --json '{"a":' --json '1}' $A`,
		`curl -sXPUT -uu:p -HA:1 -dx=1 $A`,
		`curl -s -H 'Accept:' -H 'User-Agent:' -H 'X-Empty;' -H 'Content-Type:' -d x $A`,
		`curl -s -A ua -e 'http://r;auto' -b a=b -b c=d -r 0-9 --oauth2-bearer tok $A`,
		`curl -s -A ua -e ref -b a=b -u a:b -H 'User-Agent: mine' -H 'Cookie: c=d' -H 'Authorization: x' -H 'Referer: r' $A`,
		`curl -s -H 'X: 1' -H 'x: 2' $A/a/../b/./c`,
		`curl -s --path-as-is $A/a/../b`,
		`curl -s -X POST -d '' $A`,
		`curl -sI $A`,
		`curl -s "$A/" -H "X: a\"b\\d\e" -d "a
b"`,
		"printf 'a\\000b%%\\134' | curl -s --data-binary @- $A",
		`curl -s -H "Authorization: Bearer $TOKEN" "$A/${TOKEN}" -d'{"t":"'"$TOKEN"'"}' # the token`,
		`curl -s -k --compressed -H 'Accept-Encoding: gzip' $A`,
		`curl -s -u "a b:c:d" --basic $A`,
		`curl -s --url-query 'c=4 5' --url-query +d=6 $A/q`,
		`curl -s --no-location -L --no-silent -sS $A > /dev/null`,
	} {
		command = strings.ReplaceAll(command, "$A", address)
		c, err := ParseWith(command, Options{Getenv: func(name string) (string, bool) { return "t0k3n", name == "TOKEN" }})
		if err != nil {
			t.Errorf("%s: %v", command, err)
			continue
		}
		shell(t, command)
		got := last()
		if c.Request.Header.Values("User-Agent") == nil && strings.HasPrefix(got.header.Get("User-Agent"), "curl/") {
			got.header.Del("User-Agent")
		}
		if c.Request.Header.Values("Accept") == nil && got.header.Get("Accept") == "*/*" {
			got.header.Del("Accept")
		}
		if c.Connection.Compression != "" { // the connection requests it
			got.header.Del("Accept-Encoding")
		}
		compare(t, command, c.Request, got, address)
	}
}

func compare(t *testing.T, command string, want endpoint.Request, got seen, address string) {
	t.Helper()
	uri := strings.TrimPrefix(want.URL, address)
	if !strings.HasPrefix(uri, "/") {
		uri = "/" + uri
	}
	if got.method != want.Verb() || !strings.EqualFold(got.uri, uri) || got.body != string(want.Body) || !reflect.DeepEqual(got.header, want.Header) {
		t.Errorf("%s\nsent %+v,\nwas read as %+v %q", command, got, want, want.Body)
	}
}

func TestTheRealCurlSendsWhatFormatWrites(t *testing.T) {
	needCurl(t)
	address, last := echo(t)
	random := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		request, connection := any(random)
		rest := strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(request.URL, "https://"), "http://"), "abcdefghijklmnopqrstuvwxyz0123456789.:@%[]")
		request.URL = address + rest
		for name, values := range request.Header {
			for i, v := range values {
				values[i] = strings.ToValidUTF8(v, "") // the server accepts nothing else
			}
			if name == "Content-Type" || name == "User-Agent" || name == "Accept" {
				request.Header[name] = []string{"x/" + strings.Map(func(r rune) rune {
					if r == ',' || r == ';' {
						return -1
					}
					return r
				}, values[0]+"y")}
			}
		}
		connection = endpoint.Connection{Redirects: connection.Redirects, Proxy: endpoint.NoProxy}
		command, _ := Format(request, connection)
		shell(t, strings.Replace(command, "curl ", "curl -sS --max-time 10 ", 1))
		compare(t, command, request, last(), address)
	}
}
