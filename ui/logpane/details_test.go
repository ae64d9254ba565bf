package logpane

import (
	"strings"
	"testing"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
	"sseconsole/ui/logpane/details"
	"sseconsole/ui/wording/catalogue"
)

func TestTheConnectionIsFoundAcrossManyRecords(t *testing.T) {
	w := testWindow(t, settings.Settings{Language: catalogue.English})
	add := func(r record.Record) {
		r.ClientID, r.Conn = "x", 1
		w.con.Journal.Append(r)
	}
	add(record.Record{Kind: record.Subscribe, Method: "GET", URL: "http://h/first", Engine: client.EventSource})
	add(record.Record{Kind: record.Open, Status: 200, Proto: "HTTP/1.1"})
	for range 101_000 {
		add(record.Record{Kind: record.Event})
	}
	for w.refresh(); w.log.Model.Progress().Working; w.refresh() {
	}
	w.log.Clear()
	event(w, "of another connection")
	add(record.Record{Kind: record.Event, Data: "last"})
	for w.refresh(); w.log.Model.Progress().Working; w.refresh() {
	}
	w.log.View.Select(w.log.Len() - 1)
	w.log.Details.Choose(details.TabConnection)
	if got := w.log.Details.Text.Text(); !strings.Contains(got, "GET http://h/first") || !strings.Contains(got, "HTTP/1.1 200") {
		t.Errorf("connection: %q", got)
	}
}
