package judge

import (
	"bytes"
	"strconv"
	"strings"

	"sseconsole/client/eventstream"
)

// foreign is the kind of a line that has none of the four fields.
type foreign uint8

const (
	someLine    foreign = iota // unknown
	blankLine                  // only blanks
	htmlLine                   // HTML or XML
	jsonLine                   // JSON without data:
	hashLine                   // a comment that begins with #
	headerLine                 // a line of an HTTP head
	equalsLine                 // = in place of the colon
	colonLine                  // another colon in place of the ASCII one
	sizeLine                   // the size of a chunk
	payloadLine                // the rest of a payload whose value is not complete
)

// suspicion is about a body that does not begin like a stream.
type suspicion struct {
	kind   foreign
	head   []byte // its first line
	offset int64
	values int // lines that are a JSON object
	lines  int
}

// foreignLines tracks the lines that are not fields.
type foreignLines struct {
	kind       foreign   // of the current line
	suspect    suspicion // until a line is a field
	page       bool      // in a page of HTML or in JSON, up to a blank line
	size       []byte    // a line that may be the size of a chunk
	sizeAt     int64     // its offset
	sizeNext   int64     // the offset of the next one, if it is
	sizesKnown bool      // a line was the size of a chunk
	blanks     int       // lines of only blanks
}

// takeForeign judges a line without a field. It reports whether the line needs no
// further judging.
func (s *stream) takeForeign() bool {
	f := &s.foreign
	head := s.line.head
	f.kind = s.kindOf(head)
	s.block.torn = true
	if f.kind == blankLine {
		f.blanks++
	}
	switch {
	case s.fields == 0 && f.suspect.lines > 0:
		f.suspect.add(head)
		if f.suspect.values == 2 && f.suspect.values == f.suspect.lines {
			s.decide()
		}
		return true
	case f.page:
		return true
	case s.fields == 0 && (f.kind == htmlLine || f.kind == jsonLine):
		f.suspect = suspicion{kind: f.kind, head: bytes.Clone(head[:min(len(head), maxRaw)]), offset: s.line.offset}
		f.suspect.add(head)
		return true
	case f.kind == htmlLine:
		f.page = true
	case f.kind == jsonLine:
		f.page = !isStructure(head)
	case f.kind == sizeLine:
		s.takeSize()
		return true
	}
	return false
}

// add counts another line of a body that does not begin like a stream.
func (s *suspicion) add(line []byte) {
	s.lines++
	if s.kind == jsonLine && isStructure(line) {
		s.values++
	}
}

// isStructure reports whether a text is a JSON object or array.
func isStructure(text []byte) bool {
	var j jsonText
	j.reset()
	j.write(text, 0)
	j.finish(0)
	return (j.top == '{' || j.top == '[') && j.flaw == flawNone
}

// decide judges a body that does not begin like a stream.
func (s *stream) decide() {
	f := &s.foreign
	if f.suspect.lines == 0 || f.suspect.kind == someLine {
		return
	}
	present := s.line
	s.line = &line{head: f.suspect.head, offset: f.suspect.offset}
	s.look(atBeginning)
	s.line = present
	f.suspect.kind = someLine // judged
}

// takeField notes that a line has a field.
func (s *stream) takeField() {
	f := &s.foreign
	if s.fields++; s.fields == 1 && f.suspect.lines > 0 && f.suspect.kind != someLine {
		present := s.line
		s.line = &line{head: f.suspect.head, offset: f.suspect.offset}
		f.kind = f.suspect.kind
		s.look(atOtherLine)
		s.line = present
		s.block.torn = false
	}
	f.page = false
	if s.line.offset > f.sizeNext {
		s.flushSize()
	}
}

// takeSize judges a line that may be the size of a chunk: it is one if the next size
// is where it says.
func (s *stream) takeSize() {
	f := &s.foreign
	if len(f.size) > 0 && s.line.offset == f.sizeNext {
		f.sizesKnown = true
		s.look(atOtherLine)
	} else {
		s.flushSize()
	}
	head, _, _ := bytes.Cut(s.line.head, []byte{';'})
	n, err := strconv.ParseInt(string(bytes.TrimSpace(head)), 16, 32)
	if err != nil {
		return
	}
	f.size = append(f.size[:0], s.line.head[:min(len(s.line.head), maxRaw)]...)
	f.sizeAt, f.sizeNext = s.line.offset, s.line.next+n+2
}

// flushSize judges the latest line that looked like the size of a chunk and was not
// confirmed.
func (s *stream) flushSize() {
	f := &s.foreign
	if len(f.size) == 0 {
		return
	}
	if !f.sizesKnown {
		present := s.line
		s.line, f.kind = &line{head: f.size, offset: f.sizeAt}, someLine
		if f.sizeAt == 0 && s.fields > 0 { // a body that is one chunk
			f.kind = sizeLine
		}
		s.look(atOtherLine)
		s.line = present
	}
	f.size = f.size[:0]
}

// kindOf returns the kind of a line without a field. After data in the same block
// little is certain: the line may be the rest of a payload with a line feed in it.
func (s *stream) kindOf(head []byte) foreign {
	text := bytes.TrimLeft(head, " \t")
	data := s.block.hasData
	switch {
	case len(text) == 0 && (data || s.block.hasID || s.block.hasType):
		return blankLine
	case len(text) == 0:
		return someLine
	case data && len(s.block.value()) > 0 && (s.payload.json.inside() || bytes.HasPrefix(s.block.value(), []byte("<"))):
		return payloadLine
	case text[0] == '<' && len(text) > 1 && (isLetter(text[1]) || strings.IndexByte("/!?", text[1]) >= 0):
		return htmlLine
	case text[0] == '{' || text[0] == '[':
		if !beginsJSON(text) {
			return someLine
		}
		return jsonLine
	case isSize(head) && s.line.next == s.line.offset+int64(len(head)+len("\r\n")):
		return sizeLine
	case data:
		return someLine
	case text[0] == '#':
		return hashLine
	case isHeader(head, s.fields == 0):
		return headerLine
	}
	_, rest := cutField(text)
	rest = bytes.TrimLeft(rest, " ")
	if bytes.HasPrefix(rest, []byte("=")) {
		return equalsLine
	}
	for _, colon := range []string{"：", "﹕", "∶", "︰", "꞉"} {
		if bytes.HasPrefix(rest, []byte(colon)) {
			return colonLine
		}
	}
	return someLine
}

// beginsJSON reports whether a text that begins with { or [ continues like JSON.
func beginsJSON(text []byte) bool {
	var j jsonText
	j.reset()
	j.write(text, 0)
	j.finish(int64(len(text)))
	return text[0] == '{' || j.flaw == flawNone || j.flaw == flawCut || j.flaw == flawSecond && j.flawAt > 2
}

// cutField cuts one of the four fields' names from the beginning of a text.
func cutField(text []byte) (name string, rest []byte) {
	if len(text) == 0 {
		return "", nil
	}
	switch text[0] {
	case 'd':
		name = "data"
	case 'e':
		name = "event"
	case 'i':
		name = "id"
	case 'r':
		name = "retry"
	}
	if name == "" || len(text) < len(name) || string(text[:len(name)]) != name {
		return "", nil
	}
	return name, text[len(name):]
}

// isField reports whether a text begins with one of the four fields and a colon.
func isField(text []byte) bool {
	_, rest := cutField(text)
	return len(rest) > 0 && rest[0] == ':'
}

// isHeader reports whether a line belongs to an HTTP head. first is true until the
// body has had a field; more names count then.
func isHeader(head []byte, first bool) bool {
	if bytes.HasPrefix(head, []byte("HTTP/")) {
		return true
	}
	name, _ := eventstream.Field(head)
	if len(name) == len(head) || len(name) > 40 {
		return false
	}
	switch strings.ToLower(string(name)) {
	case "content-type", "cache-control", "content-length", "content-encoding", "transfer-encoding", "set-cookie",
		"access-control-allow-origin", "access-control-allow-credentials", "x-accel-buffering", "x-powered-by", "keep-alive":
		return true
	case "connection", "expires", "pragma", "vary", "server", "location", "status", "date":
		return first
	}
	return false
}

// isSize reports whether a line looks like the size of a chunk: hexadecimal
// digits, and perhaps an extension.
func isSize(head []byte) bool {
	digits, _, _ := bytes.Cut(head, []byte{';'})
	digits = bytes.TrimRight(digits, " ")
	if len(digits) == 0 || len(digits) > 8 {
		return false
	}
	for _, c := range digits {
		if !isDigit(c) && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return true
}

// hasEscapedEnd reports whether a text has \n, as two characters, before another
// field, or twice at its end.
func hasEscapedEnd(text []byte) bool {
	for {
		i := bytes.Index(text, []byte(`\n`))
		if i < 0 {
			return false
		}
		text = text[i:]
		feeds := 0
		for {
			if rest, ok := bytes.CutPrefix(text, []byte(`\n`)); ok {
				text = rest
				feeds++
			} else if rest, ok := bytes.CutPrefix(text, []byte(`\r`)); ok {
				text = rest
			} else {
				break
			}
		}
		if isField(text) || feeds > 1 && len(text) == 0 {
			return true
		}
	}
}
