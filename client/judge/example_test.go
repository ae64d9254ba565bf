package judge_test

import (
	"fmt"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/record"
)

func Example() {
	var j judge.Judge
	// As a client.Client gives them to its Record function.
	records := []record.Record{
		{Kind: record.Subscribe, Conn: 1, URL: "http://localhost:8080/demo/sse/subscribe?clientId=alice"},
		{Kind: record.Open, Conn: 1, Status: 200, ContentType: "text/event-stream"},
		{Kind: record.Chunk, Conn: 1, Raw: []byte("data:two\nlines\n\n")},
	}
	var journal []record.Record
	for _, r := range records {
		r.Time, r.Target, r.ClientID = time.Now(), "here", "alice"
		journal = append(journal, r)
		journal = append(journal, j.Add(r)...)
	}
	for _, r := range journal {
		if r.Kind == record.Problem {
			fmt.Println("found", r.Type, "in", r.Data)
		} else {
			fmt.Println(r.Kind)
		}
	}
	// Output:
	// subscribe
	// open
	// chunk
	// found no_field in "lines"
}
