package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/rand"
	"reflect"
	"strings"
	"testing"
	"testing/quick"
	"time"
)

// anyRecord returns a record with random values in random fields. It uses
// reflection, so it also covers fields that are added to Record.
func anyRecord(t *testing.T, random *rand.Rand) Record {
	t.Helper()
	texts := []string{"", "a", "订阅\n\x00 \"<&>\u2028", "\xff\xfe", "{\"base64\":1}", "🚀"}
	var r Record
	v := reflect.ValueOf(&r).Elem()
	for i := range v.NumField() {
		if random.Intn(4) == 0 {
			continue
		}
		switch f := v.Field(i); f.Interface().(type) {
		case string, DelaySource, Party, Failure:
			f.SetString(texts[random.Intn(len(texts))])
		case int64, int, time.Duration:
			f.SetInt([]int64{1, -1, math.MaxInt64, math.MinInt64, random.Int63()}[random.Intn(5)])
		case []byte:
			f.SetBytes([]byte(texts[1+random.Intn(len(texts)-1)]))
		case time.Time:
			f.Set(reflect.ValueOf(time.Unix(random.Int63n(4e9), random.Int63n(1e9)).UTC()))
		case map[string][]string:
			f.Set(reflect.ValueOf(map[string][]string{"X-A": {texts[random.Intn(len(texts))], "b"}, "B": {"\xe9"}, "C": {}}))
		case Kind:
			f.SetUint(uint64(Subscribe) + uint64(random.Intn(int(Redirect))))
		default:
			t.Fatalf("no values for %s", v.Type().Field(i).Name)
		}
	}
	r.Kind = max(r.Kind, Subscribe)
	if r.Kind == Notice {
		r.URL = "" // it has a Subject
	}
	return r
}

func TestReadingIsTheInverseOfWriting(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	check := func() bool {
		want := anyRecord(t, random)
		b, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := NewReader(bytes.NewReader(b), 0).Read()
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s\n got %+v, %v\nwant %+v", b, got, err, want)
			return false
		}
		return true
	}
	if err := quick.Check(func() bool { return check() }, &quick.Config{MaxCount: 3000}); err != nil {
		t.Error(err)
	}
}

func TestEachLineIsOneRecord(t *testing.T) {
	in := NewReader(strings.NewReader("\ufeff{\"seq\":1,\"kind\":\"event\"}\r\n\n{\"seq\":2,\"kind\":\"chunk\"}"), 0)
	for want := range int64(2) {
		if r, err := in.Read(); err != nil || r.Seq != want+1 {
			t.Errorf("%+v, %v", r, err)
		}
	}
	if _, err := in.Read(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

func TestTheErrorNamesALineThatIsNotARecord(t *testing.T) {
	for _, c := range []struct {
		line  string
		fault Fault
	}{
		{`{"kind":"event"`, NotJSON},
		{`data: x`, NotJSON},
		{`[1]`, NotJSON},
		{`{"kind":"event"} {}`, NotJSON},
		{`{"kind":"event","raw":{"base64":"YQ==","x":1}}`, BadValue},
		{`{"kind":"event","price":1,"price":2}`, BadValue},
		{`{"kind":"surprise","price":"\ud83d"}`, NotJSON},
		{`{"seq":7}`, NoKind},
		{`{"kind":""}`, NoKind},
		{`{"kind":null}`, NoKind},
		{`{"kind":7}`, BadValue},
		{`{"price":1}`, NoKind},
		{`{"kind":"event","connection":1.5}`, BadValue},
		{`{"kind":"event","data":["a"]}`, BadValue},
		{`{"kind":"event","seq":"7"}`, BadValue},
		{`{"kind":"event","raw":{"base64":"?"}}`, BadValue},
		{`{"kind":"event","time":"yesterday"}`, BadValue},
		{`{"kind":"event","took_ms":"1"}`, BadValue},
		{`{"kind":"event","took_ms":1e300}`, BadValue},
		{`{"kind":"event","took_ms":-9223372036854.775809}`, BadValue},
		{`{"kind":"event","data":"a","data":"b"}`, BadValue},
		{`{"kind":"event","header":{"A":["1"],"A":["2"]}}`, BadValue},
		{"{\"kind\":\"event\",\"data\":\"\xff\"}", NotJSON},
		{`{"kind":"event","data":"\ud83d"}`, NotJSON},
		{`{"kind":"event","data":"` + strings.Repeat("x", 100_000) + `"}`, TooLong},
	} {
		in := NewReader(strings.NewReader("{\"kind\":\"event\"}\n\n"+c.line+"\n"), 90_000)
		if _, err := in.Read(); err != nil {
			t.Fatal(err)
		}
		_, err := in.Read()
		var line *LineError
		if !errors.As(err, &line) || line.Line != 3 || line.Fault != c.fault {
			t.Errorf("%.60s: %v (%+v)", c.line, err, line)
		}
	}
}

// A later version may have more fields and kinds.
func TestUnknownFieldsAndKindsAreSkippedAndCounted(t *testing.T) {
	in := NewReader(strings.NewReader(`{"kind":"event","data":"a","price":{"x":[1,null]},"Data":"b","severity":"high"}
{"kind":"surprise","seq":"another type","data":{"x":1}}
{"seq":"x","kind":"surprise"}
{"kind":"answer","call":"surprise","status":200}
{"kind":"comment","d\u0061ta":"c"}
`), 0)
	want := []Record{{Kind: Event, Data: "a"}, {Kind: Answer, Status: 200}, {Kind: Comment, Data: "c"}}
	for _, want := range want {
		if got, err := in.Read(); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
	if _, err := in.Read(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
	if got, want := in.Skipped(), (Skipped{Records: 2, Fields: 4}); got != want {
		t.Errorf("%+v was skipped, want %+v", got, want)
	}
}
