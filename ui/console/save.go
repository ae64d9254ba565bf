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

// Write writes the records with the given numbers to w, as NDJSON if line is
// nil, else as the lines it returns. Records that the journal dropped
// meanwhile are left out.
func (c *Console) Write(w io.Writer, numbers []int64, line func(*record.Record) string) error {
	out := bufio.NewWriter(w)
	ndjson := json.NewEncoder(out)
	ndjson.SetEscapeHTML(false)
	for _, seq := range numbers {
		r := c.Journal.At(seq)
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
func (c *Console) Save(path string, numbers []int64, line func(*record.Record) string) {
	if c.closing.Load() {
		return
	}
	c.work.Go(func() {
		err := writeFile(path, func(f *os.File) error { return c.Write(f, numbers, line) })
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
