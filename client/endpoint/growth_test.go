package endpoint

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
)

// Variables that use others many times are filled once each, and the result is bounded.
func TestVariablesThatMultiplyAreBounded(t *testing.T) {
	const many = 1000
	variables := func(last string) (list []Variable) {
		for _, next := range []string{"b", "c", "d", "e"} {
			list = append(list, Variable{Name: string(next[0] - 1), Value: strings.Repeat("{"+next+"}", many)})
		}
		return append(list, Variable{Name: "e", Value: last})
	}
	s := Spec{Subscribe: Call{URL: "http://h/{a}"}, Variables: variables("")}
	if r, err := s.Request(Subscribe, Values{}); err != nil || r.URL != "http://h/" {
		t.Errorf("empty: %q, %v", r.URL, err)
	}
	s.Variables = variables("x")
	_, err := s.Request(Subscribe, Values{})
	var p *Problem
	if !errors.As(err, &p) || p.Code != TooLong || p.Field != "subscribe.url" {
		t.Errorf("10^12 bytes: %.200v", err)
	}
}

// The result is the same whether a URL is tracked as it grows or examined at once.
func TestTheEndOfAGrowingURLIsTracked(t *testing.T) {
	inOrigin := func(before string) bool {
		_, rest, found := strings.Cut(before, "://")
		if !found {
			rest = before
		}
		return !strings.ContainsAny(rest, "/?#")
	}
	for range 20_000 {
		var at urlPlace
		text := ""
		for range 6 {
			for range rand.N(3) {
				text += string("::///?#a"[rand.N(8)])
			}
			at.follow(text)
			if at.inOrigin() != inOrigin(text) || at.query != strings.Contains(text, "?") {
				t.Fatalf("%q: in the origin %t, in the query %t", text, at.inOrigin(), at.query)
			}
		}
	}
}
