package judge

import "strconv"

// fieldName is the meaning of a member's name in many streams.
type fieldName uint8

const (
	noName         fieldName = iota
	nameNumber               // counts the events
	nameError                // an error
	nameType                 // what the event is
	nameFinish               // why an answer has ended
	nameDone                 // whether an answer has ended
	nameCandidates           // the answers of Gemini
	nameParts                // the parts of one of them
)

// nameOf returns the meaning of a key.
func nameOf(key []byte) fieldName {
	switch string(key) {
	case "seq", "sequence", "sequence_number", "sequenceNumber", "seqNo", "seq_no", "seqno", "seqNum", "seq_num":
		return nameNumber
	case "error":
		return nameError
	case "type", "event", "status":
		return nameType
	case "finish_reason", "finishReason", "stop_reason", "stopReason":
		return nameFinish
	case "candidates":
		return nameCandidates
	case "parts":
		return nameParts
	case "done", "is_finished", "isFinished":
		return nameDone
	}
	return noName
}

// fields holds what members with those names say.
type fields struct {
	hasNumber  bool
	counter    uint64 // of the first member that counts
	isError    bool   // the object has a member error that is one
	answer     bool   // it has a member for why the answer has ended
	finished   bool   // that member says so
	over       bool   // and it is the answer that has ended
	candidates bool   // the object has candidates
	begins     bool   // it begins an answer whose last event says that it is the last
}

// begin takes the first byte of a value.
func (f *fields) begin(j *jsonText, c byte) {
	switch name := j.fieldName; {
	case name == noName:
		return
	case name == nameFinish, name == nameParts && f.candidates:
		f.answer = true
	case name == nameCandidates:
		f.candidates = f.candidates || j.depth == 1 && c == '['
	case name == nameDone:
		f.over = f.over || c == 't'
		f.finished = f.finished || f.over
	case name == nameError && j.depth == 1 && c == '{':
		f.isError = true
	}
	if c != '"' && !isDigit(c) {
		j.fieldName = noName
	}
}

// text takes the beginning of the value of a string with n bytes.
func (f *fields) text(j *jsonText, text []byte, n int) {
	switch j.fieldName {
	case nameError:
		f.isError = f.isError || j.depth == 1 && n > 0
	case nameFinish:
		f.over = f.over || n > 0
		f.finished = f.finished || f.over
	case nameType:
		f.finished = f.finished || j.depth == 1 && isEndMark(text)
		f.begins = f.begins || j.depth == 1 && (string(text) == "message_start" || string(text) == "response.created")
	}
	j.fieldName = noName
}

// number takes the value of an integer.
func (f *fields) number(j *jsonText, digits []byte, n int) {
	if j.fieldName == nameNumber && !f.hasNumber && n <= len(digits) {
		if counter, err := strconv.ParseUint(string(digits), 10, 63); err == nil {
			f.hasNumber, f.counter = true, counter
		}
	}
	j.fieldName = noName
}

// isEndMark reports whether a type or a payload commonly marks the end of a stream.
func isEndMark(text []byte) bool {
	switch string(text) {
	case "[DONE]", "DONE", "done", "Done", "end", "END", "End", "eof", "EOF", "finish", "finished", "complete", "completed", "close", "closed", "stop",
		"message_stop", "message_end", "response.completed", "response.done", "response.failed", "response.incomplete",
		"stream_end", "stream-end", "end_of_stream", "</stream>", "[END]", "bye", "result":
		return true
	}
	return false
}
