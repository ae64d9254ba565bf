package logpane

import (
	"context"
	"strings"
	"testing"

	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

func TestJSONIsLaidOutNoLongerOnceNobodyWantsIt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data := "[" + strings.Repeat("1,", 1<<20) + "1]"
	if got := laidOut(wording.Of(catalogue.New(catalogue.English)), ctx, data); got.text != data {
		t.Errorf("%d bytes were laid out in vain", len(got.text))
	}
}
