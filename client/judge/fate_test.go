package judge

import (
	"slices"
	"testing"
	"time"

	"sseconsole/client/record"
)

func TestABrokenEndIsReportedByItsCause(t *testing.T) {
	for _, tt := range []struct {
		by   record.Party
		why  record.Failure
		want []string
	}{
		{record.ByNetwork, record.Reset, []string{"connection_broken"}},
		{record.ByNetwork, record.StreamReset, []string{"connection_broken"}},
		{record.ByNetwork, record.GoAway, []string{"connection_broken"}},
		{record.ByNetwork, record.Other, []string{"connection_broken"}},
		{record.ByNetwork, record.CutChunks, []string{"cut_off"}},
		{record.ByNetwork, record.CutCoding, []string{"cut_off"}},
		{record.ByNetwork, record.BadChunk, []string{"chunks_broken"}},
		{record.ByNetwork, record.CutLength, []string{"content_length_short"}},
		{record.ByNetwork, record.BadCoding, []string{"coding_wrong"}},
		{record.ByNetwork, record.Dropped, nil}, // the person did
		{record.ByEngine, record.IdleTimeout, nil},
		{record.ByPerson, "", nil},
		{record.ByMarker, "", nil},
		{record.ByServer, "", nil},
	} {
		p := newPlayer(t)
		p.chunk([]byte("id: 1\ndata: a\n\n"))
		p.finish(record.Record{Kind: record.End, By: tt.by, Failure: tt.why, Detail: "why"})
		if got := p.codes(); !slices.Equal(got, tt.want) {
			t.Errorf("by %s, %s: found %q, want %q", tt.by, tt.why, got, tt.want)
		}
	}
}

func TestEachAbsenceIsCountedOnce(t *testing.T) {
	for _, tt := range []struct {
		code    string
		example Example
		want    int64
	}{
		{"no_header", Example{"@asked", "@wait 20s"}, 1},
		{"half_event", Example{"data: a\n\ndata: b", "@wait 20s", "c\n\n"}, 1},
		{"half_event", Example{"data: a\n\ndata: b", "@wait 20s", "c\n\ndata: d", "@wait 3s", "e\n\n"}, 2},
		{"heartbeat_stopped", Example{":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 20s"}, 1},
	} {
		p := newPlayer(t)
		p.play(tt.example)
		if got := p.counts(1)[tt.code]; got != tt.want {
			t.Errorf("%q: counted %s %d times, want %d", tt.example, tt.code, got, tt.want)
		}
	}
}

func TestOnlyAStreamThatWasThereIsRefusedAtAReconnect(t *testing.T) {
	for _, tt := range []struct {
		example Example
		want    []string
	}{
		{Example{"@status 503 busy"}, nil},
		{Example{"data: a\n\n", "@end", "@status 204"}, nil},
		{Example{":\n\n", "@end", "@status 404"}, []string{"reconnect_refused"}},
		{Example{"data: a\n\n", "@cut reset x", "@status 301"}, []string{"connection_broken", "reconnect_refused"}},
	} {
		p := newPlayer(t)
		p.play(tt.example)
		if got := p.codes(); !slices.Equal(got, tt.want) {
			t.Errorf("%q: found %q, want %q", tt.example, got, tt.want)
		}
	}
}

func TestACleanEndInBetweenEndsARowOfCuts(t *testing.T) {
	cut := Example{":\n", "@wait 5s", "@cut reset x"}
	for _, tt := range []struct {
		between Example
		want    bool
	}{{nil, true}, {Example{":\n", "@wait 1s", "@end"}, false}} {
		p := newPlayer(t)
		for _, part := range []Example{cut, cut, tt.between, cut} {
			p.play(part)
		}
		if got := slices.Contains(p.codes(), "cut_when_idle"); got != tt.want {
			t.Errorf("with %q in between: found is %t", tt.between, got)
		}
	}
}

func TestAPOSTRepeatedByTheUserIsNotAFinding(t *testing.T) {
	for source, want := range map[record.DelaySource][]string{record.FromDefault: {"request_repeated"}, record.FromPerson: nil} {
		var j Judge
		var found []string
		for conn := 1; conn <= 2; conn++ {
			for _, r := range []record.Record{
				{Kind: record.Subscribe, Method: "POST", URL: "http://here"}, {Kind: record.Open, ContentType: "text/event-stream"},
				{Kind: record.End, By: record.ByNetwork, Failure: record.Dropped}, {Kind: record.Reconnect, Source: source},
			} {
				r.Conn, r.Time = conn, time.Unix(int64(conn), 0)
				for _, p := range j.Add(r) {
					if p.Type == "request_repeated" {
						found = append(found, p.Type)
					}
				}
			}
		}
		if !slices.Equal(found, want) {
			t.Errorf("%s: found %q, want %q", source, found, want)
		}
	}
}
