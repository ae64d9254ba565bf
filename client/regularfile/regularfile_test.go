package regularfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestRegularFilesUpToTheBoundAreRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte("four"), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := Read(path, 4); string(data) != "four" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
	link := path + ".link"
	if err := os.Symlink(path, link); err == nil {
		if data, err := Read(link, 4); string(data) != "four" || err != nil {
			t.Errorf("through a link %q, %v", data, err)
		}
	}
	var refused *Error
	if data, err := Read(path, 3); data != nil || !errors.As(err, &refused) || refused.Kind != TooLarge || refused.Most != 3 {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := Read(path+"x", 3); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing one: %v", err)
	}
}

func TestADirectoryIsNotRead(t *testing.T) {
	var refused *Error
	if _, err := Open(t.TempDir()); !errors.As(err, &refused) || refused.Kind != Directory {
		t.Errorf("got %v", err)
	}
}
