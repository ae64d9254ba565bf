package pretty

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"strings"
	"testing"
)

// indent returns what JSON should return for text, unless it is too large.
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
		if got, err := JSON(t.Context(), text); !ok || err != nil || got != want {
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
		if got, err := JSON(t.Context(), c.text); !errors.Is(err, c.want) || err == nil && got == "" {
			t.Errorf("%s: %d bytes, %v, want %v", c.name, len(got), err, c.want)
		}
	}
}

func TestIndentingEndsWhenItIsCanceled(t *testing.T) {
	moved := errors.New("the selection moved")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(moved)
	if _, err := JSON(ctx, "[1]"); !errors.Is(err, moved) {
		t.Error(err)
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
		got, err := JSON(t.Context(), text)
		switch want, ok := indent(t, text); {
		case errors.Is(err, ErrTooDeep), errors.Is(err, ErrTooLong):
		case (err == nil) != ok:
			t.Errorf("%q: %v, json.Indent accepts it: %v", text, err, ok)
		case ok && got != want:
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	})
}

// BenchmarkHostile compares JSON with json.Indent, which is measured only where the
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
			peak(b, func() { _, _ = JSON(b.Context(), c.text) })
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
