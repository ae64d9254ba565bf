//go:build unix

package endpoint

import (
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"sseconsole/client/regularfile"
)

func TestOnlyRegularFilesAreRead(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"/dev/zero", pipe} {
		for field, c := range map[string]Connection{"ca_file": {CAFile: file}, "cert_file": {CertFile: file, KeyFile: file}} {
			var p *Problem
			var refused *regularfile.Error
			if _, err := c.LoadTLS(); !errors.As(err, &p) || p.Field != field || p.Code != PEMUnread || !errors.As(p.Err, &refused) {
				t.Errorf("%s of %s: %v", field, file, err)
			}
		}
		if _, err := NewStore(file, nil).Load(); err == nil {
			t.Errorf("targets were read from %s", file)
		}
	}
}
