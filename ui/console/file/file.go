// Package file reads and writes files for the controller, and extracts the system's message
// from errors.
package file

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"syscall"
	"time"

	"sseconsole/client/atomicfile"
)

// Cause returns the system's message in an error about a file, without our prefixes.
func Cause(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return Reason(err)
}

// Reason returns the system's message in a network error.
func Reason(err error) string {
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		err = op.Err
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno.Error()
	}
	return err.Error()
}

// Max is the size limit of a file to send, in bytes. Servers refuse far smaller ones.
const Max = 64 << 20

// ErrTooLarge means that a file is larger than Max.
var ErrTooLarge = errors.New("console: file too large to send")

// Read returns the content of a file to send, and closes it. It blocks.
func Read(r io.ReadCloser) (string, error) {
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, Max+1))
	if err != nil {
		return "", fmt.Errorf("console: read file: %w", err)
	}
	if len(data) > Max {
		return "", ErrTooLarge
	}
	return string(data), nil
}

// Write writes a file atomically: it is complete or unchanged.
func Write(path string, fill func(*os.File) error) error {
	if err := atomicfile.Write(path, fill); err != nil {
		return fmt.Errorf("console: %w", err)
	}
	return nil
}

// PutAside renames a broken file to an unused name and returns that, so that nothing is
// lost.
func PutAside(path string) (string, error) {
	base := path + ".broken-" + time.Now().Format("20060102-150405")
	for n, aside := 2, base; ; n++ {
		taken, err := os.OpenFile(aside, os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			aside = fmt.Sprintf("%s-%d", base, n)
			continue
		}
		if err != nil {
			return "", err
		}
		_ = taken.Close() // it is empty
		if err := os.Rename(path, aside); err != nil {
			_ = os.Remove(aside)
			return "", err
		}
		return aside, nil
	}
}
