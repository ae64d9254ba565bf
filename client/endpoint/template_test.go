package endpoint

import (
	"fmt"
	"strings"
	"testing"
)

func TestRefs(t *testing.T) {
	for template, want := range map[string]string{
		"":                             "",
		"a{clientId}b{{host}}c":        "[{clientId} {{host}}]",
		"{+path}{{+json}}":             "[{+path} {{+json}}]",
		`{"a":{"b":1},"c":[{}]}`:       "",
		"{!clientId} {{!host}} {!!x}":  "",
		"{{{host}}}":                   "[{{host}}]",
		"{{host}":                      "[{host}]",
		"{ clientId } {1a} {-a} {a b}": "",
		"{{主机}}{用户_1.a-b}":             "[{{主机}} {用户_1.a-b}]",
		"{clientId":                    "",
		"{":                            "",
	} {
		got := ""
		if refs := Refs(template); refs != nil {
			got = fmt.Sprint(refs)
		}
		if got != want {
			t.Errorf("Refs(%q) = %s, want %s", template, got, want)
		}
	}
}

func TestQuotedBracesAreLiteral(t *testing.T) {
	for _, text := range []string{"{clientId}", "{!clientId}", "{{host}}", "{{{a}}}", "{+a}", "{!!+a}", `{"a":"{b}"}`, "{{{{a}}", "{"} {
		if got := fillPlain(Quote(text)); got != text {
			t.Errorf("%q became %q, quoted as %q", text, got, Quote(text))
		}
	}
	for template, want := range map[string]string{"{!clientId}": "{clientId}", "{{!host}}": "{{host}}", "{!!x}": "{!x}"} {
		if got := fillPlain(template); got != want {
			t.Errorf("%q became %q, want %q", template, got, want)
		}
	}
}

func fillPlain(template string) string {
	f := &filler{spec: &Spec{}, values: Values{ClientID: "?"}}
	return f.fill("x", template, plain)
}

func FuzzQuote(f *testing.F) {
	f.Add("{clientId}{{!host}}{+x}{{{a}}}{")
	f.Fuzz(func(t *testing.T, text string) {
		if got := fillPlain(Quote(text)); got != text {
			t.Errorf("%q became %q, quoted as %q", text, got, Quote(text))
		}
		var b strings.Builder
		for token := range tokens(text) {
			if token.isRef {
				b.WriteString(token.ref.String())
			} else {
				b.WriteString(Quote(token.text))
			}
		}
		if got, want := fmt.Sprint(Refs(b.String())), fmt.Sprint(Refs(text)); got != want {
			t.Errorf("%q has %s, reassembled it has %s", text, want, got)
		}
	})
}
