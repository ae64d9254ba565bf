package mask

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzMask puts a secret, in a place where it must be masked, among arbitrary text.
func FuzzMask(f *testing.F) {
	for _, s := range []string{"", "http://h/x", `{"a":[`, "a&b=", `"`, "//@:", "http://u:p@h/;x=1?y#z", "--b\r\n\r\n", "%zz", `{"token":{"a":1}}`} {
		f.Add(s, s)
	}
	const secret = "s3cr3t"
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.Contains(before+after, secret) || strings.Contains(before+secret+after, "s3s3cr3tcr3t") {
			return
		}
		if got := URL(before + "?token=" + secret + "&" + after); strings.Contains(got, secret) {
			t.Errorf("URL: %q", got)
		}
		if got := Params(before + "&token=" + secret + "&" + after); strings.Contains(got, secret) {
			t.Errorf("Params: %q", got)
		}
		_ = Text(before + `"` + secret + "@" + after)
		_ = Body("multipart/form-data; boundary=b", before+"--b\n\n"+after)
		if quoted, err := json.Marshal(before); err == nil {
			in := `{"x":` + string(quoted) + `,"password":"` + secret + `","y":` + string(quoted) + `}`
			if got := maskJSON(in); strings.Contains(got, secret) || !json.Valid([]byte(got)) {
				t.Errorf("JSON: %q became %q", in, got)
			}
		}
		if got := maskJSON(after); json.Valid([]byte(after)) && !json.Valid([]byte(got)) {
			t.Errorf("JSON: %q became %q", after, got)
		}
	})
}
