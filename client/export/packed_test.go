//go:build !race

package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"

	"sseconsole/client/record"
)

// packed returns a zip file with one entry, whose header edit may change after the
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

func TestTheSizesInABundleAreNotTrusted(t *testing.T) {
	small := `{"kind":"event","data":"x"}` + "\n"
	for name, c := range map[string]struct {
		content string
		edit    func(*zip.FileHeader)
		want    error
	}{
		"a huge unpacked size":       {small, func(h *zip.FileHeader) { h.UncompressedSize64 = 2 << 30 }, ErrBomb},
		"huge sizes, both":           {small, func(h *zip.FileHeader) { h.UncompressedSize64, h.CompressedSize64 = 2<<30, 64<<30 }, ErrBomb},
		"an unpacked size too small": {strings.Repeat(small, 100), func(h *zip.FileHeader) { h.UncompressedSize64 = 1000 }, ErrNotBundle},
		"an unpacked size too large": {small, func(h *zip.FileHeader) { h.UncompressedSize64 = 1000 }, ErrNotBundle},
		"a wrong checksum":           {small, func(h *zip.FileHeader) { h.CRC32++ }, ErrNotBundle},
		"a symbolic link":            {small, func(h *zip.FileHeader) { h.SetMode(fs.ModeSymlink | 0o777) }, ErrNotBundle},
		"an enormous unpacked size":  {small, func(h *zip.FileHeader) { h.UncompressedSize64 = 1 << 50 }, ErrBomb},
	} {
		if _, _, err := imported(t, packed(t, c.content, c.edit)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, records, err := imported(t, packed(t, small, func(*zip.FileHeader) {})); len(records) != 1 || err != nil {
		t.Errorf("a good one: %v, %v", records, err)
	}
}

func TestALongEventOfEqualCharactersIsReadFromABundle(t *testing.T) {
	event := record.Record{Kind: record.Event, Data: strings.Repeat("x", 70<<20)}
	var b strings.Builder
	if err := Bundle(&b, slices.Values([]*record.Record{&event}), BundleConfig{Words: plainWords{}, Mask: NewMask(nil)}); err != nil {
		t.Fatal(err)
	}
	if len(b.String()) > len(event.Data)/MaxGrowth {
		t.Fatalf("%d bytes packed do not test the bound", b.Len())
	}
	_, got, err := imported(t, b.String())
	if err != nil || len(got) != 1 || got[0].Data != event.Data {
		t.Errorf("%d records, %v", len(got), err)
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

// Data with a flipped bit may unpack to anything: nothing at all, records, or lines
// that are not records. Only the checksum distinguishes it from a file that was
// written wrongly.
func TestABundleWithAFlippedBitIsDamaged(t *testing.T) {
	content := `{"kind":"event","data":"a"}` + "\n" + `{"kind":"comment","data":"b c d"}` + "\n"
	for _, stored := range []bool{false, true} {
		whole := packedFile(t, bundleRecords, []byte(content), stored)
		archive, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
		if err != nil {
			t.Fatal(err)
		}
		_, want, err := imported(t, string(whole))
		if err != nil {
			t.Fatal(err)
		}
		begin, err := archive.File[0].DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		for bit := range 8 * archive.File[0].CompressedSize64 {
			damaged := bytes.Clone(whole)
			damaged[begin+int64(bit/8)] ^= 1 << (bit % 8)
			_, records, err := imported(t, string(damaged))
			if !errors.Is(err, ErrNotBundle) && (err != nil || !reflect.DeepEqual(records, want)) { // the flag of the last block may not matter
				t.Fatalf("stored %t, bit %d: %v", stored, bit, err)
			}
		}
	}
	var line *record.LineError
	if _, _, err := imported(t, zipped(t, bundleRecords, `{"kind":"event","data":`)); !errors.As(err, &line) {
		t.Errorf("a line truncated before it was packed: %v", err)
	}
}

// The list of files is read before anything else.
func TestTheDirectoryOfABundleIsBounded(t *testing.T) {
	const entry = 46 + longName
	for entries, want := range map[int]error{maxDirectory/entry - 10: nil, maxDirectory/entry + 1: ErrDirectory} {
		if _, _, err := imported(t, listing(t, entries)); !errors.Is(err, want) {
			t.Errorf("%d files: %v, want %v", entries, err, want)
		}
	}
}

const longName = 10_000

// listing returns a bundle of one record whose directory has this many further
// entries, each with a long name.
func listing(t *testing.T, entries int) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	e, err := w.Create(bundleRecords)
	if err == nil {
		_, err = io.WriteString(e, `{"kind":"event","data":"x"}`+"\n")
	}
	for i := 0; i < entries && err == nil; i++ {
		_, err = w.CreateRaw(&zip.FileHeader{Name: strings.Repeat("x", longName)})
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}
