// Package atomicfile writes files that are never half written.
package atomicfile

import (
	"fmt"
	"os"
	"path/filepath"
)

// Write fills a new file of mode 0600 beside path and moves it there when it is
// whole and on the disk. A crash leaves the old file or the new one, never a
// part; an error of fill leaves the old one. The directory must exist.
func Write(path string, fill func(*os.File) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	defer os.Remove(f.Name()) // fails once it has its final name
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

// WriteData writes data to path as Write does, and makes the directory, open to
// its owner alone, if there is none.
func WriteData(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return Write(path, func(f *os.File) error {
		_, err := f.Write(data)
		return err
	})
}
