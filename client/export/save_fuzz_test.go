package export

import (
	"bytes"
	"encoding/csv"
	"errors"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"sseconsole/client/record"
)

// FuzzSave saves records in every format, as when an opened file is saved again. No
// format fails or leaves a temporary file behind, a table has a row for each record,
// a scenario can be played, and a bundle gives the same records back.
func FuzzSave(f *testing.F) {
	f.Add([]byte(ndjsonOf(evidence()[:8])), "pin")
	for _, line := range []string{
		`{"kind":"chunk","raw":"data: x\n\n","offset":9223372036854775807}`, `{"kind":"chunk","raw":"data: x\n\n","offset":-9223372036854775808}`,
		`{"kind":"comment","raw":": c\n","offset":5}` + "\n" + `{"kind":"event","raw":"data: x\n\n","offset":3}`,
		`{"kind":"problem","type":"x","count":-1,"time":"9999-12-31T23:59:59.999999999+23:59"}`, `{"kind":"open","connection":-1,"took_ms":-9223372036854.775808,"status":-1}`,
		`{"kind":"end","events":-5,"bytes":9223372036854775807,"took_ms":9223372036854.775807}` + "\n" + `{"kind":"open","time":"0000-01-01T00:00:00Z"}`,
		`{"kind":"subscribe","url":"%zz?pin=1&pin","header":{"":[""],"Pin":[{"base64":"/w=="}]},"body":"pin=1"}`, `{"kind":"send","data":"{\"pin\":[1,{\"a\":\"b\"}","took_ms":0}`,
		`{"kind":"event","client_id":"=1+1","data":"-\r\n\",","raw":{"base64":"/w=="}}`,
	} {
		f.Add([]byte(line+"\n"+line), "pin")
	}
	dir, file := f.TempDir(), newFuzzFile(f)
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		var records []record.Record
		for in := record.NewReader(bytes.NewReader(text), 64<<10); len(records) < 50; {
			r, err := in.Read()
			if err != nil {
				break
			}
			records = append(records, r)
		}
		mask := func() *Mask { return NewMask([]string{name}) }
		masked := func() Records { return mask().Records(seq(records)) }
		var b bytes.Buffer
		write := func(format string, err error) string {
			if left, dirErr := os.ReadDir(dir); err != nil || dirErr != nil || len(left) != 0 {
				t.Fatalf("%s: %v, left behind: %v, %v", format, err, left, dirErr)
			}
			defer b.Reset()
			return b.String()
		}
		plain := write("ndjson", NDJSON(&b, seq(records)))
		table := write("csv", CSV(&b, masked()))
		if rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll(); err != nil || len(rows) != len(records)+1 {
			t.Fatalf("%d rows of %d records, %v\n%q", len(rows), len(records), err, table)
		}
		write("raw", Raw(&b, masked(), dir))
		for line := range strings.Lines(write("scenario", Scenario(&b, masked()))) {
			line = strings.TrimSuffix(line, "\n")
			if quoted, ok := strings.CutPrefix(line, "raw "); ok {
				if _, err := strconv.Unquote(quoted); err != nil {
					t.Fatalf("%q: %v", line, err)
				}
			} else if !strings.HasPrefix(line, "wait ") && !strings.HasPrefix(line, "# ") {
				t.Fatalf("%q is not a step", line)
			}
		}
		bundled := write("bundle", Bundle(&b, seq(records), BundleConfig{Words: plainWords{}, Mask: mask(), Created: start(), Dir: dir}))
		format, back, err := file.imported(t, []byte(bundled))
		if errors.Is(err, ErrNoRecords) && len(records) == 0 {
			return
		}
		if err != nil || format != FormatBundle || !reflect.DeepEqual(back, records) {
			t.Fatalf("%s\nis read back as %s with %+v, %v", plain, format, back, err)
		}
	})
}

func ndjsonOf(records []record.Record) string {
	var b []byte
	for i := range records {
		b = records[i].AppendNDJSON(b)
	}
	return string(b)
}
