package pretty

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
)

// indent returns what Text should return for text, unless it is too large.
func indent(t testing.TB, text string) (string, bool) {
	var out bytes.Buffer
	err := json.Indent(&out, []byte(strings.Trim(text, " \t\r\n")), "", "  ")
	return out.String(), err == nil
}

func TestNothingButSpaceIsChanged(t *testing.T) {
	for _, text := range []string{
		`{"b":1,"a":[true]}`, `[]`, `{}`, ` [ ] `, `[{},[],[[]]]`, `{"a":{"b":{}},"a":1}`,
		`[1e400,1.50,-0,0.10e+01,123456789012345678901234567890]`, "\"a\\u00e9\\/\\ud800\x7f\u2028\"", "[\"\xff\"]",
		" \n[1 ,\t2]\r\n", `12`, `null`, `"a"`,
	} {
		want, ok := indent(t, text)
		if got, err := Text(t.Context(), JSON, text); !ok || err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		}
	}
}

func TestInvalidAndTooLargeJSONIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       error
	}{
		{"nothing", "", ErrNotJSON},
		{"cut off", `[1,{"a":`, ErrNotJSON},
		{"two values", "1 2", ErrNotJSON},
		{"two arrays", "[][]", ErrNotJSON},
		{"one comma too many", "[1,]", ErrNotJSON},
		{"a member without a name", "{1:2}", ErrNotJSON},
		{"a number", "[01]", ErrNotJSON},
		{"wrong bracket", "[1}", ErrNotJSON},
		{"as deep as allowed", strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth), nil},
		{"too deep", strings.Repeat("[", MaxDepth+1), ErrTooDeep},
		{"20 KB, 9,999 deep", deep20KB(), ErrTooDeep},
		{"600 KB, 9,000 deep", deep600KB(), ErrTooDeep},
		{"wide and just deep enough", strings.Repeat("[", MaxDepth) + strings.Repeat("1,", 1<<20) + "1" + strings.Repeat("]", MaxDepth), ErrTooLong},
		{"large", "[" + strings.Repeat("1,", MaxOutput/4) + "1]", ErrTooLong},
	} {
		if got, err := Text(t.Context(), JSON, c.text); !errors.Is(err, c.want) || err == nil && got == "" {
			t.Errorf("%s: %d bytes, %v, want %v", c.name, len(got), err, c.want)
		}
	}
}

func TestIndentingEndsWhenItIsCanceled(t *testing.T) {
	moved := errors.New("the selection moved")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(moved)
	if _, err := Text(ctx, JSON, "[1]"); !errors.Is(err, moved) {
		t.Error(err)
	}
}

func TestTheSyntaxIsGuessedFromTheEnds(t *testing.T) {
	for text, want := range map[string]Syntax{
		`{"a":1}`: JSON, " [ ]\n": JSON, `{'a':1}`: JSON, `{"a":1, "b`: JSON, `[{"a":1},`: JSON, "{\"a\":1}\n{\"a\":2}\n": JSON,
		"[INFO] started": Plain, "{no JSON": Plain, "": Plain, "{": Plain, "12": Plain, "a{}": Plain, "[1] one": Plain,
		"<a/>": Markup, "<?xml version='1.0'?><a></a>\n": Markup, "<!DOCTYPE html><html>": Markup, "<- here": Plain, "<3>": Plain, "a<b>": Plain,
	} {
		if got := SyntaxOf(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestJSONThatBreaksSaysWhere(t *testing.T) {
	for text, want := range map[string]int{
		`{"a":1,}`: 6, `{"a" 1}`: 5, "[1,\n2\n3]": 6, `[1,2`: 4, `{"a":tru}`: 8, `[1] x`: 4, `[1][2]`: 3, "[\"a\tb\"]": 3,
	} {
		_, err := Text(t.Context(), JSON, text)
		var wrong *SyntaxError
		if !errors.As(err, &wrong) || wrong.Offset != want {
			t.Errorf("%q: %+v, want offset %d", text, err, want)
		}
	}
	if line, character := Position("a\n你好{", 8); line != 2 || character != 3 {
		t.Errorf("line %d, character %d", line, character)
	}
}

func TestEachLineOfJSONIsLaidOut(t *testing.T) {
	got, err := Text(t.Context(), JSON, "{\"a\":1}\r\n\n[2]\n3\n")
	if want := "{\n  \"a\": 1\n}\n[\n  2\n]\n3"; got != want || err != nil {
		t.Errorf("%q, %v, want %q", got, err, want)
	}
	if v, ok := ValueAt(got, strings.Index(got, "2")); !ok || v.Path != ".[0]" || got[v.Root] != '[' {
		t.Errorf("%+v", v)
	}
}

// deep20KB and deep600KB are small texts that json.Indent turns into 200 MB and 5.4 GB.
func deep20KB() string { return strings.Repeat("[", 9_999) + strings.Repeat("]", 9_999) }
func deep600KB() string {
	return strings.Repeat("[", 9_000) + strings.Repeat("1,", 300_000) + "1" + strings.Repeat("]", 9_000)
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{}],"a":null}`, "[\"\xff\\u12\"]", " 1 ", "[[[", "{}{}", `{"a" :1 ,"b": [ ]}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := Text(t.Context(), JSON, text)
		want, ok := indent(t, text)
		switch {
		case errors.Is(err, ErrTooDeep), errors.Is(err, ErrTooLong):
		case ok && got != want:
			t.Errorf("%q: %q, %v, want %q", text, got, err, want)
		case err == nil && !ok && !isValues(text):
			t.Errorf("%q: accepted", text)
		}
		if begin := Beginning(JSON, text, len(text)/2); err == nil && !strings.HasPrefix(got, begin) {
			t.Errorf("%q begins %q, not %q", text, got, begin)
		}
		for at := range got {
			v, ok := ValueAt(got, at)
			if ok && (v.From < 0 || v.To > len(got) || v.From >= v.To || !json.Valid([]byte(v.Source(got)))) {
				t.Errorf("%q at %d: %+v", got, at, v)
			}
		}
	})
}

// isValues reports whether text is a sequence of JSON values.
func isValues(text string) bool {
	in := json.NewDecoder(strings.NewReader(text))
	for {
		var value json.RawMessage
		if err := in.Decode(&value); err != nil {
			return errors.Is(err, io.EOF)
		}
	}
}

// BenchmarkHostile compares Text with json.Indent, which is measured only where the
// machine survives it: see docs/limits.md.
func BenchmarkHostile(b *testing.B) {
	texts := []struct {
		name, text string
		indent     bool // json.Indent can be measured
	}{
		{"20KB_9999_deep", deep20KB(), true},
		{"600KB_9000_deep", deep600KB(), false},
		{"600KB_256_deep", strings.Repeat("[", 256) + strings.Repeat("1,", 300_000) + "1" + strings.Repeat("]", 256), true},
		{"1MB_flat", "[" + strings.Repeat("1,", 1<<19) + "1]", true},
		{"2MB_flat", "[" + strings.Repeat("1,", 1<<20) + "1]", true},
		{"4MB_flat", "[" + strings.Repeat("1,", 1<<21) + "1]", true},
		{"8MB_string", `["` + strings.Repeat("a", 8<<20) + `"]`, true},
	}
	for _, c := range texts {
		b.Run(c.name+"/pretty", func(b *testing.B) {
			peak(b, func() { _, _ = Text(b.Context(), JSON, c.text) })
		})
		if c.indent {
			b.Run(c.name+"/Indent", func(b *testing.B) {
				peak(b, func() {
					var out bytes.Buffer
					_ = json.Indent(&out, []byte(c.text), "", "  ")
				})
			})
		}
	}
}

// peak reports the most memory that a run allocates: nothing is freed during it.
func peak(b *testing.B, run func()) {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(math.MaxInt64))
	most := uint64(0)
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for b.Loop() {
		b.StopTimer()
		runtime.GC()
		metrics.Read(sample)
		before := sample[0].Value.Uint64()
		b.StartTimer()
		run()
		b.StopTimer()
		metrics.Read(sample)
		most = max(most, sample[0].Value.Uint64()-before)
		b.StartTimer()
	}
	b.ReportMetric(float64(most)/(1<<20), "MiB")
}
