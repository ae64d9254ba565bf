// Package compare measures rowset.Set beside a Roaring bitmap. It is a module of
// its own, so that the program does not depend on that:
//
//	cd ui/console/rowset/compare && go test -bench .
//
// There are 47 million records, as in a run of 10 GB. Shown are all of them, six
// of seven in no order, and one in a thousand.
package compare

import (
	"math/rand/v2"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"sseconsole/ui/console/rowset"
)

const (
	records = 47_000_000
	part    = 1 << 14 // as many are taken over at once
)

// words has the bits of the records of a part that are shown.
func words(part int, shown func(rng *rand.Rand) bool) []uint64 {
	rng := rand.New(rand.NewPCG(1, uint64(part)))
	w := make([]uint64, 1<<14/64)
	for i := range 1 << 14 {
		if shown(rng) {
			w[i/64] |= 1 << (i % 64)
		}
	}
	return w
}

func BenchmarkRows(b *testing.B) {
	for _, c := range []struct {
		name  string
		shown func(rng *rand.Rand) bool
	}{
		{"all", func(*rand.Rand) bool { return true }},
		{"most", func(rng *rand.Rand) bool { return rng.IntN(7) > 0 }},
		{"few", func(rng *rand.Rand) bool { return rng.IntN(1000) == 0 }},
	} {
		one := words(1, c.shown)
		own, bitmap := &rowset.Set{}, roaring.New()
		b.Run(c.name+"/take over/own", func(b *testing.B) {
			for b.Loop() {
				own = &rowset.Set{}
				for first := int64(records / part * part); first >= 0; first -= part { // the newest first
					own.Or(first, one)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(records/part), "ns/part")
		})
		b.Run(c.name+"/take over/roaring", func(b *testing.B) {
			for b.Loop() {
				bitmap = roaring.New()
				for first := int64(records / part * part); first >= 0; first -= part {
					bitmap.Or(roaring.AddOffset64(roaring.FromDense(one, false), first))
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(records/part), "ns/part")
		})
		bitmap.RunOptimize()
		b.Run(c.name+"/row/own", func(b *testing.B) {
			for b.Loop() {
				own.Select(rand.Int64N(own.Len()))
			}
			b.ReportMetric(float64(own.Bytes())/1e6, "MB")
		})
		b.Run(c.name+"/row/roaring", func(b *testing.B) {
			n := bitmap.GetCardinality()
			for b.Loop() {
				if _, err := bitmap.Select(uint32(rand.Uint64N(n))); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(bitmap.GetSizeInBytes())/1e6, "MB")
		})
		b.Run(c.name+"/rank/own", func(b *testing.B) {
			for b.Loop() {
				own.Rank(rand.Int64N(records))
			}
		})
		b.Run(c.name+"/rank/roaring", func(b *testing.B) {
			for b.Loop() {
				bitmap.Rank(uint32(rand.Int64N(records)))
			}
		})
	}
}
