package server

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
)

// recipients are functions that encode n recipients as a body.
var recipients = map[string]func(n int) (body, contentType string){
	"form": func(n int) (string, string) {
		return strings.Repeat("to=X&", n), "application/x-www-form-urlencoded"
	},
	"JSON list": func(n int) (string, string) {
		return `{"to":["X"` + strings.Repeat(`,"X"`, n-1) + `]}`, "application/json"
	},
	"JSON members": func(n int) (string, string) {
		return `{"to":"X"` + strings.Repeat(`,"to":"X"`, n-1) + `}`, "application/json"
	},
	"multipart": func(n int) (string, string) {
		const part = "--b\r\nContent-Disposition: form-data; name=to\r\n\r\nX\r\n"
		return strings.Repeat(part, n) + "--b--\r\n", "multipart/form-data; boundary=b"
	},
}

func post(ctx context.Context, body, contentType string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, "POST", "/", strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return r
}

// One recipient too many is refused with a sentence that names the bound, and nothing after
// it is read.
func TestRecipientsAreBounded(t *testing.T) {
	for name, body := range recipients {
		t.Run(name, func(t *testing.T) {
			text, contentType := body(maxTo)
			p, bad := readParams(httptest.NewRecorder(), post(t.Context(), text, contentType))
			if bad != nil || len(p["to"]) != maxTo {
				t.Errorf("%d recipients: %+v", len(p["to"]), bad)
			}
			text, contentType = body(maxTo + 1)
			_, bad = readParams(httptest.NewRecorder(), post(t.Context(), text, contentType))
			if bad == nil || bad.Code != 400 || !strings.Contains(bad.Msg, fmt.Sprint(maxTo)) {
				t.Errorf("one more: %+v", bad)
			}
		})
	}
	r := httptest.NewRequest("GET", "/?"+strings.Repeat("to=X&", maxTo+1), nil)
	if _, bad := readParams(httptest.NewRecorder(), r); bad == nil || bad.Code != 400 {
		t.Errorf("in the query: %+v", bad)
	}
}

// Four times as many recipients take four times the memory. It was sixteen times when
// adding one copied all those before it.
func TestMemoryForRecipientsGrowsWithTheBody(t *testing.T) {
	const n = 250
	for name, body := range recipients {
		t.Run(name, func(t *testing.T) {
			taken := func(n int) uint64 {
				text, contentType := body(n)
				r := post(t.Context(), strings.ReplaceAll(text, "X", strings.Repeat("X", 200)), contentType)
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				if _, bad := readParams(httptest.NewRecorder(), r); bad != nil {
					t.Fatal(bad)
				}
				runtime.ReadMemStats(&after)
				return after.TotalAlloc - before.TotalAlloc
			}
			if once, fourfold := taken(n), taken(4*n); fourfold > 6*once {
				t.Errorf("%d recipients take %d bytes, %d take %d", n, once, 4*n, fourfold)
			}
		})
	}
}

// hangingUp is a context whose Err returns an error after a few calls.
type hangingUp struct {
	context.Context
	asked int
}

func (c *hangingUp) Err() error {
	if c.asked++; c.asked > 3 {
		return context.Canceled
	}
	return nil
}

// Parsing stops when the caller has gone.
func TestReadingParametersStopsWithTheRequest(t *testing.T) {
	for name, body := range recipients {
		t.Run(name, func(t *testing.T) {
			text, contentType := body(maxTo)
			ctx, p := &hangingUp{Context: t.Context()}, params{}
			if bad := p.addBody(ctx, []byte(text), contentType); bad == nil || len(p["to"]) > 3 || ctx.asked != 4 {
				t.Errorf("%d recipients are read, %+v; the caller was asked after %d times", len(p["to"]), bad, ctx.asked)
			}
		})
	}
}
