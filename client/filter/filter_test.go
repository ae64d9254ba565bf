package filter

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

func TestLinesMatchTheRightRecords(t *testing.T) {
	e := &record.Record{
		Kind: record.Event, Target: "h:8080/demo/sse", ClientID: "alice", Type: "price", ID: "a 7",
		Data: `{"symbol":"ACME","price":101.5,"note":"Größe 数据","path":"/demo/x"}`,
	}
	for line, want := range map[string]bool{
		"": true, "  ": true, "acme": true, "ACME": true, "Acme": false, "acme price": true, "acme missing": false,
		"-acme": false, "-missing": true, "-": false, "-missing -gone": true, "größe": true, "GRÖSSE": false, "GRÖßE": false, "Größe": true,
		"数据": true, "数 据": true, `"数据"`: true, `"note":"gr`: true, `"note":"x`: false, `"note":`: true, `{"symbol":`: true, `"price":101`: true, `"price\":101"`: true,
		`"acme"`: true, `"a c"`: false, "7": true, "alice": true,
		"/pri[cs]e/": true, "/ACM[E]/": true, "/acm[e]/": false, "/acm[e]/i": true, "/^price$/": true, "/demo/x/": true, `/\/demo/`: true, "-/zzz/": true, "/sym bol/": false,
		"type:price": true, "type:pri": false, "type:pri*": true, "type:PRICE": false, "type:Price": false, "type:/^pr/": true, "-type:price": false,
		"client:alice": true, "client:ALICE": false, "client:al*e": true, `id:"a 7"`: true, `id:"a *"`: false, "id:a*": true, `id:""`: false, `-id:""`: true,
		"target:h:8080": true, "target:*demo*": true, "target:other": false,
		"kind:event": true, "kind:Event": true, "kind:comment": false, "kind:comment,event": true, "kind:wire": true, "kind:call": false, "-kind:event": false, "kind:response,event": true, "kind:response": false,
		"jq:.price > 100": true, "jq: .price > 200": false, "-jq:.price > 200": true, "acme jq:.symbol == \"ACME\"": true, "gone jq:true": false,
		"jq:.missing": false, "jq:empty": false, "jq:.price": true, "jq:.symbol.x": false, "jq:null, 1": true, "jq:false": false,
		"unknown:x": false, "http://x": false,
	} {
		f, err := Parse(line)
		if err != nil {
			t.Errorf("%s: %v", line, err)
			continue
		}
		if got := f.Match(e); got != want {
			t.Errorf("%s: %v", line, got)
		}
		if f.String() != line || f.Empty() != (strings.TrimSpace(line) == "") {
			t.Errorf("%q became %q", line, f)
		}
	}
}

func TestAQuotedTextIsFoundAsItIs(t *testing.T) {
	for _, text := range []string{"plain", "two words", `a "b" c`, `C:\dir\`, `\"`, "kind:event", "-x", "/re/"} {
		f, err := Parse(Quote(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if !f.Match(&record.Record{Kind: record.Event, Data: "<" + text + ">"}) {
			t.Errorf("%s does not find %q", Quote(text), text)
		}
	}
}

func TestTextIsSearchedInAllTextsOfARecord(t *testing.T) {
	for line, r := range map[string]record.Record{
		"needle":        {Kind: record.Comment, Data: "a needle"},
		"late":          {Kind: record.Problem, Type: "late_headers"},
		"/dem.":         {Kind: record.Subscribe, URL: "http://h/demo/sse"},
		"zip":           {Kind: record.Notice, Subject: "/data/log.zip"},
		"tcp":           {Kind: record.Fail, Detail: "dial tcp: no"},
		"refu":          {Kind: record.Fail, Failure: record.Refused},
		"kind:response": {Kind: record.Answer},
		"succ":          {Kind: record.Answer, Message: "success"},
		"raw":           {Kind: record.Chunk, Raw: []byte("data: raw")},
		"lost":          {Kind: record.Discarded, Raw: []byte("data: lost")},
	} {
		line = strings.Replace(line, "/dem.", "/dem./", 1)
		f, err := Parse(line)
		if err != nil || !f.Match(&r) {
			t.Errorf("%s does not match %+v, %v", line, r, err)
		}
	}
	f, _ := Parse("raw")
	if f.Match(&record.Record{Kind: record.Event, Data: "x", Raw: []byte("data: raw")}) {
		t.Error("an event matches by its raw bytes")
	}
}

func TestParseErrorsSayWhatIsWrongAndWhere(t *testing.T) {
	for line, want := range map[string]ParseError{
		"a type:":                      {Code: NoValue, From: 2, To: 7},
		"type: x":                      {Code: NoValue, From: 0, To: 5},
		"jq:":                          {Code: NoValue, From: 0, To: 3},
		"kind:":                        {Code: NoValue, From: 0, To: 5},
		`""`:                           {Code: NoValue, From: 0, To: 2},
		"//":                           {Code: NoValue, From: 0, To: 2},
		`x "abc`:                       {Code: OpenQuote, From: 2, To: 6},
		"x /a b":                       {Code: OpenExpression, From: 2, To: 6},
		"/demo/sse":                    {Code: OpenExpression, From: 0, To: 9},
		"a /b[/":                       {Code: BadExpression, From: 2, To: 6, Detail: "missing closing ]: ["},
		"kind:prob":                    {Code: UnknownKind, From: 5, To: 9, Detail: "prob"},
		"jq:.a >":                      {Code: BadJQ, From: 7, To: 7, Detail: "unexpected EOF"},
		"jq:.a | nonsense":             {Code: BadJQ, From: 3, To: 16, Detail: "function not defined: nonsense/0"},
		"a\xff":                        {Code: NotText, From: 0, To: 2},
		strings.Repeat("x", MaxLine+1): {Code: TooLong, To: MaxLine + 1},
	} {
		_, err := Parse(line)
		var got *ParseError
		if !errors.As(err, &got) || *got != want {
			t.Errorf("%.40s: %+v, want %+v", line, err, want)
		}
	}
}

func TestAJQExpressionSeesOnlyTheData(t *testing.T) {
	t.Setenv("SECRET", "x")
	for _, line := range []string{"jq:env.SECRET", "jq:$ENV.SECRET", "jq:$__prog_args", `jq:input`, `jq:import "a" as a; 1`, `jq:include "a"; 1`, `jq:halt`, `jq:halt_error`} {
		f, err := Parse(line)
		if err == nil && f.Match(&record.Record{Data: "1"}) {
			t.Errorf("%s matches", line)
		}
	}
}

func TestAJQExpressionThatDoesNotEndDoesNotMatch(t *testing.T) {
	for _, expr := range []string{"def f: f; f", "[range(1e12)]", "last(repeat(1))", `"x" * 1e12`, "def f: [f]; f"} {
		f, err := Parse("jq:" + expr)
		if err != nil {
			t.Fatal(expr, err)
		}
		began := time.Now()
		if f.Match(&record.Record{Data: "{}"}) {
			t.Errorf("%s matches", expr)
		}
		if took := time.Since(began); took > 20*time.Second { // far less than forever
			t.Errorf("%s took %v", expr, took)
		}
	}
}

func TestDataThatIsNotJSONDoesNotMatchJQ(t *testing.T) {
	f, _ := Parse("jq:true")
	for data, want := range map[string]bool{"": false, "x": false, "{": false, "{} {}": false, "nul": false, "1": true, " [] ": true, "null": true, `"a"`: true} {
		if got := f.Match(&record.Record{Data: data}); got != want {
			t.Errorf("%q: %v", data, got)
		}
	}
}

func TestNumbersBeyondAFloatAreComparedExactly(t *testing.T) {
	f, _ := Parse("jq:.id == 9007199254740993")
	if !f.Match(&record.Record{Data: `{"id":9007199254740993}`}) || f.Match(&record.Record{Data: `{"id":9007199254740992}`}) {
		t.Error("2^53 and its neighbor are not distinguished")
	}
}

func TestHitsAreWhereTheTermsMatch(t *testing.T) {
	for _, c := range []struct {
		line  string
		field Field
		text  string
		want  [][2]int
	}{
		{"ab", Anywhere, "xAbab", [][2]int{{1, 5}}},
		{"ab cd", Anywhere, "cd ab", [][2]int{{0, 2}, {3, 5}}},
		{"abc bcd", Anywhere, "abcd", [][2]int{{0, 4}}},
		{"/a+/ -b", Anywhere, "aabaa", [][2]int{{0, 2}, {3, 5}}},
		{"/x*/", Anywhere, "axx", [][2]int{{1, 3}}},
		{"type:ab", Anywhere, "ab", nil},
		{"type:ab", Type, "ab", [][2]int{{0, 2}}},
		{"type:ab", Type, "abc", nil},
		{"数", ID, "x数", [][2]int{{1, 4}}},
		{"kind:event jq:.a", Anywhere, "event", nil},
		{"z", Anywhere, strings.Repeat("-", hitBytes) + "z", nil},
	} {
		f, err := Parse(c.line)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Hits(c.field, c.text); !reflect.DeepEqual(got, c.want) && len(got)+len(c.want) > 0 {
			t.Errorf("%s in %.20q: %v, want %v", c.line, c.text, got, c.want)
		}
	}
	f, _ := Parse("a")
	if n := len(f.Hits(Anywhere, strings.Repeat("a ", 1000))); n != hitCount {
		t.Errorf("%d hits", n)
	}
}

// FuzzSieve checks that parsing fails only with an error, and that the sieve and
// MayKind let through what the filter matches.
func FuzzSieve(f *testing.F) {
	for _, line := range []string{"price", "-x y", "/a(b|c)d+/i", "type:pri*", `"a b"`, "größe", "K s", "/(?i)sky|k/", "/[Kk]elvin/i", "id:ſ", "/\ufffd/", "target:a*b", "/(ab){2,3}c?/", "kind:event x"} {
		f.Add(line, "the PRICE of abcd ſKY K\xff a b größe", "pri x", "ababab")
	}
	f.Fuzz(func(t *testing.T, line, data, typ, id string) {
		parsed, err := Parse(line)
		if err != nil || strings.Contains(line, "jq:") {
			return
		}
		r := &record.Record{Kind: record.Event, Data: data, Type: typ, ID: id, Target: typ + "/" + id}
		sieve := parsed.Sieve()
		body := []byte("\x00\x05" + data + "\x01" + typ + "\x02" + id + "\x03" + r.Target)
		if parsed.Match(r) && (sieve != nil && !sieve(body) || !parsed.MayKind(r.Kind, r.Call)) {
			t.Errorf("%q matches %q, %q, %q, but the sieve rejects it", line, data, typ, id)
		}
		for _, field := range []Field{Anywhere, Type, ID} {
			last := 0
			for _, h := range parsed.Hits(field, data) {
				if h[0] < last || h[1] <= h[0] || h[1] > len(data) {
					t.Errorf("%q in %q: hits %v", line, data, h)
				}
				last = h[1]
			}
		}
	})
}

// FuzzNeedle compares a needle with the standard library.
func FuzzNeedle(f *testing.F) {
	f.Add("aba", "xxABABA")
	f.Add("e:1", "\"E:1")
	f.Add("0", "")
	f.Fuzz(func(t *testing.T, text, in string) {
		if text == "" {
			return
		}
		ascii := func(s string) string {
			b := []byte(s)
			for i := range b {
				b[i] = lower(b[i])
			}
			return string(b)
		}
		if got, want := newNeedle(text, true).index(in), strings.Index(ascii(in), ascii(text)); got != want {
			t.Errorf("%q in %q at %d, want %d", text, in, got, want)
		}
	})
}

func TestAStoppedJQExpressionIsReported(t *testing.T) {
	f, err := Parse("a jq:[range(.a)]")
	if err != nil {
		t.Fatal(err)
	}
	if !f.Match(&record.Record{Data: `{"a":10}`}) || f.Stopped() != nil {
		t.Errorf("stopped at first: %v", f.Stopped())
	}
	if f.Match(&record.Record{Data: `{"a":1e9}`}) {
		t.Error("a record matches over which the expression was stopped")
	}
	if s := f.Stopped(); s == nil {
		t.Errorf("stopped: %v", s)
	}
}

func BenchmarkJQ(b *testing.B) {
	f, err := Parse("jq:.price > 100")
	if err != nil {
		b.Fatal(err)
	}
	r := &record.Record{Kind: record.Event, Data: `{"symbol":"ACME","price":101.5,"note":"a note of some length","path":"/demo/x"}`}
	for b.Loop() {
		f.Match(r)
	}
}
