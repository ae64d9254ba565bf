package journal

import (
	"bytes"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sseconsole/client/filter"
	"sseconsole/client/record"
)

// found returns the numbers of the records among Codes whose text contains needle.
func found(j interface {
	Codes(first, last int64, accept func([]byte) bool) iter.Seq[*Code]
}, first, last int64, needle string) (seqs []int64) {
	accept := func(body []byte) bool { return bytes.Contains(body, []byte(needle)) }
	for c := range j.Codes(first, last, accept) {
		if bytes.Contains(c.Text(), []byte(needle)) {
			seqs = append(seqs, c.Seq)
		}
	}
	return seqs
}

func TestCodesFindARareTextInFileAndMemory(t *testing.T) {
	dir := t.TempDir()
	j, err := Create(Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	const n = 20_000
	for seq := int64(1); seq <= n; seq++ {
		r := event(seq)
		if seq%7001 == 0 {
			r.Data, r.Raw = "first line\nneedle", []byte("data: first line\ndata: needle\n\n")
		}
		j.Append(r)
	}
	want := fmt.Sprint([]int64{7001, 14002})
	if got := found(j, 1, n, "line\nneedle"); fmt.Sprint(got) != want {
		t.Errorf("while writing: %v", got)
	}
	if got := found(j, 7002, 14001, "line\nneedle"); got != nil {
		t.Errorf("outside the range: %v", got)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*"+extension))
	r, err := OpenRun(paths[0])
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if got := found(r, 1, n, "line\nneedle"); fmt.Sprint(got) != want {
		t.Errorf("in the file: %v", got)
	}
	var rec record.Record
	for c := range r.Codes(14002, 14002, nil) {
		if !c.Record(&rec) || rec.Data != "first line\nneedle" || rec.Seq != 14002 || c.Kind != record.Event {
			t.Errorf("%+v", rec)
		}
	}
	count := 0
	for range r.Codes(1, n, nil) {
		count++
	}
	if count != n {
		t.Errorf("%d codes of %d records", count, n)
	}
}

func TestACodeNamesItsStream(t *testing.T) {
	j := &Journal{}
	want := []record.Record{
		full(t), {}, {Kind: record.Event, Target: "a", ClientID: "b", Conn: 3, Data: "x", Raw: []byte("data: x\n\n")},
		{Kind: record.Notice, Time: time.Unix(1.7e9, 5), Took: 7}, {Kind: record.Open, ClientID: "值", Status: 200, Header: map[string][]string{"A": {"b"}}},
	}
	for _, r := range want {
		r.Kind = max(r.Kind, record.Subscribe)
		j.Append(r)
	}
	for c := range j.Codes(1, int64(len(want)), nil) {
		target, clientID, conn := c.Stream()
		if w := want[c.Seq-1]; string(target) != w.Target || string(clientID) != w.ClientID || conn != w.Conn {
			t.Errorf("record %d: %q, %q, %d", c.Seq, target, clientID, conn)
		}
		if w := want[c.Seq-1]; !c.Time().Equal(w.Time) {
			t.Errorf("the time of record %d is %v, not %v", c.Seq, c.Time(), w.Time)
		}
	}
	cut := Code{bytes: appendRecord(nil, &want[0], 0)[:20]}
	if target, clientID, conn := cut.Stream(); target != nil || clientID != nil || conn != 0 {
		t.Errorf("of a damaged record: %q, %q, %d", target, clientID, conn)
	}
}

// FuzzSieve checks that a filter's sieve, used on blocks and on codes, never loses a
// record that the filter matches, however its text is stored.
func FuzzSieve(f *testing.F) {
	for _, line := range []string{"needle", "NEEDLE", "/ne+dle/i", `"a needle"`, "type:ab*", "id:x", "größe", "-gone needle", "/b\\nc/"} {
		f.Add(line, "a needle", "data: a needle\n\n", "abc", "x")
		f.Add(line, "b\nc needle größe", "data: b\ndata: c needle größe\n\n", "message", "")
		f.Add(line, "", ": needle\n", "", "needle")
	}
	f.Fuzz(func(t *testing.T, line, data, raw, typ, id string) {
		parsed, err := filter.Parse(line)
		if err != nil || strings.Contains(line, "jq:") {
			return
		}
		m := &memory{}
		d := &disk{file: m, end: 0}
		var b *block
		var want, got []int64
		for i, r := range []record.Record{
			{Kind: record.Event, Data: data, Raw: []byte(raw), Type: typ, ID: id},
			{Kind: record.Chunk, Raw: []byte(raw)},
			{Kind: record.Fail, Call: record.Send, Detail: data, Message: typ, URL: raw, ClientID: id},
			{Kind: record.Event, Data: data, Raw: []byte("data: " + data + "\n\n"), Target: raw},
			{Kind: record.Event, Data: data, Raw: []byte("data: " + strings.ReplaceAll(data, "\n", "\r\ndata: ") + "\r\n\r\n")},
		} {
			r.Seq = int64(i + 1)
			if parsed.Match(&r) {
				want = append(want, r.Seq)
			}
			if b == nil {
				b = newBlock(&r, 0)
			} else {
				b.add(&r)
			}
		}
		if err := d.write(b, nil, time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
		sieve := parsed.Sieve()
		var r record.Record
		codes(d.scanner(9, sieve, true), 1, 9, sieve, func(c *Code) bool {
			if parsed.MayKind(c.Kind, c.Call) && (sieve == nil || sieve(c.Text())) && c.Record(&r) && parsed.Match(&r) {
				got = append(got, c.Seq)
			}
			return true
		})
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q finds %v, want %v, in %q, %q, %q, %q", line, got, want, data, raw, typ, id)
		}
	})
}

// BenchmarkFilter searches a million records of 200 bytes: from the newest until a
// screen of 40 rows is full, and all of them. It uses one goroutine; the window uses
// one for each core.
func BenchmarkFilter(b *testing.B) {
	const n = 1_000_000
	dir := b.TempDir()
	j, err := Create(Config{Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	for seq := int64(1); seq <= n; seq++ {
		r := event(seq)
		if seq == n/2 {
			r.Data = strings.Replace(r.Data, "ACME", "Rare", 1)
		}
		j.Append(r)
	}
	if err := j.Close(); err != nil {
		b.Fatal(err)
	}
	paths, _ := filepath.Glob(filepath.Join(dir, "*"+extension))
	r, err := OpenRun(paths[0])
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	defer os.Remove(paths[0])
	for _, c := range []struct{ name, line string }{
		{"rare text", "rare"}, {"no match", "nowhere"}, {"frequent text", "acme"}, {"regexp", `/"n":\d*77777,/`},
		{"kind", "kind:problem"}, {"jq", "jq:.n == 500000"},
	} {
		f, err := filter.Parse(c.line)
		if err != nil {
			b.Fatal(err)
		}
		look := func(first, last int64, enough int) (found int) {
			var rec record.Record
			sieve := f.Sieve()
			for c := range r.Codes(first, last, sieve) {
				if f.MayKind(c.Kind, c.Call) && (sieve == nil || sieve(c.Text())) && c.Record(&rec) && f.Match(&rec) {
					if found++; found == enough {
						break
					}
				}
			}
			return found
		}
		b.Run(c.name+"/screen", func(b *testing.B) {
			for b.Loop() {
				const step = 1 << 14
				for last, found := int64(n), 0; last > 0 && found < 40; last -= step {
					found += look(max(1, last-step+1), last, 40-found)
				}
			}
		})
		b.Run(c.name+"/all", func(b *testing.B) {
			for b.Loop() {
				look(1, n, n+1)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/record")
		})
	}
}
