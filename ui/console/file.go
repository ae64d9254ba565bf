package console

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"

	"sseconsole/client/atomicfile"
)

// plain is what the system says of a file, without the names of our steps.
func plain(err error) string {
	var path *os.PathError
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return reason(err)
}

// reason is the last part of a network error: what the system says.
func reason(err error) string {
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

// writeFile fills a file that is never half written.
func writeFile(path string, fill func(*os.File) error) error {
	if err := atomicfile.Write(path, fill); err != nil {
		return fmt.Errorf("console: %w", err)
	}
	return nil
}
