package intake_test

import (
	"fmt"
	"time"

	"sseconsole/client/intake"
	"sseconsole/client/record"
)

func Example() {
	var log []record.Record
	in := intake.New(func(r record.Record) int64 {
		log = append(log, r)
		return int64(len(log))
	})

	sent := time.Now()
	in.Add(record.Record{Time: sent, Kind: record.Send, Target: "embedded", ClientID: "alice", Data: "hello"})
	in.Add(record.Record{Time: sent.Add(time.Millisecond), Kind: record.Event, Target: "embedded", ClientID: "alice", Data: "hello"})

	stats, _ := in.Stats("embedded", "alice")
	fmt.Println(stats.Events, "event after", log[1].Took)
	// Output: 1 event after 1ms
}
