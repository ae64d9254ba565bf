package export

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"sseconsole/client/judge"
	"sseconsole/client/record"
)

var update = flag.Bool("update", false, "write the golden report")

// plainWords words everything as its key.
type plainWords struct{}

func (plainWords) T(key string, pairs ...any) string {
	for i := 1; i < len(pairs); i += 2 {
		key += fmt.Sprintf(" %v", pairs[i])
	}
	return key
}
func (plainWords) Kind(k record.Kind) string { return "kind." + k.String() }
func (plainWords) Severity(code string) string {
	s := judge.SeverityOf(code)
	return s.Mark() + " severity." + s.String()
}
func (plainWords) Why(code string) string          { return "problem." + code + ".why" }
func (plainWords) Do(code string) string           { return "problem." + code + ".do" }
func (plainWords) Events(n int64) string           { return fmt.Sprint("row.events ", n) }
func (plainWords) Language() string                { return "en" }
func (plainWords) Target(name string) string       { return name }
func (plainWords) Summary(r *record.Record) string { return r.Kind.String() + " " + r.Data }
func (plainWords) Duration(d time.Duration) string { return d.String() }
func (plainWords) Size(n int64) string             { return fmt.Sprint(n, " bytes") }

const hostile = `</title><script>alert(1)</script>"'><img src=x onerror=alert(2)>{{.}}` + "\x00\x1b[31m"

func evidence() []record.Record {
	at := start()
	head := map[string][]string{"X-Evil": {hostile}, hostile: {"x"}}
	records := []record.Record{{
		Kind: record.Subscribe, Time: at, Target: "h:1", ClientID: hostile, Conn: 1, Method: "GET", URL: "http://h:1/?a=" + hostile, Header: head,
	}}
	for _, r := range played(hostile, 1, "data: "+hostile+"\n\n", ": <b>\n\n", strings.Repeat("id: 1\ndata: many\n\n", 60)) {
		if r.Kind == record.Open {
			r.Header, r.Proto = head, "HTTP/1.1"
		}
		records = append(records, r)
	}
	finding := record.Record{
		Kind: record.Problem, Time: at.Add(250 * time.Millisecond), Target: "h:1", ClientID: hostile, Conn: 1, Type: "no_field", Data: hostile,
		Raw: []byte(hostile), Offset: 7,
	}
	records = append(records, finding,
		record.Record{Kind: record.End, Time: at.Add(time.Second), Target: "h:1", ClientID: hostile, Conn: 1, By: record.ByServer, Data: hostile},
		record.Record{Kind: record.Reconnect, Time: at.Add(time.Second), Target: "h:1", ClientID: hostile, Conn: 1},
		record.Record{Kind: record.Fail, Call: record.Subscribe, Time: at.Add(2 * time.Second), Target: "h:1", ClientID: hostile, Conn: 2, Status: 500, Data: hostile},
	)
	for i := range records {
		records[i].Seq = int64(i + 1)
	}
	return records
}

func bundled(t *testing.T, records []record.Record, names ...string) (data []byte, files map[string]string) {
	t.Helper()
	var b bytes.Buffer
	mask := NewMask(names)
	dir := t.TempDir()
	cfg := BundleConfig{Words: plainWords{}, Mask: mask, Created: start(), Version: "test", Dir: dir}
	if err := Bundle(&b, mask.Records(seq(records)), cfg); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(content)
	}
	return b.Bytes(), files
}

func TestABundleContainsTheEvidence(t *testing.T) {
	records := evidence()
	data, files := bundled(t, records)
	if again, _ := bundled(t, records); !bytes.Equal(data, again) {
		t.Error("the same records give a different file")
	}
	if files[bundleRecords] != ndjson(t, records) {
		t.Error("records.ndjson differs from the output of NDJSON")
	}
	name := "raw/0001-__title__script_alert_1___script-1.txt"
	if files[name] != raw(t, records) {
		t.Errorf("%s is %q", name, files[name])
	}
	var list struct {
		Findings []finding `json:"problems"`
	}
	if err := json.Unmarshal([]byte(files[bundleFindings]), &list); err != nil || len(list.Findings) != 1 || list.Findings[0].Seen != hostile {
		t.Errorf("%s, %v", files[bundleFindings], err)
	}
	for _, want := range []string{"GET http://h:1/?a=", "X-Evil: ", "HTTP/1.1 200"} {
		if !strings.Contains(files[bundleHeaders], want) {
			t.Errorf("headers.txt lacks %q", want)
		}
	}
	if !strings.Contains(files[bundleFindingsText], "problem.no_field.do") {
		t.Errorf("problems.txt is %q", files[bundleFindingsText])
	}
	if _, back, err := imported(t, string(data)); err != nil || len(back) != len(records) {
		t.Errorf("read back: %d records, %v", len(back), err)
	}
}

func TestTheReportHasTheMostSevereFindingsFirst(t *testing.T) {
	var records []record.Record
	for _, code := range []string{"http10", "cr_only", "no_field"} { // advice, a warning, an error
		records = append(records, record.Record{Kind: record.Problem, Time: start(), Target: "t", ClientID: "a", Conn: 1, Type: code})
	}
	_, files := bundled(t, records)
	var list struct {
		Findings []finding `json:"problems"`
	}
	if err := json.Unmarshal([]byte(files[bundleFindings]), &list); err != nil || len(list.Findings) != 3 || list.Findings[0].Severity != "advice" {
		t.Errorf("problems.json is %s, %v", files[bundleFindings], err)
	}
	if !strings.Contains(files[bundleFindingsText], "⚠ severity.warning: ") {
		t.Errorf("problems.txt is %s", files[bundleFindingsText])
	}
	page := files[bundleReport]
	at := []int{strings.Index(page, `"bad">✗ severity.error`), strings.Index(page, `"warn">⚠ severity.warning`), strings.Index(page, `"soft">◇ severity.advice`)}
	if at[0] < 0 || !slices.IsSorted(at) {
		t.Errorf("positions of the severities in the report: %v", at)
	}
}

func TestABundleSeparatesTheSubscriptionsOfAClientID(t *testing.T) {
	_, files := bundled(t, twice("data: first\n\n", "data: second\n\n"))
	if files["raw/0001-alice-1.txt"] != "data: first\n\n" || files["raw/0002-alice-1.txt"] != "data: second\n\n" {
		t.Errorf("raw bytes: %q", files)
	}
	if !strings.Contains(files["headers.txt"], "# report.headers_of 1 \"alice\" \"h:1\" 2\n") {
		t.Errorf("headers: %q", files["headers.txt"])
	}
	report := files["report.html"]
	for _, part := range []string{"alice #1", "alice (2) #1", "raw/0001-alice-1.txt", "raw/0002-alice-1.txt"} {
		if !strings.Contains(report, part) {
			t.Errorf("the report lacks %q", part)
		}
	}
}

func TestTheReportIsTheGoldenOne(t *testing.T) {
	const golden = "testdata/report.html"
	_, files := bundled(t, evidence(), "pin")
	if *update {
		if err := os.WriteFile(golden, []byte(files[bundleReport]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || files[bundleReport] != string(want) {
		t.Errorf("the report has changed, %v; check it, then run with -update", err)
	}
}

func TestNothingInAReportIsExecutedOrFetched(t *testing.T) {
	_, files := bundled(t, evidence())
	tokens := html.NewTokenizer(strings.NewReader(files[bundleReport]))
	allowed := strings.Fields("html head meta title style body h1 h2 h3 p ul li b table tbody tr th td code details summary figure svg line text rect path figcaption span br")
	for tokens.Next() != html.ErrorToken {
		token := tokens.Token()
		if token.Type != html.StartTagToken && token.Type != html.SelfClosingTagToken {
			continue
		}
		if !slices.Contains(allowed, token.Data) {
			t.Errorf("a <%s> in the report", token.Data)
		}
		for _, a := range token.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" {
				t.Errorf("<%s %s=%q>", token.Data, a.Key, a.Val)
			}
		}
	}
	if strings.ContainsAny(files[bundleReport], "\x00\x1b") || strings.Contains(files[bundleReport], "ZgotmplZ") {
		t.Error("a control character, or a value that the template rejects")
	}
}

func TestABundleWithoutRecordsIsComplete(t *testing.T) {
	_, files := bundled(t, nil)
	if !strings.Contains(files[bundleReport], "report.no_problems") || files[bundleRecords] != "" {
		t.Errorf("%q", files)
	}
}

func TestAReportStaysSmallWithManyRecords(t *testing.T) {
	var records []record.Record
	at := start()
	for i := range 3000 {
		at = at.Add(time.Second)
		base := record.Record{Time: at, ClientID: "a", Conn: i + 1}
		for _, k := range []record.Kind{record.Subscribe, record.Open, record.Event, record.Problem, record.End, record.Reconnect} {
			base.Kind, base.Type = k, "no_field"
			records = append(records, base)
		}
	}
	_, files := bundled(t, records)
	if n := len(files[bundleReport]); n > 1<<20 {
		t.Errorf("%d bytes", n)
	}
	for _, want := range []string{"<b>3000</b>report.connections", "<b>3000</b>report.problems", "× 3000", "report.more 2800", "report.more 2960"} {
		if !strings.Contains(files[bundleReport], want) {
			t.Errorf("the report lacks %q", want)
		}
	}
	if err := Bundle(full{}, seq(records), BundleConfig{Words: plainWords{}, Mask: NewMask(nil)}); err != errFull {
		t.Errorf("a full disk: %v", err)
	}
}

// Every text of a record may be as long as a server likes.
func TestAReportStaysSmallWithLongTexts(t *testing.T) {
	long := strings.Repeat("\u202e你", 100_000)
	header := map[string][]string{"X-Long": {long}}
	for i := range 1000 {
		header[fmt.Sprintf("X-%d", i)] = []string{"a"}
	}
	at := time.Date(2026, 11, 24, 10, 15, 0, 0, time.UTC)
	text := record.Record{Time: at, Target: long, ClientID: long, Conn: 1, Type: long, ID: long, Data: long, URL: long, Message: long, Detail: long, Header: header}
	var records []record.Record
	for _, kind := range []record.Kind{record.Subscribe, record.Open, record.Event, record.Problem, record.End} {
		text.Kind = kind
		records = append(records, text)
	}
	_, files := bundled(t, records)
	report := files[bundleReport]
	if len(report) > 1<<18 || strings.Contains(report, "\u202e") || !strings.Contains(report, `\u202e你`) || !strings.Contains(report, "901") {
		t.Errorf("a report of %d bytes", len(report))
	}
}
