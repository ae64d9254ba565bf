//go:build unix

package console

import (
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"sseconsole/client/record"
	"sseconsole/ui/console/files"
)

func TestAFullDiskLeavesNothingBehind(t *testing.T) {
	c := filled(t)
	for i := range 1000 {
		c.Journal.Append(record.Record{Kind: record.Event, Conn: i + 1, Data: "x", Raw: []byte(strings.Repeat("data: x\n", 100) + "\n")})
	}
	// No file may grow beyond 32 KiB, which fails like a full disk.
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	small := limit
	small.Cur = 32 << 10
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
		t.Fatal(err)
	}
	defer syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit)

	dir := t.TempDir()
	for _, format := range []files.SaveFormat{files.SaveNDJSON, files.SaveRaw, files.SaveBundle} { // raw and bundle fail in their temporary file
		before := len(records(c, record.Notice))
		c.Files.Save(filepath.Join(dir, "file"), files.SaveRequest{Format: format, From: c.Journal, Words: noWords{}})
		until(t, c, "the notice", func() bool { return len(records(c, record.Notice)) > before && len(c.Files.Jobs()) == 0 })
		if n := records(c, record.Notice)[before]; n.Type != "not_saved" || n.Detail != "file too large" {
			t.Errorf("%s: %+v", format, n)
		}
		if files, _ := os.ReadDir(dir); len(files) != 0 {
			t.Errorf("%s: left behind: %v", format, files)
		}
	}
}
