package catalogue

import (
	"testing"
	"time"
)

func TestShortUnitsAreTheSameInEveryLanguage(t *testing.T) {
	for d, want := range map[time.Duration]string{
		400 * time.Microsecond:   "0.4 ms",
		9960 * time.Microsecond:  "10.0 ms",
		1499 * time.Millisecond:  "1.5 s",
		99949 * time.Millisecond: "99.9 s",
		2 * time.Minute:          "120 s",
	} {
		if got := InSymbols(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	for n, want := range map[uint32]string{9999: "9999", 10_000: "10k", 999_999: "999k", 4_000_000_000: "4000M"} {
		if got := ShortCount(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}

func TestLongerAgoIsToldInCoarserUnits(t *testing.T) {
	en, zh := New(English), New(Chinese)
	for _, c := range []struct {
		since  time.Duration
		en, zh string
	}{
		{9900 * time.Millisecond, "9 s", "9 秒"},
		{59 * time.Second, "50 s", "50 秒"},
		{119 * time.Second, "1 min 50 s", "1 分 50 秒"},
		{119 * time.Minute, "119 min", "119 分钟"},
	} {
		if got := en.Ago(c.since); got != c.en {
			t.Errorf("English, %v: %q, want %q", c.since, got, c.en)
		}
		if got := zh.Ago(c.since); got != c.zh {
			t.Errorf("Chinese, %v: %q, want %q", c.since, got, c.zh)
		}
	}
}
