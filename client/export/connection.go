package export

import (
	"fmt"

	"sseconsole/client/record"
)

// connection names one connection in a sequence of records.
type connection struct {
	target, clientID string
	sub              int // the subscription of this clientId, from 0
	conn             int // within the subscription
}

// name is short, for tables.
func (c connection) name() string {
	if c.sub == 0 {
		return fmt.Sprintf("%s #%d", c.clientID, c.conn)
	}
	return fmt.Sprintf("%s (%d) #%d", c.clientID, c.sub+1, c.conn)
}

// tracker tells which connection each record of a sequence belongs to. Records
// number connections within their subscription, so the numbers begin anew when
// a clientId subscribes again. Where the request for it is not among the records
// it shows from bytes that come once more.
type tracker struct {
	subs map[connection]int // by target and clientId alone
	seen map[connection]progress
}

// progress is how far the bytes of a connection were seen.
type progress struct {
	end     int64 // offset of the next byte
	chunked bool  // by chunks: items come after theirs then
}

func newTracker() *tracker {
	return &tracker{subs: map[connection]int{}, seen: map[connection]progress{}}
}

// of returns the connection of r. It is to be called once for each record.
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
	case !hasBytes(r) || r.Kind == record.Comment || r.Kind == record.Retry: // these come again, with their block
	case r.Kind == record.Chunk:
		at = progress{end: end, chunked: true}
	case !at.chunked:
		at.end = end
	}
	t.seen[key] = at
	return key
}

// again reports whether r has bytes that its connection brought already.
func (t *tracker) again(at progress, r *record.Record) bool {
	return hasBytes(r) && r.Offset < at.end && (r.Kind == record.Chunk || !at.chunked)
}
