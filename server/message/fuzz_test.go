package message_test

import (
	"bytes"
	"strings"
	"testing"

	"sseconsole/server/message"
)

// FuzzContent checks that any content is encoded as data lines and a blank line.
func FuzzContent(f *testing.F) {
	for _, seed := range []string{"", "a", "\n", "\r", "\r\n", "a\r", "\n\r\r\n", "data: x\n\nid: 9", "\x00\ufeff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) {
		var out bytes.Buffer
		if err := (message.Message{Data: content}).Encode(&out); err != nil {
			t.Fatal(err)
		}
		wire := out.String()
		var data []string
		for line := range strings.SplitSeq(strings.TrimSuffix(wire, "\n\n"), "\n") {
			value, ok := strings.CutPrefix(line, "data: ")
			if !ok || strings.Contains(value, "\r") {
				t.Fatalf("%q is encoded as %q", content, wire)
			}
			data = append(data, value)
		}
		want := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(content)
		if got := strings.Join(data, "\n"); got != want || !strings.HasSuffix(wire, "\n\n") {
			t.Fatalf("%q is encoded as %q", content, wire)
		}
	})
}
