package console

import (
	"errors"
	"net"
	"os"
	"syscall"
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
