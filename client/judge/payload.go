package judge

import (
	"bytes"
	"hash/maphash"
	"unicode"
)

// payload is the data of the current block.
type payload struct {
	json    jsonText
	seed    maphash.Seed
	content uint64 // a hash of the beginnings of its lines, and of its size
	size    int64
	lines   int
	at, end int64 // offsets in the stream; end is that reached so far
	apart   bool  // a second JSON text starts on a line of its own
	marked  bool  // it begins with a byte order mark
	framed  bool  // a line of it is itself a data field
}

// begin starts a payload with the beginning of its first line. Only what begins like
// an object, an array or a string is read as JSON: see isPlain.
func (p *payload) begin(value []byte, at int64) {
	p.content, p.size, p.lines, p.apart, p.marked, p.framed = 0, 0, 0, false, false, false
	p.at = at
	text := value
	for len(text) > 0 && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	switch {
	case len(text) == 0 || text[0] == '{' || text[0] == '[' || text[0] == '"':
		p.json.reset()
	case bytes.HasPrefix(value, []byte(bom)):
		p.json.reset()
		p.marked = true
	default:
		p.json.skip(text[0])
	}
}

// line starts another line of the payload with the beginning of its value, at offset
// at of the stream. hashed is true if the content is needed.
func (p *payload) line(value []byte, at int64, hashed bool) {
	if p.lines > 0 {
		p.write([]byte{'\n'}, p.end)
	}
	p.lines++
	p.framed = p.framed || bytes.HasPrefix(value, []byte("data:"))
	if hashed {
		p.content = p.content*31 + maphash.Bytes(p.seed, value)
	}
	alive := p.json.state != jsonDead
	if p.marked && p.lines == 1 {
		p.size += int64(len(bom))
		value, at = value[len(bom):], at+int64(len(bom))
	}
	p.write(value, at)
	p.apart = p.apart || alive && p.json.flaw == flawSecond && p.json.flawAt == at
}

// write continues the payload.
func (p *payload) write(b []byte, at int64) {
	if p.json.state != jsonDead {
		p.json.write(b, at)
	}
	p.size += int64(len(b))
	p.end = at + int64(len(b))
}

// finish ends the payload of an event of a type.
func (p *payload) finish(eventType []byte) {
	p.json.finish(p.end)
	p.content = (p.content*31 + uint64(p.size)) * 31
	if len(eventType) > 0 {
		p.content += maphash.Bytes(p.seed, eventType)
	}
}

// shape counts what the payloads of one event type are like.
type shape struct {
	eventType string
	json      int  // an object or an array
	text      int  // neither JSON nor plain (isPlain)
	second    int  // more than one JSON text
	batches   int  // the same, each on its own line
	other     int  // nearly JSON: from another language, with NaN or with an extra comma
	loose     int  // begins like JSON, but is something else
	quoted    int  // a JSON string
	nested    int  // the same, with JSON in it
	broken    int  // begins like an object, but is not one
	odd       bool // text came after JSON, and no JSON since
	oddText   []byte
	oddAt     int64
	flawed    flawed // perhaps meant as JSON; judged once most payloads are
}

// mostly reports whether most payloads are JSON.
func (s *shape) mostly() bool { return s.json >= 2 && s.json > s.text }

// count counts a payload for what only many payloads can show.
func (s *shape) count(p *payload) {
	j := &p.json
	if p.apart {
		s.batches++
	}
	switch {
	case j.flaw == flawComma || j.flaw == flawNaN || j.flaw == flawLanguage:
		s.other++
	case j.flaw == flawOther && (j.top == '{' || j.top == '['):
		s.loose++
	case j.flaw == flawNone && j.top == '"':
		s.quoted++
		if j.inString {
			s.nested++
		}
	}
}

// prose reports whether the payloads are lines of text, as from a log, so that those
// that look like JSON are not meant as JSON.
func (s *shape) prose() bool { return s.text+s.loose > 0 && s.text+s.loose >= s.json+s.other }

const (
	maxShapes  = 32 // types whose payloads are looked at apart
	manyBroken = 3  // payloads that begin as an object, before they are taken for JSON
)

// shapeOf returns the shape of the events of a type.
func (s *stream) shapeOf(eventType []byte) *shape {
	for _, known := range s.shapes {
		if known.eventType == string(eventType) {
			return known
		}
	}
	if len(s.shapes) == maxShapes {
		return s.shapes[maxShapes-1]
	}
	known := &shape{eventType: string(eventType)}
	s.shapes = append(s.shapes, known)
	return known
}

// takePayload judges the data of an event.
func (s *stream) takePayload() {
	b, p := &s.block, &s.payload
	p.finish(b.typ)
	s.event = eventFacts{shape: s.shapeOf(b.typ), whole: !b.torn}
	s.takeFraming()
	j := &p.json
	isJSON := j.flaw == flawNone && !j.tooDeep
	structured := j.top == '{' || j.top == '[' && !(j.flaw == flawOther && isWordInBrackets(b.value()))
	s.finished = isEndMark(b.typ) || p.lines == 1 && isEndMark(b.value()) || isJSON && j.fields.finished
	s.ended = s.ended || s.finished
	s.answered = isJSON && j.fields.over || p.lines == 1 && string(b.value()) == "[DONE]"
	if isJSON && j.fields.answer {
		s.answers++
	}
	if isJSON && j.fields.begins {
		s.answers += 2
	}
	shape := s.event.shape
	if isJSON && structured && !p.marked {
		shape.json++
		s.lookBack()
		if j.fields.hasNumber {
			s.counter.take(j.fields.counter)
		}
	} else if !structured && !p.marked && j.top != '"' && j.flaw == flawOther && s.framing.now == framedNot && !isPlain(b.value()) && !isEndMark(b.value()) {
		shape.text++
		if shape.json > 0 {
			shape.odd, shape.oddAt = true, p.at
			shape.oddText = append(shape.oddText[:0], b.value()...)
		}
		s.finished = s.finished || shape.json > 1
	}
	shape.count(p)
	if structured && j.flaw != flawNone && !s.fieldBehindJSON() {
		s.takeFlaw()
	}
	if structured || p.marked || j.top == '"' || s.objectText() != "" {
		if s.objectText() != "" || j.flaw != flawNone || j.largeAt >= 0 || j.halfAt >= 0 || j.inString || j.fields.isError || p.marked || s.counter.verdict != fine {
			s.look(atPayload)
		}
	}
	s.counter.verdict = fine
}

// takeFlaw judges a payload that may be meant as JSON. It is if most are.
func (s *stream) takeFlaw() {
	f, known := s.payload.json.flaw, s.event.shape
	if f == flawSecond && s.payload.json.top == '{' { // log lines may begin with [1]
		known.second++
	}
	if bytes.HasPrefix(s.block.value(), []byte(`{"`)) {
		known.broken++
	}
	sure := known.mostly() || known.broken >= manyBroken && known.text == 0 || f == flawSecond && s.payload.json.top == '{' && known.second > 1
	if f != flawCut && f != flawOther && f != flawSecond || !s.event.whole || s.isObjectObject() || s.twoTexts() || !sure && known.flawed.flaw != flawNone {
		return
	}
	found := flawed{f, s.spot(s.payload.json.flawAt), bytes.Clone(s.block.data), s.block.offset}
	if !sure {
		known.flawed = found
		return
	}
	s.flawed = found
	s.look(atFlaw)
}

// lookBack judges earlier payloads once most are JSON.
func (s *stream) lookBack() {
	known := s.event.shape
	if !known.mostly() {
		return
	}
	if known.odd {
		s.look(atText)
		known.odd = false
	}
	if known.flawed.flaw != flawNone {
		s.flawed, known.flawed = known.flawed, flawed{}
		s.look(atFlaw)
	}
}

// flawed is a payload with a flaw.
type flawed struct {
	flaw flaw
	seen string
	data []byte // the beginning of its first line
	at   int64
}

// eventFacts describes the event that is judged.
type eventFacts struct {
	shape *shape
	whole bool // no line of its block was discarded
}

// isWordInBrackets reports whether a text looks like [DONE].
func isWordInBrackets(text []byte) bool { return len(text) > 1 && isLetter(text[1]) }

// isPlain reports whether a payload is acceptable among JSON: a number, true, false
// or null, which are JSON, or symbols without letters or digits, such as a heart for
// a heartbeat.
func isPlain(text []byte) bool {
	switch string(text) {
	case "true", "false", "null":
		return true
	}
	number := true
	for _, c := range text {
		switch {
		case isDigit(c), c == '-', c == '+', c == '.':
		case isLetter(c):
			return false
		default:
			number = false
		}
	}
	return number || !bytes.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// counter tracks the sequence numbers in payloads.
type counter struct {
	verdict verdict
	n       uint64
	run     int // numbers in a row
	from    uint64
	pending bool // a gap after from, before n
	several bool // the numbers are of more than one series, as of rooms
}

const swapped = 100 // numbers between two in the wrong order, at most

// take judges the next number.
func (c *counter) take(n uint64) {
	before := c.n
	c.verdict = fine
	if c.pending && n == c.from+1 && before-n > swapped {
		c.several = true
	}
	switch {
	case c.several:
		c.pending, c.run = false, 0
	case c.run > 0 && n == before+1:
		c.run++
		if c.pending {
			c.pending = false
			c.verdict = gap
		}
	case c.run >= sure && n > before+1:
		c.from, c.pending, c.run = before, true, 1
	case c.pending && c.from < n && n < before, c.run >= sure && n < before && n > 1 && before-n < uint64(c.run):
		c.from, c.pending, c.verdict = before, false, backwards
		c.run, c.n = 0, n
		return
	default:
		c.pending, c.run = false, 1
	}
	c.n = n
}
