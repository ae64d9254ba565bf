package mask

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkMask shows how the time grows when the input doubles: hostile input
// must take twice as long, and no more.
func BenchmarkMask(b *testing.B) {
	const form, parts = "application/x-www-form-urlencoded", "multipart/form-data; boundary=b"
	for _, kind := range []struct {
		name, unit string
		do         func(string) string
	}{
		{"json/fields", `{"password":"a","b":1},`, maskJSON},
		{"json/nested", `{"secret":[`, maskJSON},
		{"json/names", `{"secret":{"a"      :"b"},`, maskJSON},
		{"json/open string", `"password":"aaaa`, maskJSON},
		{"json/escapes", `"\u0070\u0070`, maskJSON},
		{"json/blanks", `"secret":{"a"          `, maskJSON},
		{"url/params", "?token=a&b=c;", URL},
		{"url/users", "http://u:p@h/", URL},
		{"text/cut passwords", "http://u:p ", Text},
		{"text/semicolons", `a;b="`, Text},
		{"header/cookies", "a=b;", func(s string) string { return HeaderValue("Cookie", s) }},
		{"url/at", "a:b@", URL},
		{"url/escapes", "%70", URL},
		{"text/quotes", `" http://u:p@h `, Text},
		{"text/escaped quotes", `\"@`, Text},
		{"text/words", "a:b@c ", Text},
		{"form", "token=a&b=c&", func(s string) string { return Body(form, s) }},
		{"form/plain", "a=1&b=2&", func(s string) string { return Body(form, s) }},
		{"form/long names", "max_prompt_tokens=1&", func(s string) string { return Body(form, s) }},
		{"json/plain", `{"id":1,"content":"b"},`, maskJSON},
		{"parts", "--b\r\nContent-Disposition: form-data; name=token\r\n\r\nx\r\n", func(s string) string { return Body(parts, s) }},
		{"parts/no end", "--b\r\nContent-Disposition: form-data; name=token\r\n", func(s string) string { return Body(parts, s) }},
		{"name", "aB_", func(s string) string { return fmt.Sprint(Param.Secret(s)) }},
	} {
		for _, size := range []int{1 << 20, 2 << 20, 4 << 20} {
			text := strings.Repeat(kind.unit, size/len(kind.unit))
			b.Run(fmt.Sprintf("%s/%dMiB", kind.name, size>>20), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					kind.do(text)
				}
			})
		}
	}
}

func maskJSON(text string) string { return ReplaceJSON(text, hide) }
