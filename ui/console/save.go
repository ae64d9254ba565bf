package console

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"sseconsole/client/record"
)

// Source is where records to be saved come from: a *journal.Journal or a
// *journal.Reader.
type Source interface {
	At(seq int64) *record.Record
}

// Write writes those of from's records with the given numbers to w, as NDJSON if line is
// nil, else as the lines it returns. Records that
// are no longer there are left out.
func Write(w io.Writer, from Source, numbers []int64, line func(*record.Record) string) error {
	out := bufio.NewWriter(w)
	ndjson := json.NewEncoder(out)
	ndjson.SetEscapeHTML(false)
	for _, seq := range numbers {
		r := from.At(seq)
		if r == nil {
			continue
		}
		var err error
		if line == nil {
			err = ndjson.Encode(r)
		} else {
			_, err = out.WriteString(line(r) + "\n")
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
}

// Save writes like Write to the file at path, in the background. It is whole
// or not there; a notice tells which.
func (c *Console) Save(path string, from Source, numbers []int64, line func(*record.Record) string) {
	if c.closing.Load() {
		return
	}
	c.work.Go(func() {
		err := writeFile(path, func(f *os.File) error { return Write(f, from, numbers, line) })
		if err != nil {
			c.notice("not_saved", path, plain(err))
			return
		}
		c.notice("saved", path, "")
	})
}

// MaxFile bounds a file to send, in bytes: servers refuse long before.
const MaxFile = 64 << 20

// ErrTooLarge says that a file is over MaxFile.
var ErrTooLarge = errors.New("console: file too large to send")

// ReadFile returns what is in a file to be sent. It blocks.
func ReadFile(r io.ReadCloser) (string, error) {
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	if err != nil {
		return "", fmt.Errorf("console: read file: %w", err)
	}
	if len(data) > MaxFile {
		return "", ErrTooLarge
	}
	return string(data), nil
}

// plain is what the system says of a file, without the names of our steps.
func plain(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return reason(err)
}
