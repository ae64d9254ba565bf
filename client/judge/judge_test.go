package judge

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// counts returns how often each code was found on a connection.
func (p *player) counts(conn int) map[string]int64 {
	counts := map[string]int64{}
	for _, c := range p.judge.Counts() {
		if c.Conn == conn {
			counts[c.Code] += c.N
		}
	}
	return counts
}

func TestAProblemComesOncePerConnectionAndIsCounted(t *testing.T) {
	p := newPlayer(t)
	p.play(Example{"id: 1\ndata: a\nb\nc\n\n", "oops\n", "@end", "oops\n"})
	if len(p.problems) != 2 {
		t.Fatalf("%d problems: %v", len(p.problems), p.codes())
	}
	if first, second := p.counts(1)["no_field"], p.counts(2)["no_field"]; first != 3 || second != 1 {
		t.Errorf("counted %d and %d, want 3 and 1", first, second)
	}
	got := p.problems[0]
	want := record.Record{
		Kind: record.Problem, Time: p.problems[0].Time, Target: "here", ClientID: "alice", Conn: 1, Type: "no_field",
		Data: `"b"`, Raw: []byte("b"), Offset: 14, Count: 1,
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%v, want\n%v", got, want)
	}
}

func TestAFindingShowsTheBytesAtFault(t *testing.T) {
	long := "data: " + strings.Repeat("长", 1000)
	tests := []struct {
		stream string
		code   string
		seen   string
		raw    string
		offset int64
	}{
		{"\uFEFFdata: a\n\nb\n", "no_field", `"b"`, "b", 12},
		{"data: a\r\n\r\nhttp://b\r\n", "unknown_field", `"http://b"`, "http://b", 11},
		{"data: \x1b[31m\xff\n", "invalid_utf8", "0xFF @ 11", "data: \x1b[31m\xff", 0},
		{long + "\xe9\n", "invalid_utf8", "0xE9 @ 3006", long[:maxRaw], 0},
		{strings.TrimPrefix(long, "data: ") + "\n", "no_field", `"` + strings.Repeat("长", 26) + `"…`, long[6 : 6+maxRaw], 0},
		{"retry: 1\x00\n", "retry_not_a_number", `"1\x00"`, "retry: 1\x00", 0},
		{"retry: 99999999999999999999\n", "retry_extreme", "99999999999999999999 ms", "retry: 99999999999999999999", 0},
		{"id: a\"1\ndata\n\nid: a\"2\ndata\n\nid: a\"3\ndata\n\nid: a\"2\ndata\n\n", "id_backwards", `a"3 → a"2`, `a"2`, 42},
		{": c\n\ndata: a\ndata: b", "data_lost_at_end", `"data: a"`, "data: a", 5},
	}
	for _, tt := range tests {
		p := newPlayer(t)
		p.play(Example{tt.stream, "@end"})
		i := slices.IndexFunc(p.problems, func(r record.Record) bool { return r.Type == tt.code })
		if i < 0 {
			t.Errorf("%q: no %s, but %q", tt.stream, tt.code, p.codes())
			continue
		}
		r := p.problems[i]
		if r.Data != tt.seen || string(r.Raw) != tt.raw || r.Offset != tt.offset {
			t.Errorf("%q: saw %s in %q at %d, want %s in %q at %d", tt.stream, r.Data, r.Raw, r.Offset, tt.seen, tt.raw, tt.offset)
		}
	}
}

func TestGoodStreamsHaveNoFindings(t *testing.T) {
	tests := map[string]Example{
		"LF":              {"data: a\nid: 1\nevent: b\nretry: 2000\n\n: c\n\n"},
		"CRLF":            {"data: a\r\nid: 1\r\n\r\n"},
		"split writes":    strings.Split("id: 1\ndata: 你好\n\nid: 2\r\ndata: b\r\n\r\n", ""),
		"bare fields":     {"data\n\nid\n\nevent\ndata\n\n"},
		"no space at all": {"data:a\n\n", "data:\n\n", "data: \n\n", "event:x\ndata:b\n\n"},
		"ids with gaps":   {"id: 1\ndata\n\nid: 5\ndata\n\nid: 6\ndata\n\nid: 7\ndata\n\nid: 6\ndata\n\n"},
		"ids of two topics": {
			"id: a-1\ndata\n\nid: b-9\ndata\n\nid: a-2\ndata\n\nid: b-10\ndata\n\nid: a-3\ndata\n\nid: b-1\ndata\n\n",
		},
		"ids of no order":      {"id: x9\ndata\n\nid: q\ndata\n\nid: x9\ndata\n\n"},
		"same id all the time": {"id: 7\ndata\n\nid: 7\ndata\n\n", "@end", "id: 7\ndata\n\n"},
		"resumed":              {"id: 1\ndata\n\nid: 2\ndata\n\nid: 3\ndata\n\n", "@end", "id: 3\n\nid: 4\ndata\n\n"},
		"resumed twice":        {"id: 1\ndata\n\n", "@end", "id: 2\ndata\n\n", "@end", "id: 3\ndata\n\n", "@end", "id: 4\ndata\n\n"},
		"comments with ids":    {"id: 1\ndata\n\nid: 2\ndata\n\nid: 3\ndata\n\n", "@end", "id: 4\n: c\n\nid: 5\ndata\n\n"},
		"new prefix":           {"id: r.1-0\n\nid: r.1-1\ndata\n\nid: r.1-2\ndata\n\nid: r.1-3\ndata\n\n", "@end", "id: r.2-5\n\nid: r.2-6\ndata\n\n"},
		"one backlog":          {"@wait 5s", "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n", "@wait 5s", "data: 6\n\n", "@wait 5s", "data: 7\n\n"},
		"a tick each second":   {"@wait 1s", "data: 1\n\n", "@wait 1s", "data: 2\n\n", "@wait 1s", "data: 3\n\n", "@wait 1s", "data: 4\n\n", "@wait 1s", "data: 5\n\n"},
	}
	for name, example := range tests {
		p := newPlayer(t)
		p.play(example)
		if got := p.codes(); got != nil {
			t.Errorf("%s: found %q", name, got)
		}
	}
}

func TestAFaultIsNotTakenForItsConsequences(t *testing.T) {
	tests := []struct {
		example Example
		want    []string
	}{
		{Example{"<!DOCTYPE html>\n<html>\ncaf\xe9\n", "@end"}, []string{"not_a_stream"}},
		{Example{"@header Content-Type: text/html", "<html>"}, []string{"content_type"}},
		{Example{"data: a\n\n", "\uFEFFbroken\n"}, []string{"bom_misplaced"}},
		{Example{"id: 1\ndata\n\nid: 2\ndata\n\nid: 3\ndata\n\n", "@end", "id: 1\ndata\n\nid: 2\ndata\n\nid: 3\ndata\n\n"}, []string{"last_event_id_ignored"}},
		{Example{"id: 7\ndata\n\nid: 8\ndata\n\nid: 9\ndata\n\n", "@end", "id: 1\ndata\n\nid: 2\ndata\n\n"}, []string{"last_event_id_ignored"}},
		{Example{"id: 1\ndata\n\nid: 2\ndata\n\nid: 3\ndata\n\n", "@end", "id: 3\ndata\n\nid: 4\ndata\n\n"}, []string{"events_doubled"}},
		{Example{"@rival", "@rival", "@rival", "@rival", "@rival", "@rival", "@rival", "@rival", "@rival", "@rival", "@rival", "@rival"}, []string{"thrown_out"}},
	}
	for _, tt := range tests {
		p := newPlayer(t)
		p.play(tt.example)
		if got := p.codes(); !slices.Equal(got, tt.want) {
			t.Errorf("%q: found %q, want %q", tt.example, got, tt.want)
		}
	}
}

func TestLumpsThatEndWithinAnEventNeedNoBeat(t *testing.T) {
	events := strings.Repeat("data: 1\n\n", 6) + "da"
	p := newPlayer(t)
	p.play(Example{"@wait 2s", events, "@wait 7s", "ta: 2\n\n" + events, "@wait 3s", "ta: 2\n\n" + events, "@wait 9s", "ta: 2\n\n" + events, "@end"})
	if got := p.codes(); !slices.Equal(got, []string{"buffering"}) {
		t.Errorf("found %q", got)
	}
}

func TestEachSilenceCountsOnce(t *testing.T) {
	p := newPlayer(t)
	p.play(Example{"@wait 45s", ":\n\n", "@wait 20s", ":\n\n", "@wait 70s"})
	if n := p.counts(1)["silent_30s"]; n != 2 || len(p.problems) != 1 {
		t.Errorf("counted %d silences in %d problems, want 2 in 1", n, len(p.problems))
	}
	if got := p.problems[0].Data; got != "31s" {
		t.Errorf("told after %s", got)
	}
}

func TestASilenceIsSeenWithoutTicksToo(t *testing.T) {
	p := newPlayer(t)
	p.play(Example{"data: a\n\n"})
	p.now = p.now.Add(time.Minute)
	p.play(Example{"data: b\n\n"})
	if got := p.codes(); !slices.Equal(got, []string{"silent_30s"}) {
		t.Errorf("found %q", got)
	}
}

func TestAPageOfTheStreamsOwnOriginMayRead(t *testing.T) {
	for origin, want := range map[string]int{
		"http://here": 0, "http://here:80": 0, "http://HERE": 0,
		"https://here": 1, "http://here:8080": 1, "null": 1,
	} {
		p := newPlayer(t)
		p.play(Example{"@origin " + origin, "data: a\n\n"})
		if len(p.problems) != want {
			t.Errorf("%s: found %q", origin, p.codes())
		}
	}
}

var fromPage = record.Record{Kind: record.Subscribe, URL: "http://here", Header: map[string][]string{"Origin": {"https://page.example"}}}

func TestALateOriginHeaderOfARefusalCountsToo(t *testing.T) {
	var j Judge
	j.Add(fromPage)
	r := record.Record{Kind: record.Fail, Call: record.Subscribe, Status: 403, Failure: record.BadStatus, Header: map[string][]string{}}
	if got := j.Add(r); len(got) != 1 || got[0].Type != "cors_hides_status" {
		t.Errorf("found %v", got)
	}
}

func TestUnknownHeadersAreNotJudged(t *testing.T) {
	var j Judge
	j.Add(fromPage)
	if got := j.Add(record.Record{Kind: record.Open, Status: 200, ContentType: "text/event-stream"}); got != nil {
		t.Errorf("found %v", got)
	}
}

func TestANewSubscriptionStartsAgain(t *testing.T) {
	p := newPlayer(t)
	p.play(Example{"id: 1\ndata\n\nid: 2\ndata\n\nid: 3\ndata\n\n"})
	p.end(record.ByPerson)
	p.subs[0] = newPlayer(t).subs[0]
	p.play(Example{"id: 1\ndata\n\nid: 2\ndata\n\n"})
	if got := p.codes(); got != nil {
		t.Errorf("found %q", got)
	}
}

func TestMemoryIsBounded(t *testing.T) {
	var j Judge
	for i := range 2 * maxStreams {
		r := record.Record{Kind: record.Open, ContentType: "text/plain", ClientID: fmt.Sprint(i)}
		j.Add(r)
	}
	if len(j.streams) > maxStreams || len(j.latest) > maxStreams || len(j.Counts()) > maxCounts {
		t.Errorf("%d streams, %d URLs, %d counts", len(j.streams), len(j.latest), len(j.Counts()))
	}

	p := newPlayer(t)
	p.play(Example{"data: "})
	for range 100 {
		p.judge.Add(record.Record{Kind: record.Chunk, Target: "here", ClientID: "alice", Conn: 1, Offset: p.judge.streams[key{"here", "alice"}].lines.next(), Raw: make([]byte, 1<<20)})
	}
	for i := range 3 * idWindow {
		p.play(Example{fmt.Sprintf("\nid: %d\ndata\n\n", i)})
	}
	s := p.judge.streams[key{"here", "alice"}]
	if cap(s.lines.head) > 4*headSize || len(s.ids.window) > idWindow || cap(s.block.data) > 4*maxRaw {
		t.Errorf("a head of %d, a window of %d, data of %d", cap(s.lines.head), len(s.ids.window), cap(s.block.data))
	}
}

func TestARivalMayBeAnsweredAfterItThrewTheOtherOut(t *testing.T) {
	for _, tt := range []struct {
		by   record.Party
		why  record.Failure
		want []string
	}{
		{record.ByServer, "", []string{"thrown_out", "thrown_out"}}, // one for each
		{record.ByNetwork, record.Reset, []string{"thrown_out", "thrown_out"}},
		{record.ByNetwork, record.Dropped, nil}, // here, which is nobody's fault
		{record.ByEngine, record.IdleTimeout, nil},
	} {
		var j Judge
		now := time.Unix(0, 0)
		var found []string
		add := func(target string, conn int, kind record.Kind) {
			now = now.Add(time.Millisecond)
			for _, p := range j.Add(record.Record{
				Kind: kind, Time: now, Target: target, Conn: conn, URL: "http://here", ContentType: "text/event-stream",
				By: tt.by, Failure: tt.why,
			}) {
				found = append(found, p.Type)
			}
		}
		add("a", 1, record.Subscribe)
		add("a", 1, record.Open)
		for conn := 1; conn < 4; conn++ {
			now = now.Add(time.Second)
			add("b", conn, record.Subscribe)
			add("a", conn, record.End)
			add("b", conn, record.Open)
			now = now.Add(time.Second)
			add("a", conn+1, record.Subscribe)
			add("b", conn, record.End)
			add("a", conn+1, record.Open)
		}
		if !slices.Equal(found, tt.want) {
			t.Errorf("by %s (%s): found %q, want %q", tt.by, tt.why, found, tt.want)
		}
	}
}
