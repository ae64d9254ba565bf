package embedded

import (
	"testing"

	"sseconsole/client/record"
	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/ui/console/life"
)

// Notices about full memory differ from those about slow or too many subscribers.
func TestFullMemoryHasNoticesOfItsOwn(t *testing.T) {
	told := map[string]record.Record{}
	e := New(life.New(func(r record.Record) { told[r.Type] = r }), nil, nil)
	for code, n := range map[string]server.Notice{
		"cut_off":        {Kind: server.CutOff, Err: hub.ErrQueueFull},
		"cut_off_memory": {Kind: server.CutOff, Err: hub.ErrMemoryFull},
		"refused_limit":  {Kind: server.RefusedLimit, Remote: "192.0.2.1:1"},
		"refused_memory": {Kind: server.RefusedLimit, Remote: "192.0.2.1:1", Err: hub.ErrMemoryFull},
	} {
		n.ClientID = code
		e.observe(n)
		if r := told[code]; r.ClientID != code {
			t.Errorf("%s: %+v", code, r)
		}
	}
}
