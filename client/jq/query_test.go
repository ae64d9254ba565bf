package jq_test

import (
	"context"
	"errors"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/itchyny/gojq"

	"sseconsole/client/jq"
)

func TestEachBuiltinOfGojqHasACost(t *testing.T) {
	query, err := gojq.Parse("builtins[]")
	if err != nil {
		t.Fatal(err)
	}
	not := "debug/1 input/0 inputs/0 env/0"
	for names := query.Run(nil); ; {
		name, ok := names.Next()
		if !ok {
			break
		}
		word, arity, _ := strings.Cut(name.(string), "/")
		call := word
		if arity != "0" {
			call += "(" + strings.TrimSuffix(strings.Repeat(".; ", int(arity[0]-'0')), "; ") + ")"
		}
		if _, err := jq.Compile(call); (err == nil) == strings.Contains(" "+not+" ", " "+name.(string)+" ") && word != "modulemeta" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestExpressionsHaveNoAccessToTheOutside(t *testing.T) {
	for _, expr := range []string{
		"env", "$ENV", "env.PATH", "$ENV.PATH", "input", "inputs", "[inputs]", `import "a" as a; .`, `include "a"; .`, `import "a" as $a; .`,
		"debug", "debug(.)", "stderr", "input_filename", "modulemeta", "get_search_list", "$__prog_args", "def f: $ENV; 1",
	} {
		var wrong *jq.SyntaxError
		if _, err := jq.Compile(expr); !errors.As(err, &wrong) {
			t.Errorf("%s: got %v", expr, err)
		}
	}
}

func TestTheLengthOfExpressionsIsBounded(t *testing.T) {
	if _, err := jq.Compile(strings.Repeat(" ", jq.MaxExpression) + "."); err == nil {
		t.Error("one longer than the bound compiled")
	}
	if _, err := jq.Compile(strings.Repeat("[", jq.MaxExpression/2) + strings.Repeat("]", jq.MaxExpression/2)); err != nil {
		t.Error(err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	cancel(enough)
	q, err := jq.Compile("last(range(1e9))")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range q.Run(ctx, time.Minute, "1") {
		if !errors.Is(err, enough) {
			t.Errorf("got %v", err)
		}
	}
}

// A single step can be long, such as that of a builtin over a long text.
func TestRunChecksItsContextEveryFewSteps(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	q, err := jq.Compile("range(1000)")
	if err != nil {
		t.Fatal(err)
	}
	results := 0
	for _, err := range q.Run(ctx, time.Minute, "null") {
		if err == nil {
			results++
		}
		cancel()
	}
	if results > 10 {
		t.Errorf("%d results after it was stopped", results-1)
	}
}

func TestRunEndsAtItsTimeLimit(t *testing.T) {
	q, err := jq.Compile("last(range(1e9))")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range q.Run(t.Context(), 0, "1") {
		var stopped *jq.Stopped
		if !errors.As(err, &stopped) || stopped.Reason != jq.TooLong {
			t.Errorf("got %v", err)
		}
	}
}

func TestEveryRunHasItsOwnBudget(t *testing.T) {
	q, err := jq.Compile(`if . == 1 then [range(1e9)] else [range(20000)] | length end`)
	if err != nil {
		t.Fatal(err)
	}
	var running sync.WaitGroup
	for range 4 {
		running.Go(func() {
			for n := range 20 {
				data := "2"
				if n%10 == 0 {
					data = "1"
				}
				for v, err := range q.Run(t.Context(), time.Minute, data) {
					if (err == nil) != (data == "2") || data == "2" && v != 20000 {
						t.Errorf("over %s: %v, %v", data, v, err)
					}
				}
			}
		})
	}
	running.Wait()
}

func TestRegularExpressionsFromTheDataAreNotRetained(t *testing.T) {
	q, err := jq.Compile(`. as $x | "a" | test($x * 50)`)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	before := heap()
	for n := range 2_000 {
		for _, err := range q.Run(t.Context(), time.Minute, `"`+strings.Repeat("x", n%20)+strings.Repeat("y", n/20%20)+strings.Repeat("z", n/400)+`"`) {
			var stopped *jq.Stopped
			if err != nil && !errors.As(err, &stopped) {
				t.Fatal(err)
			}
		}
	}
	runtime.GC()
	if grown := float64(heap()) - float64(before); grown > 32<<20 {
		t.Errorf("the heap grew by %.0f MiB", grown/(1<<20))
	}
}

// heap returns the size of the heap, garbage included.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
