// Package atomicfile writes files atomically: a reader or a crash never sees a
// file half written.
package atomicfile

import (
	"fmt"
	"os"
	"path/filepath"
)

// Write fills a new file of mode 0600 in the directory of path, syncs it, and
// renames it to path. A crash leaves the old file or the new one, never a part of
// it; if fill returns an error, the old file stays. The directory must exist.
func Write(path string, fill func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name()) // fails after the rename
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// WriteData writes data to path as Write does, and creates the directory with
// mode 0700 if it does not exist.
func WriteData(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return Write(path, func(f *os.File) error {
		_, err := f.Write(data)
		return err
	})
}
