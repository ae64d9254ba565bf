package wording

import (
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording/catalogue"
)

func TestTheWordsOfACheck(t *testing.T) {
	problem := func(code, seen string, conn int, count int64) record.Record {
		return record.Record{Kind: record.Problem, Type: code, Data: seen, Conn: conn, Count: count}
	}
	checks := []Checked{
		{Address: "http://localhost:8080/events", Events: 1, Connections: 1},
		{Address: "http://localhost:8080/events", Events: 2, Connections: 2, Problems: []record.Record{
			problem("cache_control_missing", "", 1, 1), problem("no_field", `"b"`, 1, 1), problem("cors", "", 1, 1), problem("no_field", `"c"`, 2, 2),
		}},
		{Address: "http://localhost:8080/events", Connections: 1, Problems: []record.Record{problem("cors", "", 1, 1)}, Refused: &record.Record{
			Kind: record.Fail, Failure: record.BadStatus, Status: 403, Data: "no such \x1b[2J user\n",
		}},
		{Address: "http://localhost:8080/events", Connections: 2, Cuts: 1, Longer: 23 * time.Second},
		{Address: "http://localhost:8080/events", Connections: 3, Cuts: 2, Longer: 90 * time.Second},
		{
			Address: "http://localhost:8080/events", Events: 1, Connections: 1, Known: []record.Record{problem("cors", "", 1, 1), problem("no_field", `"b"`, 1, 2)},
			Ignored: []record.Record{problem("http10", "", 1, 1)}, Unmet: []string{"1 event\x1b came"},
		},
		{Address: "http://localhost:8080/\x1b[2J", Connections: 1, Problems: []record.Record{problem("no_field", "\x1b]0;x\a", 1, 2)}},
	}
	for _, language := range catalogue.Languages() {
		w, got := New(language), strings.Builder{}
		for _, c := range checks {
			got.WriteString(w.Check(c) + "==\n")
		}
		for _, last := range []record.Record{{}, {Kind: record.Fail, Failure: record.BadStatus, Status: 404}, {Kind: record.Fail, Failure: record.Refused, Detail: "dial tcp"}} {
			got.WriteString(w.NoStream("http://localhost:8080/events", &last) + "\n")
		}
		golden(t, "check."+language+".txt", got.String())
	}
}
