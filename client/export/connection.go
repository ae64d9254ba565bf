package export

import (
	"fmt"

	"sseconsole/client/record"
)

// connection identifies a connection in a sequence of records.
type connection struct {
	target, clientID string
	sub              int // the number of the clientId's subscription, from 0
	conn             int // the number within the subscription, from 1
}

// name returns a short name for tables.
func (c connection) name() string {
	if c.sub == 0 {
		return fmt.Sprintf("%s #%d", c.clientID, c.conn)
	}
	return fmt.Sprintf("%s (%d) #%d", c.clientID, c.sub+1, c.conn)
}

// tracker determines the connection of each record in a sequence. Records number
// connections within their subscription, so the numbers start again when a clientId
// subscribes again. If the request of that subscription is not in the sequence,
// bytes that repeat show it.
type tracker struct {
	subs map[connection]int // by target and clientId only
	seen map[connection]progress
}

// progress is how far a connection's bytes have been seen.
type progress struct {
	end     int64 // offset of the next byte
	chunked bool  // from chunks; items then repeat their bytes
}

func newTracker() *tracker {
	return &tracker{subs: map[connection]int{}, seen: map[connection]progress{}}
}

// of returns the connection of r. Call it once for each record, in order.
func (t *tracker) of(r *record.Record) connection {
	of := connection{target: r.Target, clientID: r.ClientID}
	key := connection{r.Target, r.ClientID, t.subs[of], r.Conn}
	if r.Conn == 0 {
		return key
	}
	at, known := t.seen[key]
	if r.Kind == record.Subscribe && r.Conn == 1 && known || t.again(at, r) {
		t.subs[of]++
		key.sub++
		at = progress{}
	}
	end := r.Offset + int64(len(r.Raw))
	switch {
	case !hasBytes(r) || r.Kind == record.Comment || r.Kind == record.Retry: // their bytes come again with the block
	case r.Kind == record.Chunk:
		at = progress{end: end, chunked: true}
	case !at.chunked:
		at.end = end
	}
	t.seen[key] = at
	return key
}

// again reports whether r has bytes that its connection already had.
func (t *tracker) again(at progress, r *record.Record) bool {
	return hasBytes(r) && r.Offset < at.end && (r.Kind == record.Chunk || !at.chunked)
}
