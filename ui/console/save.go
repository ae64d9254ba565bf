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

// Write writes those of from's records with the given numbers to w, as NDJSON if
// line is nil, else as the lines it returns. It returns how many it left out
// because they are no longer there.
func Write(w io.Writer, from Source, numbers []int64, line func(*record.Record) string) (gone int64, err error) {
	out := bufio.NewWriter(w)
	ndjson := json.NewEncoder(out)
	ndjson.SetEscapeHTML(false)
	for _, seq := range numbers {
		r := from.At(seq)
		if r == nil {
			gone++
			continue
		}
		if line == nil {
			err = ndjson.Encode(r)
		} else {
			_, err = out.WriteString(line(r) + "\n")
		}
		if err != nil {
			return gone, err
		}
	}
	return gone, out.Flush()
}

// Save writes like Write to the file at path, in the background. It is whole
// or not there; a notice tells which, and how many records were gone.
func (c *Console) Save(path string, from Source, numbers []int64, line func(*record.Record) string) {
	if c.closing.Load() {
		return
	}
	c.work.Go(func() {
		var gone int64
		err := writeFile(path, func(f *os.File) (err error) {
			gone, err = Write(f, from, numbers, line)
			return err
		})
		switch {
		case err != nil:
			c.notice("not_saved", path, plain(err))
		case gone > 0:
			c.append(record.Record{Kind: record.Notice, Type: "saved_in_part", URL: path, Events: gone})
		default:
			c.notice("saved", path, "")
		}
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
