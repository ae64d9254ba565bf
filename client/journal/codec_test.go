package journal

import (
	"encoding/binary"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// full returns a record with every field set. It includes fields that are added to
// Record later, so that the codec cannot forget them.
func full(t testing.TB) record.Record {
	var r record.Record
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Name
		switch {
		case f.Type() == reflect.TypeFor[time.Time]():
			f.Set(reflect.ValueOf(time.Unix(1.7e9+int64(i), 123456789).UTC()))
		case f.Type() == reflect.TypeFor[map[string][]string]():
			f.Set(reflect.ValueOf(map[string][]string{"A": {"1", ""}, "B": {"\xff"}, "C": {}}))
		case f.Kind() == reflect.String:
			f.SetString(name + " 值")
		case f.Kind() == reflect.Slice:
			f.SetBytes([]byte("raw\x00\xff"))
		case f.CanInt():
			f.SetInt(int64(-i))
		case f.CanUint():
			f.SetUint(uint64(i + 1))
		default:
			t.Fatalf("field %s has a type that this test does not know", name)
		}
	}
	r.Seq = 1
	return r
}

// same compares two records as the journal stores them: without monotonic reading
// and location of times, and without distinguishing nil from empty.
func same(a, b record.Record) bool {
	for _, r := range []*record.Record{&a, &b} {
		r.Time, r.CertExpiry = r.Time.UTC().Round(0), r.CertExpiry.UTC().Round(0)
		if len(r.Raw) == 0 {
			r.Raw = nil
		}
		if len(r.Header) == 0 {
			r.Header = nil
		}
	}
	return reflect.DeepEqual(a, b)
}

func TestEveryFieldOfARecordIsStored(t *testing.T) {
	at := time.Unix(1.7e9, 1)
	records := map[string]record.Record{
		"full":              full(t),
		"empty":             {Seq: 1},
		"data in raw":       {Seq: 1, Time: at, Kind: record.Event, Data: "hello", Raw: []byte("id: 1\ndata: hello\n\n")},
		"data like raw":     {Seq: 1, Data: "x", Raw: []byte("x")},
		"data of a comment": {Seq: 1, Data: "hello", Raw: []byte(": hello\n")},
		"data before":       {Seq: 1, Data: "x", Raw: []byte("id: data:\ndata:y\ndata:data:x\n\n")},
		"data not in raw":   {Seq: 1, Data: "a\nb", Raw: []byte("data: a\ndata: b\n\n")},
		"extreme numbers":   {Seq: 1, Took: math.MinInt64, Bytes: math.MaxInt64, Count: math.MinInt64, Conn: math.MaxInt32},
		"a time long ago":   {Seq: 1, Time: time.Date(1, 1, 1, 0, 0, 0, 1, time.UTC)},
		"a time far ahead":  {Seq: 1, CertExpiry: time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)},
	}
	for name, want := range records {
		t.Run(name, func(t *testing.T) {
			b := newBlock(&want, 0)
			out := b.append(nil)
			f, err := parseFrame(out)
			if err != nil {
				t.Fatal(err)
			}
			b = parseBlock(f, out[frameSize:])
			if b == nil {
				t.Fatal("the block cannot be parsed")
			}
			if got := recordAt(b, 1); got == nil || !same(*got, want) {
				t.Errorf("got  %+v\nwant %+v", got, want)
			}
		})
	}
}

func TestDataInRawIsStoredOnce(t *testing.T) {
	data := strings.Repeat("price", 100)
	code := appendRecord(nil, &record.Record{Data: data, Raw: []byte("data: " + data + "\n\n")}, 0)
	if len(code) > len(data)+40 {
		t.Errorf("%d bytes for %d of data", len(code), len(data))
	}
}

func TestADamagedCodeIsRejected(t *testing.T) {
	r := full(t)
	code := appendRecord(nil, &r, 0)
	for n := range code {
		if decodeRecord(&r, code[:n], 0) == nil {
			t.Errorf("the first %d of %d bytes are accepted as a record", n, len(code))
		}
	}
	if decodeRecord(&r, append(code, 0), 0) == nil {
		t.Error("an extra byte is accepted")
	}
}

// FuzzRecord checks that any code is either rejected or decodes to a record that
// survives being encoded again.
func FuzzRecord(f *testing.F) {
	r := full(f)
	f.Add(appendRecord(nil, &r, 5), int64(5))
	f.Add(appendRecord(nil, &record.Record{Data: "x", Raw: []byte("data:x")}, 0), int64(0))
	f.Add([]byte{}, int64(0))
	f.Fuzz(func(t *testing.T, code []byte, base int64) {
		var first, second record.Record
		if decodeRecord(&first, code, base) != nil {
			return
		}
		c := Code{bytes: code}
		if target, clientID, conn := c.Stream(); string(target) != first.Target || string(clientID) != first.ClientID || conn != first.Conn {
			t.Errorf("the stream of %+v is %q, %q, %d", first, target, clientID, conn)
		}
		if err := decodeRecord(&second, appendRecord(nil, &first, base), base); err != nil {
			t.Fatal(err)
		}
		if !same(first, second) {
			t.Errorf("%+v\nbecame %+v", first, second)
		}
	})
}

// FuzzFile checks that opening and reading a file of any content ends, with an error
// or without. It also tries the content as the body of a frame, which random bytes
// would hardly become.
func FuzzFile(f *testing.F) {
	m := &memory{}
	d := &disk{file: m}
	for seq := int64(1); seq < 9; seq++ {
		b := newBlock(&record.Record{Seq: seq, Kind: record.Event, Data: fmt.Sprint(seq)}, 0)
		if err := d.write(b, []string{"a"}, time.Unix(1, 0)); err != nil {
			f.Fatal(err)
		}
		f.Add(b.append(nil)[frameSize:], byte(frameRecords), uint32(1), int64(1))
	}
	f.Add(m.bytes(), byte(0), uint32(0), int64(1))
	f.Add(d.appendSummary(nil)[frameSize:], byte(frameSummary), uint32(1), int64(1))
	f.Add([]byte("\x05\x02\x00\x10\x05\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"), byte(frameSummary), uint32(2), int64(1)) // from record 5 back to 4
	d.finish()
	f.Add(m.bytes(), byte(0), uint32(0), int64(1))
	f.Fuzz(func(t *testing.T, content []byte, kind byte, count uint32, seq int64) {
		framed := appendPreamble(nil, time.Unix(1, 0))
		if kind == frameSummary { // a summary of what precedes it
			framed = newBlock(&record.Record{Seq: 1, Kind: record.Event, Data: "x"}, 0).append(framed)
		}
		at := len(framed)
		framed = append(append(framed, make([]byte, frameSize)...), content...)
		frame{kind: kind, count: count, first: seq}.put(framed[at:])
		if kind == frameSummary {
			framed = binary.LittleEndian.AppendUint64(framed, uint64(at))
			framed = append(framed, summaryMagic...)
		}
		for _, data := range [][]byte{content, framed} {
			d, _, _, err := openDisk(&memory{data: data}, int64(len(data)))
			if err != nil {
				continue
			}
			first, last := d.bounds()
			n := 0
			scan(d.scanner(last, nil, false), first, last, func(*record.Record) bool { n++; return n < 1000 })
			codes(d.scanner(last, nil, true), first, last, nil, func(*Code) bool { n--; return n > 0 })
			for _, seq := range []int64{first - 1, first, first/2 + last/2, last} {
				recordAt(d.find(seq), seq)
			}
			d.finish()
		}
	})
}

func TestAFileOfAnyVersionIsRead(t *testing.T) {
	m := &memory{}
	d := &disk{file: m}
	b := newBlock(&record.Record{Seq: 1, Kind: record.Event, Data: "kept"}, 0)
	if err := d.write(b, []string{"a"}, time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	d.finish()
	for version, want := range map[byte]error{0: ErrNotJournal, 1: nil, fileVersion: nil, fileVersion + 1: nil} {
		data := m.bytes()
		data[len(fileMagic)] = version
		d, _, _, err := openDisk(&memory{data: data}, int64(len(data)))
		if err != want {
			t.Errorf("version %d: %v", version, err)
		}
		if err != nil {
			continue
		}
		if r := recordAt(d.find(1), 1); r == nil || r.Data != "kept" {
			t.Errorf("version %d has %+v", version, r)
		}
		d.finish()
	}
}
