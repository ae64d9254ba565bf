package jq

import (
	"testing"
	"time"
)

// BenchmarkSteps is an expression of many small steps: what looking at the time
// between them costs.
func BenchmarkSteps(b *testing.B) {
	q, err := Compile("last(range(100000))")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range q.Run(b.Context(), time.Minute, "{}") {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
