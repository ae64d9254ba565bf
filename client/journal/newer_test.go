package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"sseconsole/client/record"
)

func TestFieldsOfALaterVersionAreSkipped(t *testing.T) {
	code := []byte{byte(record.Answer), 250} // a call of an unknown kind
	code = binary.AppendUvarint(code, 1<<(firstText+textData)|1<<(firstText+len(texts))|1<<63)
	code = binary.AppendUvarint(code, 1<<firstLong|1<<(firstLong+len(longs)))
	code = binary.AppendUvarint(code, 1<<3|1<<len(ints)|1<<63)
	for _, n := range []int64{7, -1, 200, -2, 1 << 60} {
		code = binary.AppendVarint(code, n)
	}
	for _, s := range []string{"the data", "a new field", "another"} {
		code = appendText(code, s)
	}
	var got record.Record
	want := record.Record{Kind: record.Answer, Data: "the data", Offset: 7, Status: 200}
	if err := decodeRecord(&got, code, 0); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	for n := range code {
		if decodeRecord(&got, code[:n], 0) == nil {
			t.Errorf("the first %d of %d bytes are accepted as a record", n, len(code))
		}
	}
}

// laterKind is a kind that this version does not have.
const laterKind record.Kind = 250

func TestKindsOfALaterVersionAreSkipped(t *testing.T) {
	var j Journal
	for _, kind := range []record.Kind{record.Event, laterKind, record.Comment, laterKind} {
		j.Append(record.Record{Kind: kind, Data: "x"})
	}
	var scanned, codes []int64
	for r := range j.Scan(1, 4) {
		scanned = append(scanned, r.Seq)
	}
	for c := range j.Codes(1, 4, nil) {
		codes = append(codes, c.Seq)
	}
	if want := []int64{1, 3}; !reflect.DeepEqual(scanned, want) || !reflect.DeepEqual(codes, want) {
		t.Errorf("scanned %v, codes %v, want %v", scanned, codes, want)
	}
	if j.At(2) != nil || j.At(3) == nil {
		t.Error("a record of an unknown kind is read, or one of a known kind is not")
	}
}

// laterRun writes a run as a later version might: with frames of an unknown kind, with
// the given frames, and with a torn end.
func laterRun(t *testing.T, dir string, frames ...[]byte) (path string, data []byte) {
	t.Helper()
	data = appendPreamble(nil, time.Unix(1.7e9, 0))
	data[len(fileMagic)] = fileVersion + 1
	data = append(data, "a longer preamble"...)
	unknown := append(make([]byte, frameSize), "data of a later version"...)
	frame{kind: 'Z', count: 1}.put(unknown)
	for _, f := range frames {
		data = append(append(data, unknown...), f...)
	}
	data = append(data, unknown[:frameSize+5]...) // a torn end
	path = filepath.Join(dir, "later"+extension)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, data
}

func TestARunOfALaterVersionIsReadAndNotChanged(t *testing.T) {
	dir := t.TempDir()
	path, before := laterRun(t, dir,
		appendTargets(nil, []string{"staging"}),
		newBlock(&record.Record{Seq: 1, Kind: record.Event, Data: "a", Target: "staging"}, 0).append(nil),
		newBlock(&record.Record{Seq: 2, Kind: laterKind}, 0).append(nil),
		newBlock(&record.Record{Seq: 3, Kind: record.Event, Data: "b"}, 0).append(nil),
	)
	long := time.Unix(1.6e9, 0)
	if err := os.Chtimes(path, long, long); err != nil {
		t.Fatal(err)
	}
	runs, err := Runs(dir)
	if err != nil || len(runs) != 1 || runs[0].Err != nil || !runs[0].Newer() || runs[0].Records != 3 || runs[0].InUse {
		t.Fatalf("%+v, %v", runs, err)
	}
	run, err := OpenRun(path)
	if err != nil {
		t.Fatal(err)
	}
	defer run.Close()
	var data string
	for r := range run.Scan(1, 3) {
		data += r.Data
	}
	if data != "ab" || !run.Run.Newer() || run.Run.Version != fileVersion+1 {
		t.Errorf("read %q of %+v", data, run.Run)
	}
	expectUntouched(t, path, before, long)
}

func TestAnUnreadableRunOfALaterVersionIsReportedAsNewer(t *testing.T) {
	dir := t.TempDir()
	path, before := laterRun(t, dir)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	runs, err := Runs(dir)
	var newer *NewerError
	if err != nil || len(runs) != 1 || !errors.As(runs[0].Err, &newer) || newer.Version != fileVersion+1 {
		t.Errorf("%+v, %v", runs, err)
	}
	if _, err := OpenRun(path); !errors.As(err, &newer) {
		t.Errorf("opened: %v", err)
	}
	expectUntouched(t, path, before, info.ModTime())
}

func expectUntouched(t *testing.T, path string, before []byte, modified time.Time) {
	t.Helper()
	after, err := os.ReadFile(path)
	if err != nil || !bytes.Equal(after, before) {
		t.Errorf("the file was changed, %v", err)
	}
	if info, err := os.Stat(path); err != nil || !info.ModTime().Equal(modified) {
		t.Errorf("its modification time was changed, %v", err)
	}
}
