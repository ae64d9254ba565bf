// Package regularfile reads files that are named by a user or in a file. It reads
// only regular files, and only up to a size: a device may have no end, and opening
// a FIFO may wait forever.
package regularfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Small is the bound, in bytes, for files that a person writes: certificates,
// settings, options.
const Small = 4 << 20

// Kind says why a file is not read.
type Kind string

// The kinds.
const (
	Directory Kind = "directory"
	Device    Kind = "device"
	FIFO      Kind = "fifo"
	Socket    Kind = "socket"
	Other     Kind = "other"
	TooLarge  Kind = "too_large" // a regular file over the bound
)

// Kinds returns all kinds.
func Kinds() []Kind { return []Kind{Directory, Device, FIFO, Socket, Other, TooLarge} }

// Error says that a file was not read, and why.
type Error struct {
	Path string
	Kind Kind
	Most int64 // the bound in bytes, with TooLarge
}

func (e *Error) Error() string {
	what := map[Kind]string{Directory: "a directory", Device: "a device", FIFO: "a named pipe", Socket: "a socket"}[e.Kind]
	switch {
	case e.Kind == TooLarge:
		return fmt.Sprintf("%s: larger than %d MiB", e.Path, e.Most>>20)
	case what == "":
		return e.Path + ": not a regular file"
	}
	return e.Path + ": " + what + ", not a regular file"
}

// Open opens a regular file for reading. For anything else it returns an *Error,
// and never waits for the writer of a FIFO. The caller closes the file.
func Open(path string) (*os.File, error) {
	// Opening a device can have effects, so look before.
	if info, err := os.Stat(path); err == nil {
		if err := check(path, info); err != nil {
			return nil, err
		}
	}
	f, err := os.OpenFile(path, os.O_RDONLY|nonblock, 0) // it may have become a FIFO since
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil {
		err = check(path, info)
	}
	if err == nil && isKernels(f) {
		err = &Error{Path: path, Kind: Other}
	}
	if err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// Read returns the content of a regular file of at most most bytes. For a larger
// one, and for anything but a regular file, it returns an *Error.
func Read(path string, most int64) ([]byte, error) {
	f, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > most {
		return nil, &Error{path, TooLarge, most}
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1)) // the file may grow
	var system *fs.PathError
	switch {
	case err != nil && !errors.As(err, &system):
		return nil, fmt.Errorf("read %s: %w", path, err)
	case err != nil:
		return nil, err
	case int64(len(data)) > most:
		return nil, &Error{path, TooLarge, most}
	}
	return data, nil
}

func check(path string, info fs.FileInfo) error {
	mode := info.Mode()
	kind := Other
	switch {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		kind = Directory
	case mode&fs.ModeDevice != 0:
		kind = Device
	case mode&fs.ModeNamedPipe != 0:
		kind = FIFO
	case mode&fs.ModeSocket != 0:
		kind = Socket
	}
	return &Error{Path: path, Kind: kind}
}
