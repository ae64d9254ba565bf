package jq

import (
	"testing"
	"time"
)

// BenchmarkSteps runs many small steps, to measure the cost of counting between
// them.
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
