package main

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/curl"
	"sseconsole/client/eventstream"
	"sseconsole/client/export"
	"sseconsole/client/filter"
	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/fault"
	"sseconsole/server/scenario"
)

// reading is untrusted input that the program reads, in a form that can be made longer.
type reading struct {
	name  string
	input func(n int) string
	read  func(input string)
}

// times repeats a piece between a prefix and a suffix.
func times(before, piece, after string) func(n int) string {
	return func(n int) string { return before + strings.Repeat(piece, n/len(piece)+1) + after }
}

// numbered is times with a number in place of %d, different in each repetition.
func numbered(before, piece, after string) func(n int) string {
	return func(n int) string {
		var b strings.Builder
		b.WriteString(before)
		for i := 0; b.Len() < n; i++ {
			fmt.Fprintf(&b, strings.ReplaceAll(piece, "%d", "%[1]d"), i)
		}
		b.WriteString(after)
		return b.String()
	}
}

// readings returns all of them.
func readings(tb testing.TB) (list []reading) {
	add := func(name string, input func(n int) string, read func(string)) {
		list = append(list, reading{name, input, read})
	}

	srv := server.New(server.Config{})
	serve := func(method, path, contentType string) func(string) {
		return func(body string) {
			r := httptest.NewRequest(method, path, strings.NewReader(body))
			r.Host, r.RemoteAddr = "localhost", "192.0.2.1:1"
			r.Header.Set("Content-Type", contentType)
			srv.ServeHTTP(httptest.NewRecorder(), r)
		}
	}
	head := func(set func(r *http.Request, input string)) func(string) {
		return func(input string) {
			r := httptest.NewRequest("GET", "/demo/sse/send", nil)
			r.Host, r.RemoteAddr = "localhost", "192.0.2.1:1"
			set(r, input)
			srv.ServeHTTP(httptest.NewRecorder(), r)
		}
	}
	form := serve("POST", "/demo/sse/send", "application/x-www-form-urlencoded")
	add("server: form, recipients", times("", "to=X&", ""), form)
	add("server: form, other fields", times("", "a=b&", ""), form)
	add("server: form, escaped content", times("to=*&content=", "%41+", ""), form)
	query := head(func(r *http.Request, input string) { r.URL.RawQuery = input })
	add("server: query, recipients", times("", "to=X&", ""), query)
	add("server: query, no pairs", times("", "&", ""), query)
	header := func(name string) func(string) {
		return head(func(r *http.Request, input string) { r.Header.Set(name, input) })
	}
	add("server: header Origin", times("http://", "a.", ""), header("Origin"))
	add("server: header Authorization", times("Bearer ", " x", ""), header("Authorization"))
	add("server: header Host", times("", "[", ""), head(func(r *http.Request, input string) { r.Host = input }))
	add("server: preflight, headers", numbered("", "x-%d, ", ""), head(func(r *http.Request, input string) {
		r.Method = "OPTIONS"
		r.Header["Origin"] = []string{"http://localhost"}
		r.Header["Access-Control-Request-Method"] = []string{"GET"}
		r.Header["Access-Control-Request-Headers"] = strings.Split(input, " ")
	}))
	asJSON := serve("POST", "/demo/sse/send", "application/json")
	add("server: JSON, list of recipients", times(`{"to":["X"`, `,"X"`, `]}`), asJSON)
	add("server: JSON, one member again and again", times(`{"to":"*"`, `,"content":"c"`, `}`), asJSON)
	add("server: JSON, other members", numbered(`{"to":"*"`, `,"a%d":[{}]`, `}`), asJSON)
	add("server: JSON, escapes", times(`{"to":"*","content":"`, `\ud83d\ude00`, `"}`), asJSON)
	add("server: JSON, nested", func(n int) string { return `{"a":` + strings.Repeat("[", n/2) + strings.Repeat("]", n/2) + `}` }, asJSON)
	multipart := serve("POST", "/demo/sse/send", "multipart/form-data; boundary=b")
	const part = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\nX\r\n"
	add("server: multipart, parts", times("", part, "--b--\r\n"), multipart)
	add("server: multipart, a long header", times("--b\r\nContent-Disposition: form-data; name=a; x=", "y", "\r\n\r\nX\r\n--b--\r\n"), multipart)
	add("server: multipart, parameters of a header", numbered("--b\r\nContent-Disposition: form-data; name=a", "; x*%d=y", "\r\n\r\nX\r\n--b--\r\n"), multipart)
	add("server: multipart, headers", numbered("--b\r\n", "x-%d: y\r\n", "\r\nX\r\n--b--\r\n"), multipart)
	add("server: multipart, what looks like the boundary", times("--b\r\nContent-Disposition: form-data; name=a\r\n\r\n", "\r\n--bb", "\r\n--b--\r\n"), multipart)
	add("server: multipart, a long boundary", func(n int) string { return strings.Repeat("b", n/2) }, func(boundary string) {
		serve("POST", "/demo/sse/send", "multipart/form-data; boundary="+boundary)("--" + boundary + "\r\n\r\n" + boundary)
	})
	add("server: MIME type with parameters", numbered("application/json", "; a*%d=x", ""), header("Content-Type"))
	add("server: MIME type with parameters, POST", numbered("multipart/form-data", "; a*%d=x", ""), func(input string) {
		serve("POST", "/demo/sse/send", input)("x")
	})

	parse := func(text string) { scenario.Parse(strings.NewReader(text)) }
	add("server: scenario, steps", times("", "send hello\n", ""), parse)
	add("server: scenario, a long text", times(`send "`, `a\n`, `"`), parse)
	add("server: scenario, words", times("send a ", "id=a ", ""), parse)
	add("server: scenario, recipients", numbered("to", " c%d", ""), parse)
	add("server: scenario, raw", times("raw `", "x ", "`"), parse)
	add("server: scenario, nested repeats", func(n int) string {
		return strings.Repeat("repeat 1\n", n/13) + strings.Repeat("end\n", n/13)
	}, parse)
	play := func(text string) {
		sc, err := scenario.Parse(strings.NewReader(text))
		if err != nil {
			tb.Fatal(err)
		}
		<-srv.Play(sc, scenario.Play{Speed: math.Inf(1)}).Done()
	}
	add("server: scenario played, nested repeats", func(n int) string {
		n /= 21
		return strings.Repeat("repeat 1\n", n) + strings.Repeat("wait 1s\n", n) + strings.Repeat("end\n", n)
	}, play)
	add("server: scenario played, placeholders", times(`send "`, "{n}{{time}}{random 1 9}{", `"`), play)
	parseFault := func(line string) { fault.Parse(line) }
	add("server: fault, words", times("status", " n=1", ""), parseFault)
	add("server: fault, a long name", times("status ", "a", "=1"), parseFault)
	add("server: fault, a quote", times("status client=\"", `\"`, ""), parseFault)

	command := func(text string) { curl.Parse(text) }
	add("curl: words", times("curl http://h", " a", ""), command)
	add("curl: quotes", times("curl http://h -d ", `"a"'b'\c`, ""), command)
	add("curl: escapes", times("curl http://h -d $'", `\u00e4\n`, "'"), command)
	add("curl: lines", times("curl http://h", " \\\n", ""), command)
	add("curl: variables without a value", numbered("curl http://h", " $a%d", ""), command)
	add("curl: assignments", numbered("", "a%d=b; ", "curl http://h"), command)
	add("curl: headers", numbered("curl http://h", " -H a%d:b", ""), command)
	add("curl: headers and what sets them, too", numbered("curl http://h", " -A b -H a%d:b", ""), command)
	add("curl: data", times("curl http://h", " -d a=b", ""), command)
	add("curl: query", times("curl http://h -G", " --data-urlencode a=b", ""), command)
	add("curl: places", times("curl http://h --data-urlencode a=", "{{a}}", ""), command)
	add("curl: places that are none", times("curl http://h --data-urlencode a=", "{{", ""), command)
	add("curl: cookies", numbered("curl http://h", " -b a%d=b", ""), command)
	add("curl: flags together", times("curl http://h -", "k", ""), command)
	add("curl: of Windows", times("curl ^\"http://h^\"", " ^\"a\\\\^\"", ""), command)

	add("target: places of a template", times("", "{a}{{b}}{!c}{", ""), func(s string) { endpoint.Refs(s) })
	add("target: braces", times("", "{{", ""), func(s string) { endpoint.Refs(s) })
	add("target: what a template is made of", times("", "{a}{{b}}{!c}", ""), func(s string) { endpoint.Quote(s) })
	values := endpoint.Values{ClientID: "x", Content: "y"}
	call := func(c endpoint.Call, variables ...endpoint.Variable) {
		s := endpoint.Spec{Name: "t", Subscribe: c, Variables: variables}
		s.Check()
		s.Request(endpoint.Subscribe, values)
	}
	add("target: places in a path", times("http://h/", "{clientId}", ""), func(s string) { call(endpoint.Call{URL: s}) })
	add("target: places in a host", times("", "{clientId}", ""), func(s string) { call(endpoint.Call{URL: s}) })
	add("target: places in a query", times("http://h/?", "{clientId}", ""), func(s string) { call(endpoint.Call{URL: s}) })
	add("target: places in JSON", times(`["`, `","{clientId}`, `"]`), func(s string) {
		call(endpoint.Call{URL: "http://h", Method: "POST", Body: &endpoint.Body{Kind: endpoint.BodyJSON, Text: s}})
	})
	add("target: variables that there are not", numbered("http://h/", "{a%d}{{b%d}}", ""), func(s string) { call(endpoint.Call{URL: s}) })
	add("target: variables", numbered("", "{a%d}", ""), func(s string) {
		var variables []endpoint.Variable
		for _, ref := range endpoint.Refs(s) {
			variables = append(variables, endpoint.Variable{Name: ref.Name, Value: "x"})
		}
		call(endpoint.Call{URL: "http://h/" + s}, variables...)
	})
	add("target: variables in variables", func(n int) string { return strings.Repeat("{a}", n/15) }, func(s string) {
		var variables []endpoint.Variable
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			variables = append(variables, endpoint.Variable{Name: name, Value: s})
			s = strings.ReplaceAll(s, name, string(name[0]+1))
		}
		variables[4].Value = ""
		call(endpoint.Call{URL: "http://h/{a}"}, variables...)
	})
	add("target: address", times("http://h/", "a/../%41", "?b"), func(s string) { endpoint.Parse(s) })
	add("target: parameters of an address", numbered("http://h/?", "a%d=b&token=c&", ""), func(s string) { endpoint.Mask(s) })
	decode := func(s string) { endpoint.Decode([]byte(s)) }
	const item = `{"name":"t%d","subscribe":{"url":"http://h"}}`
	add("target: file, targets", numbered(`{"version":1,"targets":[{"name":"t","subscribe":{"url":"http://h"}}`, ","+item, `]}`), decode)
	add("target: file of another version, nested", func(n int) string {
		depth := min(n/4, 9000)
		return `{"version":2,"a":` + strings.Repeat("[", depth) + "0" + strings.Repeat(",0", n/4) + strings.Repeat("]", depth) + "}"
	}, decode)
	add("target: file, imported twice", numbered("", item+",", ""), func(s string) {
		f, err := endpoint.Decode([]byte(`{"version":1,"targets":[` + strings.TrimSuffix(s, ",") + "]}"))
		if err != nil {
			tb.Fatal(err)
		}
		store := endpoint.NewStore(filepath.Join(tb.TempDir(), "targets.json"), noSecrets{})
		for range 2 {
			if _, err := store.Import(context.Background(), f, nil); err != nil {
				tb.Fatal(err)
			}
		}
	})
	conceal := func(s string) { endpoint.Spec{Subscribe: endpoint.Call{URL: "http://h/?" + s}}.Conceal() }
	add("target: secrets of one name to conceal", numbered("", "token=%d&", ""), conceal)
	add("target: secrets of many names to conceal", numbered("", "token_x%d_token=%d&", ""), conceal)
	add("target: expected statuses", times("", "200-299 ", ""), func(s string) { endpoint.Expect{Status: s}.Check() })

	masker := endpoint.NewMasker("s3cret", "pass word")
	request := func(contentType string) func(string) {
		return func(s string) {
			masker.Request(endpoint.Request{URL: "http://h", Header: http.Header{"Content-Type": {contentType}}, Body: []byte(s)})
		}
	}
	add("mask: fields of JSON", times(`{`, `"token":"a\"b","c":[`, ``), request("application/json"))
	add("mask: quotes that are open", times(``, `"token": "\`, ``), request("application/json"))
	add("mask: fields of a form", times("", "token=a%20b&c=d&", ""), request("application/x-www-form-urlencoded"))
	add("mask: values", times("", "s3cre pass wor s3cret ", ""), func(s string) { masker.Text(s) })
	add("mask: many values", numbered("", "secret%d ", ""), func(s string) { endpoint.NewMasker(strings.Fields(s)...).Text(s) })
	add("mask: cookies", times("", "a=b; ", ""), func(s string) { masker.Value("Cookie", s) })
	add("mask: header", times("", "http://h/?token=a#b ", ""), func(s string) { masker.Value("Link", s) })

	line := func(text string) func(string) {
		return func(s string) {
			f, err := filter.Parse(text)
			if err != nil {
				tb.Fatal(err)
			}
			f.Match(&record.Record{Kind: record.Event, Type: s, Data: s, ClientID: s, ID: s})
		}
	}
	add("filter: a text", times("", "aaab", ""), line("aaaac"))
	add("filter: a text of other scripts", times("", "äää", ""), line("ÄÄb"))
	add("filter: an expression", times("", "aaa", ""), line("/(a*)*(a|b)*c/"))
	add("filter: a whole field", times("", "ab", ""), line("type:*a*b*a*c"))

	file := func(s string) {
		f, err := os.CreateTemp(tb.TempDir(), "import")
		if err != nil {
			tb.Fatal(err)
		}
		defer f.Close()
		f.WriteString(s)
		f.Seek(0, 0)
		export.Import(context.Background(), f, func(record.Record) error { return nil }, nil)
	}
	const row = `{"time":"2026-01-01T00:00:00Z","kind":"event","target":"t","clientId":"c","data":"x"}` + "\n"
	add("import: NDJSON, lines", times("", row, ""), file)
	add("import: NDJSON, a long line", times(row[:len(row)-4], `\u0041\n`, `"}`), file)
	add("import: NDJSON, a field again and again", times(row[:len(row)-2], `,"data":"y"`, `}`), file)
	stream := func(chunk int) func(string) {
		return func(s string) {
			var j judge.Judge
			j.Add(record.Record{Kind: record.Open, Conn: 1, Status: 200, ContentType: "text/event-stream"})
			d := eventstream.Decoder{Handle: func(*eventstream.Item) {}}
			for at := 0; at < len(s); at += chunk {
				piece := []byte(s[at:min(at+chunk, len(s))])
				d.Write(piece)
				j.Add(record.Record{Kind: record.Chunk, Conn: 1, Raw: piece, Offset: int64(at)})
			}
			d.End()
		}
	}
	for _, chunk := range []int{1, 100, 64 << 10} {
		of := fmt.Sprintf(", in chunks of %d", chunk)
		add("stream: events"+of, times("", "id: 1\ndata: x\n\n", ""), stream(chunk))
		add("stream: one line"+of, times("data: ", "x", ""), stream(chunk))
		add("stream: one event of many lines"+of, times("", "data: x\n", "\n"), stream(chunk))
		add("stream: comments in an event"+of, times("data: x\n", ": c\n", "\n"), stream(chunk))
		add("stream: line ends CR"+of, times("", "data: x\r", "\r"), stream(chunk))
		add("stream: not UTF-8"+of, times("data: ", "\xe2\x82", ""), stream(chunk))
		add("stream: types"+of, numbered("", "event: a%d\ndata: x\n\n", ""), stream(chunk))
		add("stream: lines of no known field"+of, numbered("", "a%d: x\n", ""), stream(chunk))
		add("stream: one event of JSON"+of, numbered(`data: {"n":[0`, `,{"seq":%d,"t":"x"}`, "]}\n\n"), stream(chunk))
		add("stream: JSON that is nested"+of, times("data: ", "[", "\n\n"), stream(chunk))
		add("stream: JSON, a line a value"+of, numbered("data: [\n", "data: 9%d,\n", "data: 0]\n\n"), stream(chunk))
		add("stream: escapes in JSON"+of, times(`data: {"t":"`, `\ud83d\n`, "\"}\n\n"), stream(chunk))
		add("stream: line ends in writing"+of, times("data: ", `\n`, ""), stream(chunk))
		add("stream: sizes of chunks"+of, times("", "1\r\n", ""), stream(chunk))
		add("stream: HTML"+of, times("", "<a>\n", ""), stream(chunk))
	}
	add("stream: imported", times("", "id: 1\ndata: x\n\n", ""), file)
	mask := func(r func(s string) record.Record) func(string) {
		return func(s string) {
			one := r(s)
			for range export.NewMask([]string{"token", "x"}).Records(func(yield func(*record.Record) bool) { yield(&one) }) {
			}
		}
	}
	add("export: masked data", times(`{`, `"token":[{"a":"\""}],"b":`, ``), mask(func(s string) record.Record { return record.Record{Kind: record.Event, Data: s} }))
	add("export: masked stream", times(``, "data: {\"token\":\ndata: 1}\n\n", ``), mask(func(s string) record.Record { return record.Record{Kind: record.Chunk, Raw: []byte(s)} }))
	add("export: masked address", times("http://h/?", "token=a&b=%zz&", ""), mask(func(s string) record.Record { return record.Record{Kind: record.Subscribe, URL: s, Body: s} }))
	return list
}

// noSecrets is a secret keeper without secrets.
type noSecrets struct{}

func (noSecrets) Get(context.Context, string) (string, error) { return "", endpoint.ErrNoSecret }
func (noSecrets) Set(context.Context, string, string) error   { return nil }
func (noSecrets) Delete(context.Context, string) error        { return nil }

// Input that is 16 times as long takes 16 times as long to read, not 256 times. The test
// measures processor time. For disturbances it allows a factor of four, and takes the
// best of a few attempts.
func TestTimeToReadGrowsWithTheInput(t *testing.T) {
	const short, factor = 16 << 10, 16
	for _, r := range readings(t) {
		t.Run(r.name, func(t *testing.T) {
			once, many := r.input(short), r.input(factor*short)
			took := func(input string) time.Duration {
				began := processorTime()
				r.read(input)
				return processorTime() - began
			}
			var ratio float64
			for range 5 {
				took(once)
				small := max(took(once), 20*time.Microsecond)
				if ratio = float64(took(many)) / float64(small); ratio < 4*factor {
					return
				}
			}
			t.Errorf("%d times the input takes %.0f times as long", factor, ratio)
		})
	}
}

// BenchmarkGrowth doubles each input. docs/linear.md has the results.
func BenchmarkGrowth(b *testing.B) {
	for _, r := range readings(b) {
		b.Run(strings.ReplaceAll(r.name, " ", "_"), func(b *testing.B) {
			for _, size := range []int{128 << 10, 256 << 10, 512 << 10, 1 << 20} {
				input := r.input(size)
				b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
					began := processorTime()
					for b.Loop() {
						r.read(input)
					}
					b.ReportMetric(float64(processorTime()-began)/float64(b.N)/float64(len(input)), "cpu-ns/byte")
				})
			}
		})
	}
}
