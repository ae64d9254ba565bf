package filter

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"sseconsole/client/record"
)

// FuzzParse parses any two lines: refused with a code and a place in the line, or
// filters of which both together match what each matches, and a minus before a term
// the rest. It runs no jq: how long that may take is another test's matter.
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
			t.Fatalf("%q and %q are together %+v", line, other, both)
		}
		for i := range records {
			r := &records[i]
			matchA, matchB := a.Match(r), b.Match(r)
			if both.Match(r) != (matchA && matchB) {
				t.Fatalf("%q %t, %q %t, together %t: %+v", line, matchA, other, matchB, !(matchA && matchB), r)
			}
			if matchA && !a.MayKind(r.Kind, r.Call) {
				t.Fatalf("%q matches a kind that it refuses: %+v", line, r)
			}
			if len(a.terms) == 1 && !a.terms[0].negated {
				not := parsed(t, "-"+strings.TrimLeft(line, " \t\r\n\u3000"))
				if not == nil || not.Match(r) == matchA {
					t.Fatalf("%q and the same with a minus both say %t: %+v", line, matchA, r)
				}
			}
		}
	})
}

// parsed returns the filter of a line, nil if it has none.
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
