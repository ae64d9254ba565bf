package record

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEveryKindHasAName(t *testing.T) {
	seen := map[string]bool{}
	for k := Subscribe; k <= Redirect; k++ {
		name := k.String()
		if name == "" || seen[name] {
			t.Errorf("kind %d is named %q", k, name)
		}
		seen[name] = true
	}
}

func decode(t *testing.T, r Record) map[string]any {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	if strings.ContainsRune(string(b), '\n') {
		t.Errorf("a line feed inside the line: %s", b)
	}
	var m map[string]any
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestNDJSONLosesNoByte(t *testing.T) {
	valid := "订阅\n\x00 \"quoted\" \u2028"
	invalid := "a\xffb\xe4\xb8"
	m := decode(t, Record{Seq: 7, Kind: Event, Data: valid, Raw: []byte(invalid)})
	if m["data"] != valid {
		t.Errorf("data came back as %q", m["data"])
	}
	raw, _ := m["raw"].(map[string]any)
	b, err := base64.StdEncoding.DecodeString(raw["base64"].(string))
	if err != nil || string(b) != invalid {
		t.Errorf("raw came back as %q, %v", b, err)
	}
}

func TestNDJSONOmitsUnknownValues(t *testing.T) {
	m := decode(t, Record{Seq: 1, Kind: Open, Status: 200, Took: 1500 * time.Microsecond})
	if _, ok := m["data"]; ok {
		t.Error("an open record has data")
	}
	if m["took_ms"] != 1.5 {
		t.Errorf("took_ms = %v", m["took_ms"])
	}
	if m := decode(t, Record{Kind: Event}); m["data"] != "" {
		t.Errorf("an event with empty data has data %v", m["data"])
	}
	if m := decode(t, Record{Kind: Reconnect}); m["delay_ms"] != 0.0 {
		t.Errorf("a reconnect at once has delay_ms %v", m["delay_ms"])
	}
}

// Programs that read the files of earlier versions look for a subject in url.
func TestASubjectIsAlsoWrittenAsURL(t *testing.T) {
	notice := NewNotice(NoticeSaved, "/a file", "")
	if got := string(notice.AppendNDJSON(nil)); !strings.Contains(got, `"subject":"/a file"`) || !strings.Contains(got, `"url":"/a file"`) {
		t.Error(got)
	}
	for _, line := range []string{
		`{"kind":"notice","url":"/a file"}`, // as earlier versions wrote it
		`{"url":"/a file","kind":"notice","subject":"/a file"}`,
		`{"kind":"notice","subject":"/a file"}`,
	} {
		var r Record
		if err := json.Unmarshal([]byte(line), &r); err != nil || r.Subject != "/a file" || r.URL != "" {
			t.Errorf("%s: %+v, %v", line, r, err)
		}
	}
	var r Record
	if err := json.Unmarshal([]byte(`{"kind":"send","url":"http://h"}`), &r); err != nil || r.URL != "http://h" || r.Subject != "" {
		t.Errorf("%+v, %v", r, err)
	}
}

// A code that is missing in the table would be a row of every log, and have no text.
func TestEveryNoticeIsInTheTable(t *testing.T) {
	source, err := os.ReadFile("notice.go")
	if err != nil {
		t.Fatal(err)
	}
	topics := map[Topic]int{}
	for _, m := range regexp.MustCompile(`NoticeCode += "(\w+)"`).FindAllStringSubmatch(string(source), -1) {
		code := NoticeCode(m[1])
		if !slices.Contains(NoticeCodes(), code) {
			t.Errorf("%s is not in the table", code)
		}
		topics[code.Topic()]++
	}
	if topics[OfStream] < 20 || topics[News] < 5 || topics[Trouble] < 10 {
		t.Errorf("topics: %v", topics)
	}
	if NoticeCode("of a later version").Topic() != OfStream {
		t.Error("what a later version notices is hidden")
	}
}

func TestEveryNoticeHasItsOwnCode(t *testing.T) {
	seen := map[NoticeCode]bool{}
	for _, code := range NoticeCodes() {
		if notice := NewNotice(code, "", ""); seen[code] || code == "" || notice.Notice() != code {
			t.Errorf("%q is there twice, or %q", code, notice.Notice())
		}
		seen[code] = true
	}
	if event := (Record{Kind: Event, Type: string(NoticeSaved)}); event.Notice() != "" {
		t.Errorf("an event is treated as a notice, %q", event.Notice())
	}
}
