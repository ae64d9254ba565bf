package judge

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// judged returns the findings, with their counts, in a stream that arrives in chunks
// of the given sizes.
func judged(t *testing.T, stream []byte, sizes []byte) []string {
	p := newPlayer(t)
	p.connect()
	rest := stream
	for i := 0; len(rest) > 0; i++ {
		n := len(rest)
		if len(sizes) > 0 {
			n = min(n, int(sizes[i%len(sizes)])+1)
		}
		p.chunk(rest[:n])
		rest = rest[n:]
	}
	p.end(record.ByServer)
	var found []string
	for _, r := range p.problems {
		found = append(found, fmt.Sprintf("%s %s %q at %d", r.Type, r.Data, r.Raw, r.Offset))
	}
	for _, c := range p.judge.Counts() {
		found = append(found, fmt.Sprintf("%s %d", c.Code, c.N))
	}
	slices.Sort(found) // a CR is one only after the next byte, and a fault of its line comes with it
	return found
}

func FuzzSameFindingsForAnyChunking(f *testing.F) {
	add := func(stream string) {
		f.Add([]byte(stream), []byte{0})
		f.Add([]byte(stream), []byte{2, 0, 6})
	}
	for _, finding := range Findings() {
		for _, example := range []Example{finding.Fires, finding.Silent} {
			add(strings.Join(slices.DeleteFunc(slices.Clone(example), func(step string) bool { return step[0] == '@' }), ""))
		}
	}
	add("data: " + strings.Repeat("长", 500) + "\xe9\x95\r\r\n\r" + strings.Repeat("x", 3*headSize) + "\r")
	add("\uFEFF\uFEFFdata: 你\xe4\xbd\ndata: \xf0\x9f\x98\r\ndata:\xef\xbf\xbd")
	add("data:\x9f\x98\nid:\xe2\n\n: c\r\rretry: 1e3\r\n")
	f.Fuzz(func(t *testing.T, stream, sizes []byte) {
		whole := judged(t, stream, nil)
		if cut := judged(t, stream, sizes); !slices.Equal(whole, cut) {
			t.Errorf("%q in chunks of %v: found\n%q, but whole\n%q", stream, sizes, cut, whole)
		}
	})
}

func FuzzAnyRecordsInAnyOrder(f *testing.F) {
	f.Add([]byte("\x01\x0b\x05\x05\x0c\x0d\x01\x0b\x05\x05\x0c"), []byte("id: 1\ndata: a\n\n"))
	f.Fuzz(func(t *testing.T, script, raw []byte) {
		var j Judge
		now := time.Unix(0, 0)
		for i, b := range script {
			now = now.Add(time.Duration(int8(b)) * time.Second)
			r := record.Record{
				Kind: record.Kind(b % 20), Time: now, Target: string('a' + rune(b>>7)), Conn: int(b>>4) % 3,
				Call: record.Subscribe, Raw: raw[min(len(raw), int(b)%8):], Offset: int64(b) * int64(i%3),
				ID: string(raw[:min(len(raw), 3)]), URL: "http://here", Status: 200, ContentType: "text/event-stream",
				Header: map[string][]string{"Content-Encoding": {"br"}, "Origin": {"http://page"}}, By: record.ByServer,
			}
			if b&8 == 0 {
				r.By, r.Failure = record.ByNetwork, record.NotAStream
			}
			for _, problem := range append(j.Add(r), j.Tick(now)...) {
				if problem.Type == "" || len(problem.Raw) > maxRaw || len(problem.Data) > 8*maxSeen {
					t.Errorf("%+v", problem)
				}
			}
		}
		if len(j.streams) > 2 || len(j.Counts()) > maxCounts {
			t.Errorf("%d streams, %d counts", len(j.streams), len(j.Counts()))
		}
	})
}
