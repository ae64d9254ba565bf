package catalogue

import (
	"fmt"
	"strings"
	"time"
)

// Duration formats d with a sensible precision: 7 ms, 1.3 s, 2 min 5 s.
func (t *Texts) Duration(d time.Duration) string {
	switch {
	case d < 0:
		return t.Duration(0)
	case d == 0:
		return t.T("duration.s", "S", "0")
	case d < 10*time.Millisecond:
		text := fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond))
		return t.T("duration.ms", "Ms", strings.TrimSuffix(text, ".0"))
	case d < time.Second:
		return t.T("duration.ms", "Ms", d.Round(time.Millisecond).Milliseconds())
	case d < time.Minute:
		text := fmt.Sprintf("%.1f", d.Seconds())
		return t.T("duration.s", "S", strings.TrimSuffix(text, ".0"))
	}
	minutes := d.Round(time.Second) / time.Minute
	return t.T("duration.min", "Min", int(minutes), "S", int((d.Round(time.Second) - minutes*time.Minute).Seconds()))
}

// Countdown formats the time left in whole seconds, rounded up so that it ends at 1
// and not at 0.
func (t *Texts) Countdown(d time.Duration) string {
	return t.T("duration.s", "S", max(0, int((d+time.Second-1)/time.Second)))
}

// Size formats a number of bytes in binary units.
func (t *Texts) Size(n int64) string {
	switch {
	case n < 1<<10:
		return t.T("size.bytes", "N", n)
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	case n < 1<<30:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
}

// InSymbols formats d in at most seven characters with the symbols of the units, which are
// the same in every language. It is for columns and plots.
func InSymbols(d time.Duration) string {
	switch ms := float64(d) / float64(time.Millisecond); {
	case ms < 10:
		return fmt.Sprintf("%.1f ms", ms)
	case ms < 999.5:
		return fmt.Sprintf("%.0f ms", ms)
	case ms < 99_950:
		return fmt.Sprintf("%.1f s", ms/1000)
	default:
		return fmt.Sprintf("%.0f s", ms/1000)
	}
}

// ShortCount formats n in at most five characters.
func ShortCount(n uint32) string {
	switch {
	case n < 10_000:
		return fmt.Sprint(n)
	case n < 1_000_000:
		return fmt.Sprintf("%dk", n/1000)
	}
	return fmt.Sprintf("%dM", n/1_000_000)
}

// Seconds formats d in whole seconds, rounded down.
func (t *Texts) Seconds(d time.Duration) string { return t.T("duration.s", "S", int(d/time.Second)) }

// Ago formats how long ago something was. It is coarse, for a line that is redrawn only
// twice a second.
func (t *Texts) Ago(d time.Duration) string {
	switch {
	case d < 10*time.Second:
		return t.Duration(d.Truncate(time.Second))
	case d < 2*time.Minute:
		return t.Duration(d.Truncate(10 * time.Second))
	}
	return t.T("duration.minutes", "N", int(d/time.Minute))
}
