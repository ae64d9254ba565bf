package export

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"sseconsole/client/record"
)

// imported imports a file with this content.
func imported(t *testing.T, content string) (Format, []record.Record, error) {
	t.Helper()
	file, records, err := importedFile(t, content)
	return file.Format, records, err
}

func importedFile(t *testing.T, content string) (Imported, []record.Record, error) {
	t.Helper()
	f, err := os.Open(file(t, content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var records []record.Record
	file, err := Import(t.Context(), f, func(r record.Record) error {
		records = append(records, r)
		return nil
	}, nil)
	return file, records, err
}

func file(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func ndjson(t *testing.T, records []record.Record) string {
	t.Helper()
	var b bytes.Buffer
	if err := NDJSON(&b, seq(records)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zipped(t *testing.T, entries ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(entries); i += 2 {
		e, err := w.Create(entries[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(e, entries[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWrittenRecordsAreReadBack(t *testing.T) {
	want := played("alice", 1, stream)
	text := ndjson(t, want)
	for format, content := range map[Format]string{
		FormatNDJSON: text,
		FormatBundle: zipped(t, "../../etc/passwd", "x", "report.html", "<p>", "records.ndjson", text),
	} {
		got, records, err := imported(t, content)
		if err != nil || got != format || !reflect.DeepEqual(records, want) {
			t.Errorf("%s: %s, %v, %+v", format, got, err, records)
		}
	}
}

func TestARawStreamIsDecodedAndJudged(t *testing.T) {
	format, records, err := imported(t, stream)
	if err != nil || format != FormatRaw {
		t.Fatalf("%s, %v", format, err)
	}
	var kinds []string
	for _, r := range records {
		kinds = append(kinds, r.Kind.String()+r.Data)
	}
	if got := strings.Join(kinds, " "); !strings.HasPrefix(got, "chunk retry5 commenthello") || !strings.Contains(got, "event\ufffd") ||
		!strings.Contains(got, "problem") || !strings.Contains(got, "discarded") {
		t.Errorf("%q", got)
	}
	if got := raw(t, records); got != stream {
		t.Errorf("saved again: %q", got)
	}
}

func TestTheErrorSaysWhyAFileCannotBeImported(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          error
	}{
		{"nothing", " \n", ErrNoRecords},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00", ErrUnknown},
		{"a letter", "Dear all,\nhello\n", ErrUnknown},
		{"our own CSV", "\ufeff" + csvHeader + "\r\n1,x,event,\"data: x\ndata: y\n\n\"\r\n", ErrUnknown},
		{"another zip file", zipped(t, "word/document.xml", "x"), ErrNotBundle},
		{"a zip file cut off", zipped(t, "records.ndjson", "{}")[:40], ErrNotBundle},
		{"a bundle without records", zipped(t, "records.ndjson", ""), ErrNoRecords},
		{"only unknown records", "{\"kind\":\"surprise\"}\n", ErrNoneKnown},
		{"a bundle of only unknown records", zipped(t, "records.ndjson", "{\"kind\":\"surprise\"}"), ErrNoneKnown},
	} {
		if _, _, err := imported(t, c.content); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	_, _, err := imported(t, "{\"kind\":\"event\"}\n{\"kind\":\"event\",\"seq\":\"x\"}\n")
	var line *record.LineError
	if !errors.As(err, &line) || line.Line != 2 || line.Fault != record.BadValue {
		t.Errorf("%v", err)
	}
}

func TestUnknownRecordsAndFieldsOfALaterVersionAreCounted(t *testing.T) {
	content := "{\"kind\":\"event\",\"data\":\"a\",\"price\":1}\n{\"kind\":\"surprise\"}\n"
	for name, content := range map[string]string{"NDJSON": content, "a bundle": zipped(t, "records.ndjson", content)} {
		file, records, err := importedFile(t, content)
		if err != nil || len(records) != 1 || records[0].Data != "a" || file.Skipped != (record.Skipped{Records: 1, Fields: 1}) {
			t.Errorf("%s: %+v, %+v, %v", name, file, records, err)
		}
	}
}

func TestAZipBombIsRefused(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	// An entry that claims to be huge is refused before a byte is read.
	e, err := w.CreateRaw(&zip.FileHeader{Name: "records.ndjson", Method: zip.Deflate, CompressedSize64: 4, UncompressedSize64: 64 << 30})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = e.Write([]byte("\x00\x00\x00\x00"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := imported(t, b.String()); !errors.Is(err, ErrBomb) {
		t.Errorf("%v", err)
	}
}

func TestAnImportEndsWhenItIsCanceledOrAddFails(t *testing.T) {
	content := ndjson(t, played("a", 1, strings.Repeat("data: "+strings.Repeat("x", 1000)+"\n\n", 1000)))
	f, err := os.Open(file(t, content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ctx, cancel := context.WithCancelCause(t.Context())
	enough, stop := errors.New("enough"), errors.New("stop")
	n := 0
	_, err = Import(ctx, f, func(record.Record) error {
		if n++; n == 10 {
			cancel(stop)
		}
		return nil
	}, nil)
	if !errors.Is(err, stop) {
		t.Errorf("canceled: %v", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	_, err = Import(t.Context(), f, func(record.Record) error { return enough }, nil)
	if !errors.Is(err, enough) {
		t.Errorf("add failed: %v", err)
	}
}
