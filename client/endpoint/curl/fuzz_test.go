package curl

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"sseconsole/client/endpoint"
)

// FuzzParse parses any text. It is rejected with a typed error, or read; what is read
// survives being formatted and parsed again.
func FuzzParse(f *testing.F) {
	for _, tt := range apis() {
		f.Add(tt.command)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(text)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Code == "" || e.Offset < 0 || e.Offset > len(text) {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		_ = c.Spec("x").Conceal()
		if c.Variables != nil || strings.Contains(c.Request.URL, "{{") {
			return
		}
		if _, err := http.NewRequest("GET", c.Request.URL, nil); err != nil {
			t.Fatalf("%q has the URL %q: %v", text, c.Request.URL, err)
		}
		for _, values := range c.Request.Header {
			for _, v := range values {
				if strings.ContainsRune(v, 0) {
					return // impossible in an argument
				}
			}
		}
		command, left := Format(c.Request, c.Connection)
		again, err := Parse(command)
		if err != nil || left != nil || again.Connection != c.Connection || !same(again.Request, c.Request) {
			t.Fatalf("%q\n%+v %+v\nwas written as\n%s\nand read as\n%+v %+v %v", text, c.Request, c.Connection, command, again.Request, again.Connection, err)
		}
		FormatMasked(c.Request, c.Connection, endpoint.NewMasker("secret"))
	})
}
