package fault_test

import (
	"strings"
	"testing"

	"sseconsole/server/fault"
)

// FuzzParse parses any line as a fault. It must be refused with a sentence, or be equal
// after String and Parse.
func FuzzParse(f *testing.F) {
	for _, kind := range fault.Kinds() {
		f.Add(string(kind))
	}
	for _, line := range []string{
		"cut-after-events n=5 client=alice next=3", "refusal status=503 retry-after=30s share=0.25", "delay-events delay=1h jitter=1ns",
		`trickle client="a \"b\" \x00\u8ba2"`, "trickle client=`a\\b`", "trickle client=a=b", "trickle client=\n\u00a0x", "trickle share=NaN", "trickle share=-0",
		"trickle share=1e-320", "trickle n=+5 n=6", "huge-event n=99999999999999999999", "trickle client=\"", "=x", `"trickle"`, "trickle x=1", "beats delay=2540400h10m10.000000000s",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		read, err := fault.Parse(line)
		if err != nil {
			if text, ok := strings.CutPrefix(err.Error(), "server: fault: "); !ok || text == "" {
				t.Fatalf("%q: %v", line, err)
			}
			return
		}
		again, err := fault.Parse(read.String())
		if err != nil || again != read {
			t.Fatalf("%q is %+v\nwritten as %s\nand read as %+v, %v", line, read, read, again, err)
		}
		var r fault.Registry
		set, err := r.Set(read)
		if err != nil || len(r.List()) != 1 || len(r.Clear(func(f fault.Fault) bool { return f.ID == set.ID })) != 1 || len(r.List()) != 0 {
			t.Fatalf("%q is not set and cleared: %v", line, err)
		}
	})
}
