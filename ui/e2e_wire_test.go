//go:build e2e

package ui

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"sseconsole/client"
	"sseconsole/client/record"
)

// faulty serves a stream like the demo's Spring back end: it does not split a payload
// at line feeds, and sends no header that forbids caching.
func faulty(t *testing.T) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasSuffix(r.URL.Path, "/subscribe") {
			fmt.Fprint(w, `{"code":200,"msg":"success","data":null}`)
			return
		}
		w.Header().Set("Content-Type", "text/event-stream;charset=UTF-8")
		fmt.Fprint(w, "id:1\n\ndata:first\nsecond\n\n")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}))
	t.Cleanup(func() {
		s.CloseClientConnections()
		s.Close()
	})
	return s.URL + "/demo/sse"
}

func TestEndToEndAFaultyStreamIsJudged(t *testing.T) {
	base := faulty(t)
	d := open(t, "")
	d.key("ctrl+r")
	d.typed(base)
	d.key("Return", "space")
	d.untilOpen()
	d.until("the badge counts the findings", func() bool {
		return d.w.scope.Badge.Visible() && d.w.scope.Badge.Text == d.w.k.T("tabs.findings", "N", 2)
	})
	d.click(d.w.scope.Badge)
	d.until("the first finding is explained", func() bool {
		return strings.Contains(d.w.log.Details.Text.Text(), d.w.k.T("problem.cache_control_missing.why"))
	})
	d.click(d.w.scope.Badge)
	d.until("the second finding is explained", func() bool {
		text := d.w.log.Details.Text.Text()
		return strings.Contains(text, `"second"`) && strings.Contains(text, d.w.k.T("problem.no_field.why")) &&
			strings.Contains(text, d.w.k.T("problem.no_field.do"))
	})
}

func TestEndToEndEachEngineReadsTheStreamDifferently(t *testing.T) {
	base := faulty(t)
	d := open(t, "")
	d.key("ctrl+r")
	d.typed(base)
	d.key("Return", "ctrl+alt+2", "ctrl+u")
	d.until("the text is shown unchanged", func() bool {
		texts := d.records(record.Text)
		return len(texts) > 0 && strings.Contains(texts[0].Data, "data:first\nsecond")
	})
	d.key("ctrl+alt+3", "ctrl+u")
	d.until("go-sse's empty event is noted", func() bool {
		for _, r := range d.records(record.Difference) {
			if r.Type == client.EmptyEvent {
				return true
			}
		}
		return false
	})
	if got := d.w.con.Settings().Engine; got != client.Engines()[2] {
		t.Errorf("saved engine: %q", got)
	}
}

func TestEndToEndChunksAreShownWithOneKey(t *testing.T) {
	d := open(t, "")
	d.key("space")
	d.untilOpen()
	d.until("there is a chunk", func() bool { return len(d.records(record.Chunk)) == 1 })
	fyne.DoAndWait(d.w.log.ToggleUnfold)
	d.until("the rows of its items are shown and its own is hidden", func() bool {
		shown := d.shown()
		return strings.Contains(shown, d.w.k.T("kind.cursor")) && !strings.Contains(shown, d.w.k.T("kind.chunk"))
	})
	d.key("ctrl+4")
	d.until("its row is shown", func() bool {
		return strings.Contains(d.shown(), d.w.k.T("kind.chunk"))
	})
}
