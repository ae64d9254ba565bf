package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestAFileIsReplacedWholeOrNotAtAll(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "file")
	if err := WriteData(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("no space")
	err := Write(path, func(f *os.File) error {
		if _, err := f.WriteString("ne"); err != nil {
			t.Error(err)
		}
		return broken
	})
	if data, _ := os.ReadFile(path); !errors.Is(err, broken) || string(data) != "old" {
		t.Errorf("%v leaves %q", err, data)
	}
	if err := WriteData(path, []byte("new")); err != nil {
		t.Error(err)
	}
	data, _ := os.ReadFile(path)
	entries, _ := os.ReadDir(filepath.Dir(path))
	if string(data) != "new" || len(entries) != 1 {
		t.Errorf("%q among %v", data, entries)
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := Write(filepath.Join(path, "below"), func(*os.File) error { return nil }); err == nil {
		t.Error("a file below a file was written")
	}
}
