package judge

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// player gives a judge the records that an EventSource would emit for an example.
type player struct {
	origin   string
	method   string
	t        *testing.T
	judge    *Judge
	header   http.Header
	proto    string
	now      time.Time
	subs     [2]*subscription // rivals
	at       int              // index of the current one
	problems []record.Record
	opened   time.Time // the latest connection
	heard    time.Time // the latest bytes, or the response
	broken   []cutAt   // what the network ended

	codings   string          // that requests ask for
	redirects []record.Record // of each request
	odd       string          // the Detail of an Open
	more      bool            // data followed the end of compressed data

	body   []byte          // of the latest connection
	events []record.Record // as a browser dispatches them
}

// cutAt is an end caused by the network.
type cutAt struct {
	record.Record
	age, idle time.Duration
}

type subscription struct {
	target  string
	conn    int
	asked   bool
	open    bool
	chunks  int
	offset  int64
	decoder *eventstream.Decoder
	lastID  string
	delay   time.Duration
	source  record.DelaySource
}

func newPlayer(t *testing.T) *player {
	sub := func(target string) *subscription {
		return &subscription{target: target, delay: 3 * time.Second, source: record.FromDefault}
	}
	return &player{
		t: t, judge: &Judge{}, proto: "HTTP/1.1", now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		header: http.Header{"Content-Type": {"text/event-stream"}, "Cache-Control": {"no-cache"}},
		subs:   [2]*subscription{sub("here"), sub("there")},
	}
}

func (p *player) play(example Example) {
	for n, step := range example {
		name, value, _ := strings.Cut(step, " ")
		switch name {
		case "@header":
			key, value, _ := strings.Cut(value, ": ")
			p.header.Set(key, value)
			if value == "" {
				p.header.Del(key)
			}
		case "@http":
			p.proto = "HTTP/" + value
		case "@origin":
			p.origin = value
		case "@ask":
			p.codings = value
		case "@redirect":
			p.redirects = append(p.redirects, record.Record{
				Kind: record.Redirect, Call: record.Subscribe, Status: 302, Method: "GET", URL: value, Header: maps.Clone(p.header),
			})
		case "@more":
			p.more = true
			p.add(record.Record{Kind: record.Notice, Type: string(record.NoticeGzipEnded)})
		case "@odd":
			p.odd = value
		case "@wait":
			d, err := time.ParseDuration(value)
			if err != nil {
				p.t.Fatal(err)
			}
			if !p.subs[p.at].asked {
				p.connect()
			}
			p.wait(d)
		case "@asked":
			p.ask()
		case "@method":
			p.method = value
		case "@down":
			p.down(value)
		case "@cut":
			p.cut(value)
		case "@status":
			status, body, _ := strings.Cut(value, " ")
			p.refuse(status, body)
		case "@end":
			p.end(record.ByServer)
		case "@again":
			p.end(record.ByServer)
			for range 9 {
				p.play(example[:n])
				p.end(record.ByServer)
			}
		case "@rival":
			p.connect()
			loser := p.at
			p.at = 1 - p.at
			p.connect()
			p.at = loser
			p.end(record.ByServer)
			p.at = 1 - loser
		default:
			p.chunk([]byte(step))
		}
	}
}

// add gives a record of the current subscription to the judge.
func (p *player) add(r record.Record) {
	s := p.subs[p.at]
	r.Time, r.Target, r.ClientID, r.Conn = p.now, s.target, "alice", s.conn
	p.problems = append(p.problems, p.judge.Add(r)...)
}

// ask makes a request, if none is made.
func (p *player) ask() {
	s := p.subs[p.at]
	if s.asked {
		return
	}
	s.conn++
	s.asked = true
	asked := record.Record{Kind: record.Subscribe, Method: cmp.Or(p.method, "GET"), URL: "http://here/sse/subscribe?clientId=alice", ID: s.lastID}
	header := http.Header{}
	if p.origin != "" {
		header.Set("Origin", p.origin)
	}
	if p.codings != "" {
		header.Set("Accept-Encoding", p.codings)
	}
	asked.Header = header
	p.add(asked)
	for _, r := range p.redirects {
		p.add(r)
	}
}

// refuse responds to a request with a status.
func (p *player) refuse(status, body string) {
	p.ask()
	s := p.subs[p.at]
	s.asked = false
	r := record.Record{Kind: record.Fail, Call: record.Subscribe, Failure: record.BadStatus, Data: body, Header: maps.Clone(p.header)}
	r.Status, _ = strconv.Atoi(status)
	if r.Status == http.StatusNoContent {
		r.Failure = record.NoContent
	}
	p.add(r)
}

// connect opens a connection, if none is open.
func (p *player) connect() {
	s := p.subs[p.at]
	if s.open {
		return
	}
	p.ask()
	s.asked = false
	p.opened, p.heard = p.now, p.now
	s.chunks, s.offset, s.open, p.body = 0, 0, true, nil
	s.decoder = &eventstream.Decoder{LastEventID: s.lastID, Handle: p.handle}
	r := record.Record{
		Kind: record.Open, Status: 200, Proto: p.proto, Header: maps.Clone(p.header), Detail: p.odd,
		ContentType: strings.Join(p.header["Content-Type"], ", "),
	}
	if media, _ := mediaType(r.ContentType); media != "text/event-stream" {
		r.Kind, r.Call, r.Failure, s.open = record.Fail, record.Subscribe, record.NotAStream, false
	}
	p.add(r)
}

func (p *player) handle(i *eventstream.Item) {
	s := p.subs[p.at]
	s.lastID = i.ID
	kind := map[eventstream.Kind]record.Kind{
		eventstream.Event: record.Event, eventstream.Comment: record.Comment, eventstream.Retry: record.Retry,
		eventstream.Cursor: record.Cursor, eventstream.Discarded: record.Discarded,
	}[i.Kind]
	if kind == record.Retry {
		s.delay, s.source = i.Delay, record.FromRetry
	}
	r := record.Record{Kind: kind, Type: i.Type, Data: i.Data, ID: i.ID, Raw: slices.Clone(i.Raw), Offset: i.Offset}
	if kind == record.Event {
		r.Conn = s.conn
		p.events = append(p.events, r)
	}
	p.add(r)
}

func (p *player) chunk(b []byte) {
	p.connect()
	s := p.subs[p.at]
	if !s.open {
		return // refused
	}
	s.chunks++
	p.heard = p.now
	p.add(record.Record{Kind: record.Chunk, Raw: b, Offset: s.offset, FirstChunk: s.chunks, LastChunk: s.chunks})
	s.offset += int64(len(b))
	p.body = append(p.body, b...)
	s.decoder.Write(b)
}

func (p *player) end(by record.Party) { p.finish(record.Record{Kind: record.End, By: by}) }

func (p *player) cut(what string) {
	why, detail, _ := strings.Cut(what, " ")
	p.finish(record.Record{Kind: record.End, By: record.ByNetwork, Failure: record.Failure(why), Detail: detail, Bytes: p.subs[p.at].offset})
}

// down gives a request no response, and another one is made later.
func (p *player) down(why string) {
	p.ask()
	s := p.subs[p.at]
	s.asked = false
	p.add(record.Record{Kind: record.End, By: record.ByNetwork, Failure: record.Refused, Detail: why})
	p.add(record.Record{Kind: record.Reconnect, Delay: s.delay, Source: s.source, ID: s.lastID})
	p.wait(s.delay)
}

func (p *player) finish(end record.Record) {
	p.connect()
	s := p.subs[p.at]
	if !s.open {
		return
	}
	s.decoder.End()
	s.open = false
	if end.By == record.ByNetwork {
		p.broken = append(p.broken, cutAt{end, p.now.Sub(p.opened), p.now.Sub(p.heard)})
	}
	p.add(end)
	if end.By != record.ByPerson {
		p.add(record.Record{Kind: record.Reconnect, Delay: s.delay, Source: s.source, ID: s.lastID})
		p.wait(min(s.delay, time.Minute))
	}
}

// wait lets time pass, with a Tick each second.
func (p *player) wait(d time.Duration) {
	for end := p.now.Add(d); p.now.Before(end); {
		p.now = p.now.Add(min(time.Second, end.Sub(p.now)))
		p.problems = append(p.problems, p.judge.Tick(p.now)...)
	}
}

// codes returns what was found, each code once.
func (p *player) codes() []string {
	codes := map[string]bool{}
	for _, r := range p.problems {
		codes[r.Type] = true
	}
	return slices.Sorted(maps.Keys(codes))
}
