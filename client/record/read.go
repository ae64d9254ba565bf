package record

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// MaxLine bounds a line of NDJSON, in bytes. The client's own limits make records
// much smaller.
const MaxLine = 256 << 20

// Reader reads NDJSON, as MarshalJSON writes it. Create one with NewReader.
type Reader struct {
	in      *bufio.Reader
	limit   int
	line    int64
	buf     []byte
	parser  parser
	skipped Skipped
}

// Skipped counts what a reader skipped because this version does not know it: a
// later version wrote the file.
type Skipped struct {
	Records int64 // records of unknown kinds
	Fields  int64 // unknown fields of other records
}

// NewReader returns a Reader of r. limit is the maximum length of a line in bytes;
// 0 means MaxLine.
func NewReader(r io.Reader, limit int) *Reader {
	if limit <= 0 {
		limit = MaxLine
	}
	return &Reader{in: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// Skipped returns what was skipped so far.
func (r *Reader) Skipped() Skipped { return r.skipped }

// Read returns the next record, or io.EOF after the last one. It skips empty
// lines, and unknown kinds and fields, which Skipped counts. The error for a bad
// line is a *LineError; after it, nothing more can be read.
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
			return nil, &LineError{Line: r.line, Fault: TooLong, Err: fmt.Errorf("longer than %d bytes", r.limit)}
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
	NotJSON  Fault = "not_json"  // not JSON, or not an object
	NoKind   Fault = "no_kind"   // an object without a kind
	BadValue Fault = "bad_value" // a field of the wrong type, or a duplicate field
	TooLong  Fault = "too_long"  // over the limit
)

// LineError says which line of an NDJSON file is not a record, and why.
type LineError struct {
	Line  int64 // from 1
	Fault Fault
	Err   error
}

func (e *LineError) Error() string { return fmt.Sprintf("record: line %d: %v", e.Line, e.Err) }

func (e *LineError) Unwrap() error { return e.Err }

// fault returns the code for an error of UnmarshalJSON.
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
