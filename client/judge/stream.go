package judge

import (
	"bytes"
	"hash/maphash"
	"net/http"
	"strings"
	"time"

	"sseconsole/client/record"
)

const tooQuiet = 30 * time.Second

// stream is the state of one subscription that the findings look at.
type stream struct {
	judge *Judge
	key   key
	url   string // as requested
	way   way    // of the current request
	led   string // where redirects have led the request, or ""
	asks  string // its Accept-Encoding

	method  string    // of the request
	manual  bool      // the user requested the connection
	waiting bool      // the request has no response yet
	now     time.Time // of the current record or tick

	connection

	lines  lines
	line   *line  // the current one
	name   string // its field: "data", "event", "id" or "retry"; "" for another
	value  []byte // what follows the field's name
	spaces spaces // of all connections

	block    block
	payload  payload
	comments int
	ids      ids
	framing  framing
	shapes   []*shape
	event    eventFacts
	flawed   flawed

	dispatched time.Time     // the latest event
	quietSince time.Time     // the last byte, or the response
	gap        time.Duration // before the latest bytes

	rival  rival
	storm  storm
	fate   fate          // of the connections
	breach breach        // of the connection that broke
	broke  record.Record // its End

	counts   []*Count // of this connection, by the index of the finding
	problems []record.Record
}

// connection is the part of a stream's state that belongs to one connection.
type connection struct {
	conn   int       // its number
	asked  time.Time // time of its request
	open   bool
	sent   string        // its Last-Event-ID
	answer record.Record // its Open or Fail

	alien  bool // the body is not a stream: its lines are not judged
	spoken bool // a line that is not empty has arrived
	long   bool // the current line is longer than its head, and takeOver has read it
	events int
	fields int // lines with one of the four fields

	foreign   foreignLines
	commented int // points for comments that contain fields or JSON
	counter   counter
	answers   int  // payloads with a member for the finish reason
	finished  bool // the latest event says that it is the last
	answered  bool // and it ends an answer, which the next request may get again
	ended     bool // some event says that it is the last
	unheard   unheard

	began   time.Time     // the first byte
	awaited bool          // the first event came later than the response
	quiet   time.Duration // the current silence, once it is too long
	rhythm  rhythm
	held    held
	over    bool // the server has ended it
}

func newStream(j *Judge, k key) *stream {
	s := &stream{judge: j, key: k, counts: make([]*Count, len(j.list))}
	s.lines.take, s.lines.over = s.takeLine, s.takeOver
	s.ids.seed = maphash.MakeSeed()
	s.payload.seed = s.ids.seed
	return s
}

// add judges r and returns the Problem records.
func (s *stream) add(r *record.Record) []record.Record {
	s.problems = nil
	if r.Kind == record.Subscribe || r.Conn != s.conn {
		s.begin(r.Conn)
	}
	s.now = r.Time
	s.waiting = r.Kind == record.Subscribe || r.Kind == record.Redirect
	switch r.Kind {
	case record.Subscribe:
		if s.judge.latest[s.url] == s && s.url != r.URL {
			delete(s.judge.latest, s.url)
		}
		s.url, s.method, s.sent, s.asked = r.URL, r.Method, r.ID, r.Time
		s.way.ask(r)
		s.asks, s.led = strings.Join(http.Header(r.Header).Values("Accept-Encoding"), ","), ""
		s.judge.latest[s.url] = s
		s.look(atAsk)
	case record.Notice:
		s.look(atGzipEnd)
	case record.Redirect:
		s.led, s.way.hop = r.URL, *r
		s.look(atRedirect)
		s.way.follow(r)
	case record.Open:
		s.open, s.answer = true, *r
		s.quietSince = r.Time
		s.rhythm.open(s.asked, r.Time)
		s.look(atAnswer)
		s.fate.opened = true
	case record.Fail:
		s.open, s.answer = false, *r
		if r.Status != 0 {
			s.look(atAnswer)
			s.look(atRefusal)
		}
		if r.Failure == record.NotAStream {
			s.line = &line{head: firstLine(r.Data)}
			s.look(atBeginning)
		}
	case record.Chunk:
		if s.open && len(r.Raw) > 0 {
			s.chunk(r)
		}
	case record.End:
		s.end(r)
	case record.Reconnect:
		s.reconnect(r)
	}
	return s.problems
}

// begin starts the next connection and forgets the one before.
func (s *stream) begin(conn int) {
	s.ids.reconnect(s.events > 0 && !s.finished)
	if s.answered {
		s.ids.forget()
	}
	s.connection = connection{conn: conn}
	s.lines.startAt(0)
	s.block.clear()
	for i, c := range s.counts {
		if c != nil && !s.judge.list[i].lasting {
			s.counts[i] = nil
		}
	}
}

// chunk judges the bytes of one read.
func (s *stream) chunk(r *record.Record) {
	s.listen(r.Time)
	gap := r.Time.Sub(s.quietSince)
	s.gap = gap
	s.quietSince, s.quiet = r.Time, 0
	half := !s.held.missed && s.held.lateHalf(s, gap)
	s.held.missed = false
	if s.rhythm.arrive(r.Time) {
		s.look(atLump)
	}
	if s.alien {
		return
	}
	if half {
		s.look(atHalf)
	}
	if r.Offset != s.lines.next() { // bytes are missing: start from these
		s.lines.startAt(r.Offset)
		s.block.clear()
		s.long = false
	}
	s.waited(gap)
	pending, events, comments := s.pending() || s.endsLine(r.Raw), s.events, s.comments
	s.lines.write(r.Raw)
	events = s.events - events
	s.rhythm.took(len(r.Raw), events, s.block.hasData || s.lines.unfinished())
	if s.held.took(pending, s.pending() || s.lines.unfinished() && isField(s.lines.head), events, gap) {
		s.look(atBehind)
	}
	if events == 0 && s.comments > comments && !s.block.hasData {
		s.held.beats.beat(r.Time)
	} else {
		s.held.beats.broken()
	}
}

func (s *stream) end(r *record.Record) {
	s.rival.end(s, r)
	if !s.open {
		s.fate.polls.end(0, false, false, 0)
		if r.By == record.ByNetwork && r.Failure != record.Dropped && s.fate.opened {
			s.broke = *r
			s.look(atNoResponse)
		}
		return
	}
	s.listen(r.Time)
	s.lines.finish()
	if s.lines.unfinished() && !s.alien {
		s.takeUnfinished()
	}
	s.stuck(r.By == record.ByServer)
	s.open, s.over = false, r.By == record.ByServer
	if s.rhythm.close() || s.over && s.compressed() && s.rhythm.heldWhole() {
		s.look(atLump)
	}
	s.lookAtFirst()
	if s.over {
		s.fate.cuts = nil
		s.look(atEnd)
	}
	s.fate.polls.end(r.Time.Sub(s.asked), s.awaited, s.over && !s.rival.threw, s.events)
	switch {
	case s.rival.threw:
		s.look(atEviction)
	case r.By == record.ByNetwork && r.Failure != record.Dropped:
		if s.breach, s.broke = breachOf(r.Failure), *r; s.breach != badCoding {
			s.fate.cut(cut{age: r.Time.Sub(s.answer.Time), idle: r.Time.Sub(s.quietSince)})
		}
		s.look(atBreach)
	}
}

// reconnect takes a Reconnect record.
func (s *stream) reconnect(r *record.Record) {
	s.manual = r.Source == record.FromPerson
	if s.rival.threw || s.manual {
		return
	}
	if s.fate.polls.again(r) {
		s.look(atPoll)
	}
	if !s.fate.polls.long() && s.storm.reconnect(r.Time, r.Source == record.FromRetry) {
		s.look(atReconnect)
	}
}

func (s *stream) tick(now time.Time) []record.Record {
	s.problems = nil
	s.now = now
	s.listen(now)
	s.stuck(false)
	return s.problems
}

// listen looks for what has not arrived until now.
func (s *stream) listen(now time.Time) {
	if s.waiting && !s.held.head && now.Sub(s.asked) >= noHead {
		s.held.head = true
		s.look(atSlowHead)
	}
	if waited := now.Sub(s.asked); s.waiting && s.fate.opened && !s.held.unanswered && waited >= noResponse {
		s.held.unanswered = true
		s.broke.Detail = waited.Truncate(time.Second).String()
		s.look(atNoResponse)
	}
	quiet := now.Sub(s.quietSince)
	if !s.open || quiet < pause {
		return
	}
	s.lookAtFirst()
	if s.alien {
		return
	}
	if s.quiet == 0 && quiet > tooQuiet {
		s.quiet = quiet
		s.look(atSilence)
	}
	s.lookAtLack(quiet)
}

// lookAtFirst judges the first lump of the connection, once it has ended.
func (s *stream) lookAtFirst() {
	if s.rhythm.count == 1 && !s.held.first {
		s.held.first = true
		s.look(atFirstLump)
	}
}

// lookAtLack looks for what should have followed.
func (s *stream) lookAtLack(quiet time.Duration) {
	if quiet >= endlessHalf && !s.held.missed && s.held.lateHalf(s, quiet) {
		s.held.missed = true
		s.look(atHalf)
	}
	if s.held.beats.stopped(quiet) {
		s.look(atStoppedBeat)
		s.held.beats.broken()
	}
}

// look runs the findings of a stage.
func (s *stream) look(at stage) {
	for _, f := range s.judge.at[at] {
		if f.is(s) {
			s.found(f, at)
		}
	}
}

// found counts a finding and, the first time, adds its Problem record.
func (s *stream) found(f *finding, at stage) {
	if at == atCode {
		s.alien = true
	}
	if c := s.counts[f.index]; c != nil {
		c.N++
		return
	}
	s.counts[f.index] = s.judge.newCount(Count{s.key.target, s.key.clientID, s.conn, f.finding.Code, 1})
	p := record.Record{
		Kind: record.Problem, Time: s.now, Target: s.key.target, ClientID: s.key.clientID, Conn: s.conn,
		Type: f.finding.Code, Count: 1,
	}
	if f.seen != nil {
		p.Data = f.seen(s)
	}
	var raw []byte
	switch at {
	case atCode, atBeginning, atOddLine, atData, atBadID, atRetry, atOtherLine, atComment:
		raw, p.Offset = s.line.head, s.line.offset
	case atID:
		raw, p.Offset = s.block.id, s.block.idOffset
		if !s.block.hasID {
			raw, p.Offset = s.block.data, s.block.offset
		}
	case atEnd:
		if s.block.hasData {
			raw, p.Offset = s.block.data, s.block.offset
		}
	}
	if f.where != nil {
		raw, p.Offset = f.where(s)
	}
	p.Raw = bytes.Clone(raw[:min(len(raw), maxRaw)])
	s.problems = append(s.problems, p)
}
