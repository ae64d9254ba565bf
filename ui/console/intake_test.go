package console

import (
	"testing"

	"sseconsole/client/record"
)

func TestTheConsoleMeasuresHowLongAMessageTook(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "alice"}
	c.Subscribe(p, "")
	c.Send(p, "hello")
	c.Send(p, "hello")
	until(t, c, "both arrived", func() bool { return len(records(c, record.Event)) == 2 })
	until(t, c, "both are matched", func() bool { l, _ := c.Intake.Latency(p.Target(), p.ClientID); return l.Count == 2 })
	for _, r := range records(c, record.Event) {
		if r.Took <= 0 {
			t.Errorf("event %d took %v", r.Seq, r.Took)
		}
	}
	if _, ok := c.Intake.Latency(Embedded, "bob"); ok {
		t.Error("bob sent nothing")
	}
}

func TestARealSubscriptionIsCounted(t *testing.T) {
	c := running(t)
	p := Pair{ClientID: "a"}
	c.Subscribe(p, "")
	c.Send(p, "one")
	c.Send(p, "two")
	until(t, c, "both are counted", func() bool { s, _ := c.Intake.Stats(p.Target(), p.ClientID); return s.Events == 2 })
	s, _ := c.Intake.Stats(p.Target(), p.ClientID)
	sub, _ := c.Subscription(p)
	if s.LastEventID == "" || s.LastEventID != sub.Status.LastEventID || s.Bytes != sub.Status.Bytes {
		t.Errorf("%+v\nwant what the subscription says: %+v", s, sub.Status)
	}
}
