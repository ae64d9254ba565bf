package judge

import "strconv"

// flaw is the first reason why a payload is not JSON.
type flaw uint8

const (
	flawNone     flaw = iota
	flawOther         // any other violation of the grammar (RFC 8259)
	flawEmpty         // it is empty
	flawCut           // it ends within a value
	flawSecond        // something follows the value
	flawComma         // a comma before } or ]
	flawNaN           // NaN, Infinity or undefined
	flawLanguage      // a single quote, True, False or None, as in Python
)

// jsonState is the position of a jsonText in the grammar.
type jsonState uint8

const (
	jsonBegin  jsonState = iota // before the whole value
	jsonValue                   // before a value
	jsonFirst                   // after [: before a value or ]
	jsonMember                  // after {: before a key or }
	jsonKey                     // after a comma: before a key
	jsonColon                   // after a key
	jsonAfter                   // after a value within another
	jsonEnd                     // after the whole value
	jsonString                  // in a string
	jsonEscape                  // after a backslash
	jsonHex                     // in the digits of \u
	jsonNumber                  // in a number
	jsonWord                    // in a word
	jsonDead                    // the rest does not matter
)

const (
	jsonDepth = 256 // levels that are read
	jsonKept  = 32  // bytes of a key, a string, a number or a word that are stored
	maxExact  = 15  // digits that a float64 always holds exactly
)

// jsonText reads a payload like JSON.parse, as its bytes arrive: in one pass, with
// bounded memory, and only up to its first flaw.
type jsonText struct {
	state  jsonState
	depth  int
	object [jsonDepth / 64]uint64 // which of the open values are objects
	key    bool                   // the current string is a key
	text   [jsonKept]byte         // the beginning of the current key, string, number or word
	n      int                    // its length
	digits numberState
	code   rune // of the current \u
	hex    int  // digits of it so far
	high   bool // a high surrogate came right before
	highAt int64

	top   byte // the first byte of the value
	last  byte // the latest byte of the current string
	first byte // its first byte

	flaw   flaw
	flawAt int64 // where in the stream

	largeAt   int64 // of the first integer that a float64 does not hold; -1 if there is none
	large     string
	halfAt    int64 // of the first half of a surrogate pair; -1 if there is none
	from      int64 // of the current number, word or escape
	inString  bool  // the whole value is a string with a JSON text in it
	tooDeep   bool
	fields    fields
	fieldName fieldName // of the next value
}

func (j *jsonText) reset() { *j = jsonText{largeAt: -1, halfAt: -1} }

// skip marks a text that begins with top as not JSON, without reading it.
func (j *jsonText) skip(top byte) {
	j.state, j.flaw, j.top, j.inString = jsonDead, flawOther, top, false
}

// write reads the next bytes of the payload, which begin at offset at of the stream.
func (j *jsonText) write(p []byte, at int64) {
	for i := 0; i < len(p) && j.state != jsonDead; {
		if j.state == jsonString {
			if n := plain(p[i:]); n > 0 {
				j.keep(p[i : i+n])
				i += n
				continue
			}
		}
		if j.step(p[i], at+int64(i)) {
			i++
		}
	}
}

// step takes a byte and reports whether it was consumed.
func (j *jsonText) step(c byte, at int64) bool {
	switch j.state {
	case jsonString:
		switch {
		case c == '"':
			j.endString()
		case c == '\\':
			j.state, j.from = jsonEscape, at
		default:
			j.fail(flawOther, at) // a control character
		}
		return true
	case jsonEscape:
		j.escape(c, at)
		return true
	case jsonHex:
		j.hexDigit(c, at)
		return true
	case jsonNumber:
		if next, ok := j.digits.next(c); ok {
			j.digits = next
			j.keepByte(c)
			return true
		}
		j.endNumber(c, at)
		return false
	case jsonWord:
		if isLetter(c) && j.n < jsonKept {
			j.keepByte(c)
			return true
		}
		j.endWord(at)
		return false
	}
	if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
		return true
	}
	switch j.state {
	case jsonBegin:
		j.top = c
		j.value(c, at)
	case jsonValue:
		if c == ']' {
			j.fail(flawComma, at)
			break
		}
		j.value(c, at)
	case jsonFirst:
		if c == ']' {
			j.close()
			break
		}
		j.value(c, at)
	case jsonMember, jsonKey:
		j.member(c, at)
	case jsonColon:
		j.state = jsonValue
		if c != ':' {
			j.fail(flawOther, at)
		}
	case jsonAfter:
		j.after(c, at)
	case jsonEnd:
		j.fail(flawSecond, at)
	}
	return true
}

// value starts a value with its first byte.
func (j *jsonText) value(c byte, at int64) {
	j.n, j.key, j.from = 0, false, at
	j.fields.begin(j, c)
	switch {
	case c == '{' || c == '[':
		if j.depth == jsonDepth {
			j.tooDeep, j.state = true, jsonDead
			return
		}
		bit := uint64(1) << (j.depth % 64)
		j.object[j.depth/64] &^= bit
		j.state = jsonFirst
		if c == '{' {
			j.object[j.depth/64] |= bit
			j.state = jsonMember
		}
		j.depth++
	case c == '"':
		j.state = jsonString
	case c == '-' || isDigit(c):
		j.state, j.digits = jsonNumber, numberBegin
		j.digits, _ = j.digits.next(c)
		j.keepByte(c)
	case isLetter(c):
		j.state = jsonWord
		j.keepByte(c)
	case c == '\'':
		j.fail(flawLanguage, at)
	default:
		j.fail(flawOther, at)
	}
}

// member starts a key, or ends the object.
func (j *jsonText) member(c byte, at int64) {
	switch {
	case c == '"':
		j.n, j.key, j.state = 0, true, jsonString
	case c == '}' && j.state == jsonMember:
		j.close()
	case c == '}':
		j.fail(flawComma, at)
	case c == '\'':
		j.fail(flawLanguage, at)
	default:
		j.fail(flawOther, at)
	}
}

// after takes what follows a value within another.
func (j *jsonText) after(c byte, at int64) {
	object := j.inObject()
	switch {
	case c == ',' && object:
		j.state = jsonKey
	case c == ',':
		j.state = jsonValue
	case c == '}' && object || c == ']' && !object:
		j.close()
	default:
		j.fail(flawOther, at)
	}
}

func (j *jsonText) inObject() bool {
	return j.depth > 0 && j.object[(j.depth-1)/64]>>((j.depth-1)%64)&1 != 0
}

// close ends the innermost object or array.
func (j *jsonText) close() {
	j.depth--
	j.ended()
}

// ended notes that a value has ended.
func (j *jsonText) ended() {
	j.state = jsonAfter
	if j.depth == 0 {
		j.state = jsonEnd
	}
}

func (j *jsonText) endString() {
	j.alone()
	if j.key {
		j.state, j.fieldName = jsonColon, nameOf(j.kept())
		return
	}
	j.fields.text(j, j.kept(), j.n)
	j.inString = j.depth == 0 && j.n > 1 && (j.first == '{' && j.last == '}' || j.first == '[' && j.last == ']')
	j.ended()
}

func (j *jsonText) endNumber(next byte, at int64) {
	switch {
	case j.digits == numberMinus && next == 'I':
		j.fail(flawNaN, j.from)
		return
	case !j.digits.final():
		j.fail(flawOther, at)
		return
	}
	if j.digits == numberInt && j.n > maxExact && j.largeAt < 0 && !isExact(j.kept(), j.n) {
		j.largeAt, j.large = j.from, string(j.kept())
	}
	if j.digits == numberInt || j.digits == numberZero {
		j.fields.number(j, j.kept(), j.n)
	}
	j.ended()
}

func (j *jsonText) endWord(at int64) {
	switch string(j.kept()) {
	case "true", "false", "null":
		j.ended()
	case "NaN", "Infinity", "undefined":
		j.fail(flawNaN, j.from)
	case "True", "False", "None":
		j.fail(flawLanguage, j.from)
	default:
		j.fail(flawOther, j.from)
	}
}

func (j *jsonText) kept() []byte { return j.text[:min(j.n, jsonKept)] }

// inside reports whether the value has begun and not ended.
func (j *jsonText) inside() bool {
	return j.state != jsonBegin && j.state != jsonEnd && j.state != jsonDead
}

func (j *jsonText) fail(f flaw, at int64) { j.flaw, j.flawAt, j.state = f, at, jsonDead }

// finish ends the payload, at offset at of the stream.
func (j *jsonText) finish(at int64) {
	switch j.state {
	case jsonNumber:
		j.endNumber(' ', at)
	case jsonWord:
		j.endWord(at)
	}
	switch j.state {
	case jsonBegin:
		j.fail(flawEmpty, at)
	case jsonEnd, jsonDead:
	default:
		j.fail(flawCut, at)
	}
}

// isExact reports whether a float64 holds an integer of n digits exactly; digits has
// them unless there are too many.
func isExact(digits []byte, n int) bool {
	if n > len(digits) {
		return true // too long for an id
	}
	f, err := strconv.ParseFloat(string(digits), 64)
	return err != nil || strconv.FormatFloat(f, 'f', 0, 64) == string(digits)
}
