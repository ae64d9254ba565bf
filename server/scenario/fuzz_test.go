package scenario_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"sseconsole/server/scenario"
)

// FuzzParse parses any text as a scenario. The result must not depend on read sizes and line
// ends. A mistake must be in the line that the error names, and not before.
func FuzzParse(f *testing.F) {
	for _, name := range scenario.Names() {
		_, text, err := scenario.Shipped(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	for _, text := range []string{
		"send `a` type=\"b\"\nraw \"\\x00\"\nrepeat 3\nend", "\ufefftitle: a\ntitle-zh: 甲\r\n\tto a \"b c\"\nto *\nfault trickle n=1\nclear\nclose\ndrop",
		"wait 1ms 2ms\nwait 2ms 1ms", "send retry=1h comment=c\nsend {n}{{n}}{random 1 6}{uuid}{time}", "repeat\nrepeat 0\nend", "end", "repeat 2\n\n# x", "send a b", "send \xff", "raw `\n`", "\"send\" a",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		sc, err := scenario.Parse(strings.NewReader(text))
		if (sc == nil) == (err == nil) {
			t.Fatalf("%v, %v", sc, err)
		}
		cut, cutErr := scenario.Parse(iotest.HalfReader(iotest.DataErrReader(strings.NewReader(text))))
		if !reflect.DeepEqual(cut, sc) || !reflect.DeepEqual(cutErr, err) {
			t.Fatalf("%q\nin pieces %+v, %v\nat once %+v, %v", text, cut, cutErr, sc, err)
		}
		lines := strings.SplitAfter(text, "\n")
		if err == nil {
			if sc.Steps() > sc.Lines || sc.Lines > len(lines) {
				t.Fatalf("%d steps in %d lines", sc.Steps(), sc.Lines)
			}
			crlf, err := scenario.Parse(strings.NewReader(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", "\r\n")))
			if err != nil || !reflect.DeepEqual(crlf, sc) {
				t.Fatalf("%q with other line ends: %v", text, err)
			}
			return
		}
		var bad *scenario.Error
		if !errors.As(err, &bad) || bad.Line < 1 || bad.Line > len(lines) || bad.Code == "" || bad.Text == "" {
			t.Fatalf("%q: %v", text, err)
		}
		alone := func(n int) error { // of the first n lines
			_, err := scenario.Parse(strings.NewReader(strings.Join(lines[:n], "")))
			return err
		}
		var before *scenario.Error
		if err := alone(bad.Line - 1); err != nil && (!errors.As(err, &before) || before.Code != scenario.BadLoop) {
			t.Fatalf("%q: the error names line %d, but %v", text, bad.Line, err)
		}
		if err := alone(bad.Line); err == nil {
			t.Fatalf("%q: the error names line %d, which has no mistake", text, bad.Line)
		}
	})
}
