package export

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"sseconsole/client/eventstream"
	"sseconsole/client/record"
)

// fuzzFile is a file that is rewritten for each input, alone in its directory.
type fuzzFile struct {
	dir  string
	file *os.File
}

func newFuzzFile(f *testing.F) fuzzFile {
	dir := f.TempDir()
	file, err := os.Create(filepath.Join(dir, "file"))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { file.Close() })
	return fuzzFile{dir, file}
}

// imported imports the file with the given content. It checks that the file is
// unchanged, that no other file appears, and that no goroutine is left.
func (f fuzzFile) imported(t *testing.T, content []byte) (Format, []record.Record, error) {
	t.Helper()
	_, writeErr := f.file.WriteAt(content, 0)
	_, seekErr := f.file.Seek(0, io.SeekStart)
	if err := errors.Join(writeErr, seekErr, f.file.Truncate(int64(len(content)))); err != nil {
		t.Fatal(err)
	}
	goroutines := runtime.NumGoroutine()
	var records []record.Record
	file, err := Import(t.Context(), f.file, func(r record.Record) error {
		records = append(records, r)
		return nil
	}, func(done, total int64) {
		if done < 0 || done > total {
			t.Errorf("%d of %d bytes", done, total)
		}
	})
	for deadline := time.Now().Add(time.Second); runtime.NumGoroutine() > goroutines; runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("%d goroutines before, %d after", goroutines, runtime.NumGoroutine())
		}
	}
	after := make([]byte, len(content)+1)
	if n, _ := f.file.ReadAt(after, 0); !bytes.Equal(after[:n], content) {
		t.Fatal("the file was changed")
	}
	if left, err := os.ReadDir(f.dir); err != nil || len(left) != 1 {
		t.Fatalf("other files: %v, %v", left, err)
	}
	return file.Format, records, err
}

// told reports whether the window has a sentence for an error.
func told(err error) bool {
	var line *record.LineError
	var large *eventstream.TooLargeError
	for _, known := range []error{ErrUnknown, ErrNoRecords, ErrNoneKnown, ErrNotBundle, ErrBomb, ErrDirectory} {
		if errors.Is(err, known) {
			return true
		}
	}
	return errors.As(err, &line) || errors.As(err, &large)
}

// FuzzImport imports any file. The records of NDJSON survive being written and
// imported again; of a stream no byte is lost, and its items are those of a decoder.
func FuzzImport(f *testing.F) {
	for _, s := range []string{
		"", "\ufeff", " \r\n\t", "{", "{\"kind\":\"event\",\"data\":\"x\"}\n", "\ufeff \n{\"kind\":\"event\"}\n\n{\"kind\":\"x\"}", "data: x\n\n", "\ufeffdata: x\r\rid: 1\n",
		"retry: 1\n: c\n\ndata", "PK\x03\x04", "PK\x05\x06" + strings.Repeat("\x00", 18), "\x00data: x\n\n", csvHeader + "\ndata: x\n\n", "data:\x9f\x98\nid:\xe2\n\n", "\x1f\x8b\x08\x00", "hello",
	} {
		f.Add([]byte(s))
	}
	file := newFuzzFile(f)
	f.Fuzz(func(t *testing.T, content []byte) {
		format, records, err := file.imported(t, content)
		if err != nil && !told(err) {
			t.Fatalf("%q: %v", content, err)
		}
		switch format {
		case FormatNDJSON:
			again, back, backErr := file.imported(t, []byte(ndjson(t, records)))
			if len(records) > 0 && (again != FormatNDJSON || backErr != nil || !reflect.DeepEqual(back, records)) {
				t.Fatalf("%q\nis %+v\nand then %+v, %v", content, records, back, backErr)
			}
		case FormatRaw:
			var chunks []byte
			var items []string
			for _, r := range records {
				switch r.Kind {
				case record.Chunk:
					chunks = append(chunks, r.Raw...)
				case record.Event, record.Comment, record.Cursor, record.Discarded:
					items = append(items, fmt.Sprintf("%s %q %q %q at %d", r.Kind, r.Type, r.Data, r.Raw, r.Offset))
				}
			}
			if !bytes.Equal(chunks, content) {
				t.Fatalf("%q has the chunks %q", content, chunks)
			}
			if want := itemsOf(content); strings.Join(items, "\n") != strings.Join(want, "\n") {
				t.Fatalf("%q\nhas %q\nwant %q", content, items, want)
			}
		case "":
			if err == nil || len(records) > 0 {
				t.Fatalf("%q has no format but %d records, %v", content, len(records), err)
			}
		}
	})
}

func itemsOf(stream []byte) (items []string) {
	decoder := eventstream.Decoder{Handle: func(i *eventstream.Item) {
		kind, ok := map[eventstream.Kind]record.Kind{
			eventstream.Event: record.Event, eventstream.Comment: record.Comment, eventstream.Cursor: record.Cursor, eventstream.Discarded: record.Discarded,
		}[i.Kind]
		if ok {
			items = append(items, fmt.Sprintf("%s %q %q %q at %d", kind, i.Type, i.Data, i.Raw, i.Offset))
		}
	}}
	_, _ = decoder.Write(stream)
	decoder.End()
	return items
}

// FuzzBundle packs records into a zip file, and flips bits of it or truncates it.
// It is rejected, or gives the records that were packed.
func FuzzBundle(f *testing.F) {
	text := "{\"kind\":\"event\",\"data\":\"订阅\"}\n{\"kind\":\"comment\"}\n"
	for _, stored := range []bool{false, true} {
		f.Add("records.ndjson", []byte(text), stored, 0, byte(0), 0)
		f.Add("records.ndjson", []byte(text), stored, 45, byte(1), 0)  // the records
		f.Add("records.ndjson", []byte(text), stored, -60, byte(4), 0) // the directory
		f.Add("records.ndjson", []byte(text), stored, 6, byte(1), 0)   // looks encrypted
		f.Add("records.ndjson", []byte(text), stored, 0, byte(0), 30)
		f.Add("../records.ndjson", []byte(text), stored, 0, byte(0), 0)
		f.Add("records.ndjson", []byte("\ufeff"), stored, 0, byte(0), 0)
		f.Add("records.ndjson", []byte("data: x\n\n"), stored, 0, byte(0), 0)
	}
	file := newFuzzFile(f)
	f.Fuzz(func(t *testing.T, name string, content []byte, stored bool, at int, flip byte, cut int) {
		if len(name) > 1000 || len(content) > 64<<10 {
			return
		}
		packed := packedFile(t, name, content, stored)
		if i := (at%len(packed) + len(packed)) % len(packed); flip != 0 {
			packed[i] ^= flip
		}
		if cut > 0 {
			packed = packed[:len(packed)-cut%len(packed)]
		}
		format, records, err := file.imported(t, packed)
		if flip != 0 || cut > 0 {
			if format == FormatBundle && err != nil && !told(err) {
				t.Fatalf("damaged: %v", err)
			}
			if err != nil {
				return
			}
		} else if format != FormatBundle || err != nil && !told(err) {
			t.Fatalf("%s, %v", format, err)
		}
		if format != FormatBundle { // the first bytes were damaged
			return
		}
		if name != bundleRecords {
			if !errors.Is(err, ErrNotBundle) && flip == 0 {
				t.Fatalf("%q was read: %v", name, err)
			}
			return
		}
		want, wantErr := []record.Record(nil), error(nil)
		in := record.NewReader(bytes.NewReader(content), 0)
		for wantErr == nil {
			var r record.Record
			if r, wantErr = in.Read(); wantErr == nil {
				want = append(want, r)
			}
		}
		if !reflect.DeepEqual(records, want) || (err == nil) != (errors.Is(wantErr, io.EOF) && len(want) > 0) {
			t.Fatalf("packed %+v, %v\nread %+v, %v", want, wantErr, records, err)
		}
	})
}

// packedFile returns a zip file with one entry.
func packedFile(t *testing.T, name string, content []byte, stored bool) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	header := &zip.FileHeader{Name: name, Method: zip.Deflate}
	if stored {
		header.Method = zip.Store
	}
	entry, err := w.CreateHeader(header)
	if err == nil {
		_, err = entry.Write(content)
	}
	if err = errors.Join(err, w.Close()); err != nil && !strings.HasSuffix(name, "/") {
		t.Fatal(err)
	}
	return b.Bytes()
}
