package details

import (
	"context"
	"strings"
	"testing"

	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

func TestIndentingStopsWhenItIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	data := "[" + strings.Repeat("1,", 1<<20) + "1]"
	if got := indented(wording.Of(catalogue.New(catalogue.English)), ctx, data); got.text != data {
		t.Errorf("%d bytes were indented all the same", len(got.text))
	}
}
