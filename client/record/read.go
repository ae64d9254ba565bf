package record

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// MaxLine bounds a line of NDJSON, in bytes: the client's own limits keep
// records far below it.
const MaxLine = 256 << 20

// Reader reads NDJSON, the inverse of what MarshalJSON writes. Make one with
// NewReader.
type Reader struct {
	in      *bufio.Reader
	limit   int
	line    int64
	buf     []byte
	parser  parser
	skipped Skipped
}

// Skipped counts what a reader passed over because this version does not know it:
// a later one wrote it.
type Skipped struct {
	Records int64 // of kinds that are not known
	Fields  int64 // of other records
}

// NewReader returns a Reader of r. limit is the longest line in bytes; 0 is
// MaxLine.
func NewReader(r io.Reader, limit int) *Reader {
	if limit <= 0 {
		limit = MaxLine
	}
	return &Reader{in: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// Skipped returns what was passed over so far.
func (r *Reader) Skipped() Skipped { return r.skipped }

// Read returns the next record, or io.EOF after the last one. Empty lines are
// passed over, and so are kinds and fields that are not known; Skipped counts
// them. What cannot be read is a *LineError; nothing can be read after it.
func (r *Reader) Read() (Record, error) {
	for {
		line, err := r.next()
		if err != nil {
			return Record{}, err
		}
		line = bytes.TrimSpace(line)
		if r.line == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if len(line) == 0 {
			continue
		}
		var record Record
		unknown, err := record.parse(&r.parser, line)
		var alien *UnknownKindError
		switch {
		case errors.As(err, &alien):
			r.skipped.Records++
			continue
		case err != nil:
			return Record{}, &LineError{Line: r.line, Fault: fault(err), Err: err}
		}
		r.skipped.Fields += int64(unknown)
		return record, nil
	}
}

// next returns the next line, which is valid until the next call.
func (r *Reader) next() ([]byte, error) {
	r.line++
	r.buf = r.buf[:0]
	for {
		part, err := r.in.ReadSlice('\n')
		if len(r.buf)+len(part) > r.limit {
			return nil, &LineError{Line: r.line, Fault: TooLong, Err: fmt.Errorf("over %d bytes", r.limit)}
		}
		if err == nil && len(r.buf) == 0 {
			return part, nil
		}
		r.buf = append(r.buf, part...)
		switch {
		case err == nil, errors.Is(err, io.EOF) && len(r.buf) > 0:
			return r.buf, nil
		case errors.Is(err, bufio.ErrBufferFull):
		default:
			return nil, err
		}
	}
}

// Fault is the code of what is wrong with a line.
type Fault string

// The faults.
const (
	NotJSON  Fault = "not_json"  // no JSON, or another value than an object
	NoKind   Fault = "no_kind"   // an object without a kind
	BadValue Fault = "bad_value" // a field of another type, or twice
	TooLong  Fault = "too_long"  // over the limit
)

// LineError says which line of an NDJSON file is no record, and why.
type LineError struct {
	Line  int64 // from 1
	Fault Fault
	Err   error
}

func (e *LineError) Error() string { return fmt.Sprintf("record: line %d: %v", e.Line, e.Err) }

func (e *LineError) Unwrap() error { return e.Err }

// fault returns the code of an error of UnmarshalJSON.
func fault(err error) Fault {
	var syntax *jsontext.SyntacticError
	switch {
	case errors.Is(err, errNoKind):
		return NoKind
	case errors.Is(err, jsontext.ErrDuplicateName):
		return BadValue
	case errors.As(err, &syntax), errors.Is(err, errNotObject), errors.Is(err, io.ErrUnexpectedEOF):
		return NotJSON
	}
	return BadValue
}
