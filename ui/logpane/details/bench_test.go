package details

import (
	"strings"
	"testing"
	"time"

	"sseconsole/ui/console/settings"
)

// BenchmarkTenMiB measures how long 10 MiB of JSON take until the first screen is shown
// and until all of it is laid out and wrapped, and the longest turn of the UI thread.
func BenchmarkTenMiB(b *testing.B) {
	for name, part := range map[string]string{
		"records": `{"id":123456,"name":"user name","tags":["x","y"],"score":1.5,"nested":{"a":{"b":null}}},`,
		"numbers": `1.5,`,
	} {
		b.Run(name, func(b *testing.B) {
			w := testWindow(b, settings.Settings{})
			posted := make(chan func(), 16)
			w.k.Post = func(f func()) { posted <- f }
			w.k.Work = func(f func()) { go f() }
			w.d.Text.Post = w.k.Post
			event(w, "["+strings.Repeat(part, 10<<20/len(part))+"1]")
			event(w, "other")
			var first, all, longest time.Duration
			turn := func(f func()) {
				began := time.Now()
				f()
				longest = max(longest, time.Since(began))
			}
			for b.Loop() {
				b.StopTimer()
				w.show(1)
				b.StartTimer()
				began := time.Now()
				turn(func() { w.show(0) })
				first += time.Since(began)
				for !w.d.Text.Complete() || len(w.d.Text.Text()) < 10<<20 {
					turn(<-posted)
				}
				all += time.Since(began)
				for len(posted) > 0 {
					(<-posted)()
				}
			}
			b.ReportMetric(float64(first.Milliseconds())/float64(b.N), "ms/first")
			b.ReportMetric(float64(all.Milliseconds())/float64(b.N), "ms/all")
			b.ReportMetric(float64(longest.Milliseconds()), "ms/longest")
		})
	}
}
