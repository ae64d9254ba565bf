//go:build !race

package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"
	"testing"

	"sseconsole/client/record"
)

// packed returns a zip file of one entry, whose header edit may change after the
// content was packed.
func packed(t *testing.T, content string, edit func(*zip.FileHeader)) string {
	t.Helper()
	var body, b bytes.Buffer
	deflate := zip.NewWriter(&body)
	e, err := deflate.CreateHeader(&zip.FileHeader{Name: bundleRecords, Method: zip.Deflate})
	if err == nil {
		_, err = io.WriteString(e, content)
	}
	if err == nil {
		err = deflate.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	whole, err := zip.NewReader(bytes.NewReader(body.Bytes()), int64(body.Len()))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := whole.File[0].OpenRaw()
	if err != nil {
		t.Fatal(err)
	}
	header := zip.FileHeader{
		Name: bundleRecords, Method: zip.Deflate, CRC32: crc32.ChecksumIEEE([]byte(content)),
		CompressedSize64: whole.File[0].CompressedSize64, UncompressedSize64: uint64(len(content)),
	}
	edit(&header)
	w := zip.NewWriter(&b)
	if e, err = w.CreateRaw(&header); err == nil {
		_, err = io.Copy(e, raw)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatABundleClaimsOfItsSizeIsNotTrusted(t *testing.T) {
	good := strings.Repeat(`{"kind":"event","data":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}`+"\n", 1<<20)
	small := `{"kind":"event","data":"x"}` + "\n"
	for name, c := range map[string]struct {
		content string
		edit    func(*zip.FileHeader)
		want    error
	}{
		"it grows a thousand times":                 {good, func(*zip.FileHeader) {}, ErrBomb},
		"and says that it is packed large":          {good, func(h *zip.FileHeader) { h.CompressedSize64 = 64 << 30 }, ErrBomb},
		"and says that it stays small":              {good, func(h *zip.FileHeader) { h.UncompressedSize64 = 1000 }, ErrNotBundle},
		"it says that it is large":                  {small, func(h *zip.FileHeader) { h.UncompressedSize64 = 1000 }, ErrNotBundle},
		"its checksum is wrong":                     {small, func(h *zip.FileHeader) { h.CRC32++ }, ErrNotBundle},
		"it is a link":                              {small, func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }, ErrNotBundle},
		"it says that it is larger than all bounds": {small, func(h *zip.FileHeader) { h.UncompressedSize64 = 1 << 50 }, ErrBomb},
	} {
		if _, _, err := imported(t, packed(t, c.content, c.edit)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, records, err := imported(t, packed(t, small, func(*zip.FileHeader) {})); len(records) != 1 || err != nil {
		t.Errorf("a good one: %v, %v", records, err)
	}
}

func TestALinePackedInABundleIsBounded(t *testing.T) {
	// Letters that do not repeat soon, or it would grow too much.
	line := make([]byte, maxPackedLine+1)
	x := uint32(1)
	for i := range line {
		x = x*1664525 + 1013904223
		line[i] = 'a' + byte(x>>24)%2
	}
	var wrong *record.LineError
	_, _, err := imported(t, packed(t, `{"kind":"event","data":"`+string(line)+"\"}\n", func(*zip.FileHeader) {}))
	if !errors.As(err, &wrong) || wrong.Fault != record.TooLong {
		t.Errorf("got %v", err)
	}
}

func TestOnlyTheRecordsOfABundleAreRead(t *testing.T) {
	records := `{"kind":"event","data":"x"}` + "\n"
	entries := []string{"../../outside", "x", "/etc/passwd", "x", "nested.zip", zipped(t, bundleRecords, records), bundleRecords, records, bundleRecords, "broken"}
	for range 10_000 {
		entries = append(entries, "a", "")
	}
	if _, got, err := imported(t, zipped(t, entries...)); len(got) != 1 || err != nil {
		t.Errorf("%d records, %v", len(got), err)
	}
}
