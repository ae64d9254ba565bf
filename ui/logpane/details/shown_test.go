package details

import (
	"context"
	"strings"
	"testing"

	"sseconsole/client/pretty"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

func TestLayingOutStopsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data := "[" + strings.Repeat("1,", 1<<20) + "1]"
	if got := laidOut(wording.Of(catalogue.New(catalogue.English)), ctx, pretty.JSON, data); got.text != data {
		t.Errorf("%d bytes were laid out all the same", len(got.text))
	}
}
