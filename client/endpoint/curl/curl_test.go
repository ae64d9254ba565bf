package curl

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/endpoint"
)

// render writes a command as: method URL, [name: value]..., <body>, connection,
// $variables, !notes.
func render(c Command) string {
	r := c.Request
	parts := []string{r.Verb() + " " + r.URL}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			parts = append(parts, "["+name+": "+value+"]")
		}
	}
	if r.Body != nil {
		parts = append(parts, fmt.Sprintf("<%s>", r.Body))
	}
	connection := fmt.Sprintf("%+v", c.Connection)
	for _, field := range strings.Fields(strings.Trim(connection, "{}")) {
		name, value, _ := strings.Cut(field, ":")
		if name == "Redirects" {
			if value == "" {
				parts = append(parts, "follow")
			}
		} else if value != "" && value != "false" && value != "0" {
			parts = append(parts, name+"="+value)
		}
	}
	for _, name := range c.Variables {
		parts = append(parts, "$"+name)
	}
	for _, n := range c.Notes {
		parts = append(parts, strings.TrimRight(fmt.Sprintf("!%s %s %s", n.Code, n.Flag, n.Value), " "))
	}
	return strings.Join(parts, " ")
}

func TestCommandsOfRealAPIs(t *testing.T) {
	if n := len(apis()); n < 60 {
		t.Errorf("%d commands", n)
	}
	for _, tt := range apis() {
		c, err := Parse(tt.command)
		got := render(c)
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
			if f := os.Getenv("APIS"); f != "" {
				out, _ := os.OpenFile(f, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
				fmt.Fprintf(out, "%s\x01%s\x02", tt.name, got)
				out.Close()
			}
		}
	}
}

func TestTheErrorSaysWhyACommandCannotBeRead(t *testing.T) {
	for text, want := range map[string]ErrorCode{
		"": Empty, " \n": Empty, "wget http://h": NotCurl, "curly http://h": NotCurl, "fetch('http://h')": NotCurl,
		"curl": NoURL, "curl -s": NoURL, "curl ''": BadURL, "curl ftp://h": BadURL, "curl 'http://": OpenQuote, `curl "http://h`: OpenQuote, `curl $'x`: OpenQuote, `curl $'x\`: OpenQuote,
		"curl http://h -H": NoValue, "curl http://h --data": NoValue, "curl http://$(hostname)": Substitution, "curl `x`": Substitution,
		`curl "${A:-b}"`: Substitution, "curl $1": Substitution, "curl --connect-timeout x http://h": BadValue, "curl -x 'http://a b' http://h": BadValue,
		"Invoke-WebRequest -Uri http://h": PowerShell, "$session = New-Object X": PowerShell, "curl.exe `\n http://h": PowerShell,
		"curl -I -d x http://h": TwoBodies, "curl -X 'A B' http://h": BadValue, "curl -X '' http://h": BadValue, "curl ^\"http://h": OpenQuote, "printf x | wget": NotCurl, "A=b": NotCurl,
	} {
		_, err := Parse(text)
		var e *Error
		if errors.As(err, &e); e == nil || e.Code != want {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

func TestOptionsReadFilesAndVariables(t *testing.T) {
	c, err := ParseWith(`curl "http://$HOST/x" -d @a -d b --data-binary @c --data-urlencode n@a --json @c`, Options{
		Getenv: func(name string) (string, bool) { return "h.example", name == "HOST" },
		ReadFile: func(name string) ([]byte, error) {
			if name == "a" {
				return []byte("1\r\n2\x00\n"), nil
			}
			return []byte("3\n"), nil
		},
	})
	want := "POST http://h.example/x [Accept: application/json] [Content-Type: application/json] <12&b&3\n&n=1%0D%0A2%00%0A3\n>"
	if got := render(c); err != nil || got != want {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestASpecHasTheRequestOfItsCommand(t *testing.T) {
	values := endpoint.Values{ClientID: "me"}
	for _, tt := range apis() {
		c, err := Parse(tt.command)
		if err != nil {
			continue
		}
		e := &endpoint.Environment{Variables: []endpoint.Variable{{Name: "base", Value: "http://base.example"}}}
		for _, name := range c.Variables {
			value := "v-" + strings.ToLower(name)
			if strings.HasPrefix(c.Request.URL, "{{"+name+"}}") {
				value = "http://" + value
			}
			e.Variables = append(e.Variables, endpoint.Variable{Name: name, Value: value})
		}
		values.Environment = e
		want := c.Request.Clone()
		fill := func(s string) string {
			for _, v := range e.Variables {
				s = strings.ReplaceAll(s, "{{"+v.Name+"}}", v.Value)
			}
			return s
		}
		want.URL, want.Body = strings.ReplaceAll(fill(want.URL), "{clientId}", "me"), []byte(fill(string(want.Body)))
		for _, values := range want.Header {
			for i := range values {
				values[i] = fill(values[i])
			}
		}
		if c.Auth.Kind == endpoint.AuthBasic && len(c.Variables) > 0 {
			r := http.Request{Header: want.Header}
			r.SetBasicAuth(fill(c.Auth.User), fill(c.Auth.Value))
		}
		spec := c.Spec("x")
		for _, p := range spec.Check() {
			if !p.Warning() {
				t.Errorf("%s: %v", tt.name, p)
			}
		}
		got, err := spec.Request(endpoint.Subscribe, values)
		if err != nil || got.Verb() != want.Verb() || got.URL != want.URL || string(got.Body) != string(want.Body) || !reflect.DeepEqual(got.Header, want.Header) {
			t.Errorf("%s: got %+v %s, %v\nwant %+v %s", tt.name, got, got.Body, err, want, want.Body)
		}
		connection := c.Connection
		for _, file := range []*string{&connection.CAFile, &connection.CertFile, &connection.KeyFile} {
			*file = fill(*file)
		}
		if got, err := spec.Resolve(values); err != nil || got != connection {
			t.Errorf("%s: connection %+v, %v, want %+v", tt.name, got, err, connection)
		}
		concealed := spec.Conceal()
		if again, err := concealed.Request(endpoint.Subscribe, values); err != nil || !reflect.DeepEqual(again, got) {
			t.Errorf("%s, concealed: got %+v, %v\nwant %+v", tt.name, again, err, got)
		}
	}
}

// any returns a random request and connection.
func any(r *rand.Rand) (endpoint.Request, endpoint.Connection) {
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	text := func() string {
		const letters = "ab C'\"\\$`!#&*?[]{}~|;<>()%=@:/+,.\t订\xff-^"
		runes := []rune(letters)
		var b strings.Builder
		for range r.IntN(12) {
			b.WriteRune(runes[r.IntN(len(runes))])
		}
		return b.String()
	}
	request := endpoint.Request{
		Method: pick("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"), Header: http.Header{},
		URL: pick("http://h.example", "https://u:p%40@[::1]:8443", "http://10.0.0.1:80") +
			pick("", "/", "/a%20b/c", "/a/../b", "/x{y}[z]", "/it's$HOME`x`") + pick("", "?a=1&b=%22", "?x=[1]&y={z}"),
	}
	request.URL = normal(request.URL)
	for range r.IntN(4) {
		name := pick("Accept", "User-Agent", "Content-Type", "X-Test", "Authorization", "Cookie", "Last-Event-Id")
		value := strings.TrimSpace(strings.ReplaceAll(text(), "\t", " "))
		request.Header[name] = append(request.Header[name], value)
	}
	if r.IntN(2) == 0 {
		request.Body = []byte(pick("", "@file", "{\"a\":\"'b'\"}", "a=b&c", "\x00\xff%\\'\n", "\r\n", text(), text()+"\n"+text()))
	}
	if request.Method == "HEAD" && request.Body != nil {
		request.Method = "PUT"
	}
	connection := endpoint.Connection{
		Redirects: pick("", endpoint.ShowRedirects), Insecure: r.IntN(2) == 0, CAFile: pick("", "ca.pem", "/a b/c'd.pem"),
		CertFile: pick("", `C:\certs\a.pem`, "a:b.pem"), KeyFile: pick("", "k.pem"), MinTLS: pick("", "1.2", "1.3"),
		Proxy: pick("", endpoint.NoProxy, "http://u:p%3A@proxy:3128", "socks5h://proxy:1080"), HTTP: pick("", "1.1", "2"),
		ConnectTimeout: endpoint.Duration(r.IntN(3) * int(1500*time.Millisecond)), Compression: pick("", "all", "gzip", "br"),
	}
	if connection.CertFile == "" || connection.KeyFile == "" {
		connection.CertFile, connection.KeyFile = "", ""
	}
	return request, connection
}

func normal(address string) string {
	address, err := endpoint.ParseStream(address)
	if err != nil {
		panic(err)
	}
	return address
}

func TestAFormattedCommandIsReadBack(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		request, connection := any(random)
		command, left := Format(request, connection)
		c, err := Parse(command)
		if err != nil || len(left) > 0 || len(c.Notes) > 0 || len(c.Variables) > 0 || c.Connection != connection || !same(c.Request, request) {
			t.Fatalf("%+v %q %+v\nwas written as\n%s\nand read as\n%+v %q %+v %v %v", request, request.Body, connection, command, c.Request, c.Request.Body, c.Connection, c.Notes, err)
		}
	}
}

func same(a, b endpoint.Request) bool {
	return a.Verb() == b.Verb() && a.URL == b.URL && string(a.Body) == string(b.Body) && (a.Body == nil) == (b.Body == nil) && reflect.DeepEqual(a.Header, b.Header)
}

func TestFormatNamesFieldsWithoutAFlag(t *testing.T) {
	command, left := Format(endpoint.Request{URL: "http://h"}, endpoint.Connection{ServerName: "x", IdleTimeout: 1, HeaderTimeout: 1, Proxy: "https://p"})
	if want := []string{"header_timeout", "idle_timeout", "server_name"}; !reflect.DeepEqual(left, want) || !strings.Contains(command, "-x https://p:443") {
		t.Errorf("%s, %q", command, left)
	}
}

func TestSecretsAreMaskedInACommand(t *testing.T) {
	r := endpoint.Request{
		URL:    "http://u:pass1@h/x?token=pass2&q=pass4",
		Header: http.Header{"Authorization": {"Bearer pass3"}, "X-A": {"pass4"}, "Cookie": {"sid=pass5"}}, Body: []byte("x pass4 y"),
	}
	c := endpoint.Connection{Proxy: "http://u:pass6@p:1"}
	clear, _ := Format(r, c)
	masked, _ := FormatMasked(r, c, endpoint.NewMasker("pass4"))
	if strings.Count(clear, "pass") != 8 || strings.Contains(masked, "pass") {
		t.Errorf("%s\n%s", clear, masked)
	}
}

// Each variable may contain the previous one twice, so a few lines could expand to more
// than any memory holds.
func TestVariablesThatExpandTooMuchAreRefused(t *testing.T) {
	command := "a=xxxxxxxx\n" + strings.Repeat("a=$a$a\n", 60) + "curl http://h -d $a"
	_, err := Parse(command)
	var e *Error
	if !errors.As(err, &e) || e.Code != TooLong {
		t.Errorf("got %v", err)
	}
	if c, err := Parse("a=x b=$a$a c=$b$b\ncurl http://h -d $c"); err != nil || string(c.Request.Body) != "xxxx" {
		t.Errorf("a few: %v, %q", err, c.Request.Body)
	}
}
