package intake

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/record"
)

// counted feeds statistics with records.
type counted struct{ in *Intake }

func newCounted() counted { return counted{New(func(record.Record) int64 { return 0 })} }

func (c counted) came(kind record.Kind, clientID string) {
	r := record.Record{Time: time.Now(), Kind: kind, Target: "embedded", ClientID: clientID, Conn: 1, ID: "7", Raw: []byte("12345")}
	c.in.stats.add(&r)
}

func (c counted) now(t *testing.T) Stats {
	t.Helper()
	s, ok := c.in.Stats("embedded", "a")
	if !ok {
		t.Fatal("nothing is known of the pair")
	}
	return s
}

func TestStatisticsCountWhatASubscriptionReceived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted()
		if _, ok := c.in.Stats("embedded", "a"); ok || c.in.Quiet() < StatsSeconds*time.Second {
			t.Error("there are statistics before any record")
		}
		c.came(record.Subscribe, "a")
		for range 4 {
			c.came(record.Chunk, "a")
			c.came(record.Event, "a")
			time.Sleep(250 * time.Millisecond)
		}
		c.came(record.Reconnect, "a")
		c.came(record.Event, "a")
		c.came(record.Problem, "a")
		c.came(record.Event, "b")
		time.Sleep(time.Second)

		s := c.now(t)
		last := s.Seconds[StatsSeconds-1]
		if s.Events != 5 || s.Bytes != 20 || s.Reconnects != 1 || s.Problems != 1 || s.Rate != 1 || s.Peak != 4 ||
			s.Mean != 250*time.Millisecond || time.Since(s.Last) != time.Second || s.LastEventID != "7" {
			t.Errorf("%+v", s)
		}
		if last != (Second{1, 1, 1}) || s.Seconds[StatsSeconds-2] != (Second{Events: 4}) {
			t.Errorf("the last two seconds: %+v", s.Seconds[StatsSeconds-2:])
		}
		if all := c.in.Total(); all.Events != 6 || all.Rate != 2 || all.LastEventID != "" {
			t.Errorf("total: %+v", all)
		}
	})
}

func TestStatisticsForgetOldSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted()
		sum := func() (events uint32) {
			for _, s := range c.now(t).Seconds {
				events += s.Events
			}
			return events
		}
		for range 300 { // more than the ring holds
			c.came(record.Event, "a")
			time.Sleep(time.Second)
		}
		if sum() != StatsSeconds || c.now(t).Events != 300 || c.in.Quiet() != time.Second {
			t.Errorf("%d events in view, of %d", sum(), c.now(t).Events)
		}
		time.Sleep(50 * time.Second)
		if sum() != StatsSeconds-50 {
			t.Errorf("%d events in view after 50 seconds of silence", sum())
		}
		time.Sleep(80 * time.Second)
		if sum() != 0 || c.in.Quiet() != 131*time.Second {
			t.Errorf("%d events in view after two minutes of silence; quiet for %v", sum(), c.in.Quiet())
		}
		c.came(record.Chunk, "a") // a keep-alive
		if c.in.Quiet() != 131*time.Second {
			t.Errorf("after a keep-alive, quiet for %v", c.in.Quiet())
		}
		time.Sleep(time.Hour)
		c.came(record.Event, "a")
		time.Sleep(time.Second)
		if sum() != 1 || c.now(t).Rate != 1 {
			t.Errorf("%d events in view after an hour's pause", sum())
		}
	})
}

func TestStatisticsRestartWithASubscription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted()
		c.came(record.Event, "a")
		c.came(record.Subscribe, "a")
		time.Sleep(time.Second)
		if s := c.now(t); s.Events != 0 || !s.Last.IsZero() || s.Rate != 1 {
			t.Errorf("%+v", s)
		}
		if all := c.in.Total(); all.Events != 1 {
			t.Errorf("total: %+v", all)
		}
	})
}

func TestStatisticsCountLateRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newCounted()
		c.came(record.Event, "a")
		for _, ago := range []time.Duration{2 * time.Second, 10 * time.Minute} { // the second is from before the console started
			time.Sleep(5 * time.Minute)
			c.came(record.Event, "a")
			r := record.Record{Time: time.Now().Add(-ago), Kind: record.Event, Target: "embedded", ClientID: "a"}
			c.in.stats.add(&r)
		}
		if got := c.now(t).Events; got != 5 {
			t.Errorf("%d events", got)
		}
	})
}

func BenchmarkStatsAdd(b *testing.B) {
	for _, pairs := range []int{1, 1000} {
		b.Run(fmt.Sprint(pairs, " pairs"), func(b *testing.B) {
			s := newStats()
			events := make([]record.Record, pairs)
			for i := range events {
				events[i] = record.Record{Time: time.Now(), Kind: record.Event, Target: "embedded", ClientID: fmt.Sprint("client-", i)}
			}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				s.add(&events[i%pairs])
			}
		})
	}
}
