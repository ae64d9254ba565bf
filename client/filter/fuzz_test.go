package filter

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"sseconsole/client/record"
)

// FuzzParse parses any two lines. Each is rejected with a code and a position in
// the line, or gives a filter: both lines together match what each matches, and a
// minus before a term the rest. It does not run jq, which may take long.
func FuzzParse(f *testing.F) {
	for _, line := range []string{
		"price", `"two words"`, `"a\"b\\"`, `"note":"x`, "/pri[cs]e/i", "/a/b/", `/\//`, "/(/", "type:price", "type:", "client:al*", `id:""`, "target:/^h/s",
		"kind:event,fail", "kind:,,", "kind:x", "-kind:comment", "-", "--", "-/x/", "größe\u3000K", "jq:.price > 100", "-jq:", "jq:.a |", "jq:\"\\(1", "jq:reduce range(9) as $i (0; . + $i)",
		"/\\pN{1000}{1000}/", "/(?P<x>a)*/", "\xff",
	} {
		f.Add(line, "kind:event", "the price of a b", "price")
		f.Add("type:price", line, "Größe \xff K", "")
	}
	f.Fuzz(func(t *testing.T, line, other, data, typ string) {
		records := []record.Record{
			{Kind: record.Event, Data: data, Type: typ, ID: "7", ClientID: "alice", Target: "h:1/" + typ},
			{Kind: record.Chunk, Raw: []byte(data)},
			{Kind: record.Fail, Call: record.Send, Detail: data, Failure: record.Refused},
			{},
		}
		a, b := parsed(t, line), parsed(t, other)
		if a == nil || b == nil || strings.Contains(line+other, "jq:") || len(line)+len(other) >= MaxLine {
			return
		}
		both := parsed(t, line+" "+other)
		if both == nil || len(both.terms) != len(a.terms)+len(b.terms) {
			t.Fatalf("%q and %q together give %+v", line, other, both)
		}
		for i := range records {
			r := &records[i]
			matchA, matchB := a.Match(r), b.Match(r)
			if both.Match(r) != (matchA && matchB) {
				t.Fatalf("%q %t, %q %t, together %t: %+v", line, matchA, other, matchB, !(matchA && matchB), r)
			}
			if matchA && !a.MayKind(r.Kind, r.Call) {
				t.Fatalf("%q matches a record whose kind MayKind rejects: %+v", line, r)
			}
			if len(a.terms) == 1 && !a.terms[0].negated {
				not := parsed(t, "-"+strings.TrimLeft(line, " \t\r\n\u3000"))
				if not == nil || not.Match(r) == matchA {
					t.Fatalf("%q and its negation both say %t: %+v", line, matchA, r)
				}
			}
		}
	})
}

// parsed returns the filter for a line, or nil if it is rejected.
func parsed(t *testing.T, line string) *Filter {
	t.Helper()
	f, err := Parse(line)
	if err != nil {
		var e *ParseError
		if !errors.As(err, &e) || e.Code == "" || e.From < 0 || e.To < e.From || e.To > len(line) {
			t.Fatalf("%q: %+v", line, err)
		}
		if _, again := Parse(line); !reflect.DeepEqual(again, err) {
			t.Fatalf("%q: %v, and then %v", line, err, again)
		}
		return nil
	}
	if f.String() != line {
		t.Fatalf("%q became %q", line, f)
	}
	return f
}
