package record

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// readAll reads until the end or the first error.
func readAll(in io.Reader, limit int) (records []Record, err error) {
	r := NewReader(in, limit)
	for {
		record, err := r.Read()
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return records, err
		}
		records = append(records, record)
	}
}

// FuzzReader reads any text as NDJSON. The result does not depend on how reads are
// split, and an error names the first bad line. The records before it are
// returned, contain nothing that is not in the text, and survive being written and
// read again.
func FuzzReader(f *testing.F) {
	for _, line := range []string{
		`{"seq":1,"time":"2026-11-24T10:15:00.000000001+08:00","kind":"event","target":"h:1","client_id":"a","connection":1,"type":"message","id":"7","data":"","raw":"id: 7\ndata\n\n","offset":0,"first_chunk":1,"last_chunk":1,"took_ms":-1.000001}`,
		`{"kind":"reconnect","delay_ms":0,"delay_source":"retry"}`,
		`{"kind":"chunk","raw":{"base64":"//4="}}`,
		`{"kind":"fail","call":"send","status":503,"header":{"A":["1",{"base64":"6Q=="}],"B":[]},"code":-1,"failure":"other"}`,
		"\ufeff{\"kind\":\"open\",\"certificate_expiry\":\"2027-01-01T00:00:00Z\"}\r",
		`{"kind":"event","data":"a","data":"b"}`, // one value would be lost
		`{"kind":"event","DATA":"a"}`,
		`{"kind":"reconnect","delay_ms":1e300}`, // too long for a Duration
		`{"kind":"event","time":null,"data":null,"header":null,"raw":null}`,
		``, `[1]`, `{} {}`,
	} {
		f.Add([]byte("{\"kind\":\"comment\",\"data\":\"before\"}\n" + line + "\n{\"kind\":\"comment\"}"))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		const limit = 64 << 10
		records, err := readAll(bytes.NewReader(text), limit)
		good := text
		if err != nil {
			var line *LineError
			if !errors.As(err, &line) || line.Line < 1 || line.Fault == "" || line.Err == nil {
				t.Fatalf("%q: %v", text, err)
			}
			lines := bytes.SplitAfter(text, []byte("\n"))
			if line.Line > int64(len(lines)) {
				t.Fatalf("%q: line %d of %d", text, line.Line, len(lines))
			}
			good = bytes.Join(lines[:line.Line-1], nil)
			if before, err := readAll(bytes.NewReader(good), limit); err != nil || !reflect.DeepEqual(before, records) {
				t.Fatalf("%q: without line %d %v, %+v, with it %+v", text, line.Line, err, before, records)
			}
		}
		cut, cutErr := readAll(iotest.HalfReader(iotest.DataErrReader(bytes.NewReader(text))), limit)
		if !reflect.DeepEqual(cut, records) || (cutErr == nil) != (err == nil) || err != nil && cutErr.Error() != err.Error() {
			t.Fatalf("%q\nin parts %+v, %v\nwhole %+v, %v", text, cut, cutErr, records, err)
		}
		if !utf8.Valid(good) {
			t.Fatalf("%q was accepted as JSON", good)
		}
		var written []byte
		for i := range records {
			written = records[i].AppendNDJSON(written)
		}
		if made := bytes.Count(written, []byte("\ufffd")); made > bytes.Count(good, []byte("\ufffd"))+strings.Count(strings.ToLower(string(good)), `\ufffd`) {
			t.Fatalf("%q reads as\n%s", good, written)
		}
		again, err := readAll(bytes.NewReader(written), 0)
		if err != nil || !reflect.DeepEqual(again, records) {
			t.Fatalf("%+v\nwas written as\n%s\nand reads as %v\n%+v", records, written, err, again)
		}
	})
}
