package logpane

import (
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

func TestALineOfTextHasWhatEachColumnShows(t *testing.T) {
	w := wording.New(catalogue.English)
	r := record.Record{
		Kind: record.Event, Type: "quote", Time: time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC), Target: "http://h:1", ClientID: "ann", ID: "7",
		Data: "101.25", Took: 3 * time.Millisecond,
	}
	fields := strings.Split(w.Line(&r), "\t")
	for i, c := range columns() {
		shown, _ := c.cell(w, &r)
		if c.whole != nil {
			shown = c.whole(&r)
		}
		if i == kindColumn { // the line has kind and type apart
			shown = r.Type
		}
		if shown == "" || !slices.Contains(fields, shown) {
			t.Errorf("%s: %q is not in %q", c.Key, shown, fields)
		}
	}
}
