// Package file is how the parts of the controller read and write files, and what the
// system says when they cannot.
package file

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"

	"sseconsole/client/atomicfile"
)

// Cause is what the system says of a file, without the names of our steps.
func Cause(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return Reason(err)
}

// Reason is the last part of a network error: what the system says.
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

// Max bounds a file to send, in bytes: servers refuse long before.
const Max = 64 << 20

// ErrTooLarge says that a file is over MaxFile.
var ErrTooLarge = errors.New("console: file too large to send")

// Read returns what is in a file to be sent. It blocks.
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

// Write fills a file that is never half written.
func Write(path string, fill func(*os.File) error) error {
	if err := atomicfile.Write(path, fill); err != nil {
		return fmt.Errorf("console: %w", err)
	}
	return nil
}
