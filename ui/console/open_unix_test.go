//go:build unix

package console

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"sseconsole/client/regularfile"
	"sseconsole/ui/console/files"
	"sseconsole/ui/console/settings"
)

func TestOnlyRegularFilesAreOpened(t *testing.T) {
	c := filled(t)
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/dev/zero", pipe, t.TempDir()} {
		failed := make(chan error)
		c.Files.Open(path, func(_ *files.Opened, err error) { failed <- err })
		opening := <-failed
		_, loading := settings.Load(path)
		for what, err := range map[string]error{"a run": opening, "settings": loading} {
			var refused *regularfile.Error
			if !errors.As(err, &refused) {
				t.Errorf("%s from %s: %v", what, path, err)
			}
		}
	}
}
