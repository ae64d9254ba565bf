package curl

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// FuzzWords quotes words for sh and splits them again, with any blanks between them,
// anything after them, and variables assigned before. If a text cannot be split, the
// error says where.
func FuzzWords(f *testing.F) {
	for _, text := range []string{
		"curl\x00http://h\x00-d\x00a b", "it's\x00\"\x00\\\x00$HOME`x`\x00{{x}}", "\x00\x00", "a\nb\r\x00\u00a0\x00#\x00-\x00A=b",
		"$'\\x41\\u8ba2\\101\\e'", "${A}$A$(x)", "\"a\\\"$A\"", "x\\\ny 2>&1 | z", "\xff\xfe\x00^\"",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := strings.Split(text, "\x00")
		quoted := make([]string, len(want))
		for i, word := range want {
			quoted[i] = "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
			if quote(word) != quoted[i] && quote(word) != word {
				t.Fatalf("%q is quoted as %s", word, quote(word))
			}
			quoted[i] = quote(word)
		}
		for _, blank := range []string{" ", "\t ", " \\\n", "\u00a0\\\r\n"} {
			line := strings.Join(quoted, blank)
			for _, after := range []string{"", "\n", " # x", "; x", " 2>/dev/null", "&"} {
				w := &words{text: line + after, known: map[string]string{}}
				if err := w.split(); err != nil || !slices.Equal(w.list, want) || len(w.names) > 0 {
					t.Fatalf("%s\nis split into %q with %q, %v", w.text, w.list, w.names, err)
				}
			}
			w := &words{text: "A=" + quoted[0] + "; x \"$A\"", known: map[string]string{}}
			if err := w.command(); err != nil || !slices.Equal(w.list, []string{"x", want[0]}) {
				t.Fatalf("%s\nis split into %q, %v", w.text, w.list, err)
			}
		}
		for _, split := range []func() ([]string, error){
			func() ([]string, error) {
				w := &words{text: text, known: map[string]string{}}
				err := w.command()
				if w.at < 0 || w.at > len(text) {
					t.Fatalf("%q: at %d", text, w.at)
				}
				return w.list, err
			},
			func() ([]string, error) { return splitCmd(text) },
		} {
			list, err := split()
			var e *Error
			if err != nil && (!errors.As(err, &e) || e.Code == "" || e.Offset < 0 || e.Offset > len(text)) {
				t.Fatalf("%q: %v", text, err)
			}
			size := 0
			for _, word := range list {
				size += len(word)
			}
			if size > 4*len(text) { // $A, the shortest variable, becomes {{A}}
				t.Fatalf("%q became %q", text, list)
			}
		}
	})
}
