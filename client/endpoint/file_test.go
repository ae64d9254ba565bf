package endpoint

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

// whole returns a file with a value in every field.
func whole() File {
	n := 7
	call := func(kind string) *Call {
		return &Call{
			Method: "PUT", URL: "{base}/x?<&>", Query: []Param{{"q", "{content}"}}, Header: []Param{{"X-A", "{{h}}"}},
			Body: &Body{Kind: kind, Text: `"{content}"`, Form: []Param{{"f", "v"}}}, LongAsForm: true,
			Auth: &Auth{Kind: AuthHeader, Name: "X-Key", Value: "{k}"}, Expect: Expect{Status: "2xx", JQ: ".a"},
		}
	}
	return File{
		Version: 1, Active: "dev",
		Targets: []Spec{{
			Name: "one", Shape: ShapeGET, Note: "a note", Subscribe: *call(BodyJSON), Send: call(BodyForm), Close: call(BodyText),
			Variables: []Variable{{Name: "base", Value: "http://h"}, {Name: "k", Secret: true}}, Auth: Auth{Kind: AuthBasic, User: "u", Value: "{k}"},
			Connection: Connection{MinTLS: "1.3", ConnectTimeout: Duration(1500 * time.Millisecond)}, Cookies: true,
			LastEventID: "9", ReconnectionTime: Duration(time.Second), MaxReconnects: &n, EndMarker: "[DONE]",
		}, {Name: "two", Subscribe: Call{URL: "http://h"}}},
		Environments: []Environment{{Name: "dev", Variables: []Variable{{Name: "h", Value: "x"}, {Name: "t", Secret: true}}}, {Name: "prod"}},
	}
}

func TestAFileSurvivesWritingAndReading(t *testing.T) {
	want := whole()
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(append([]byte("\xef\xbb\xbf"), data...))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n%s\n%+v", err, data, got)
	}
	if !strings.Contains(string(data), "?<&>") {
		t.Errorf("not readable:\n%s", data)
	}
}

func TestNoSecretIsWrittenToAFile(t *testing.T) {
	file := whole()
	file.Targets[0].Variables[1].Value = "s3cret-1"
	file.Environments[0].Variables[1].Value = "s3cret-2"
	file.Targets[1].Subscribe = Call{URL: "http://u:s3cret-3@h?token=s3cret-4", Header: []Param{{"Authorization", "Bearer s3cret-5"}}}
	data, err := file.Encode()
	if err != nil || strings.Contains(string(data), "s3cret") {
		t.Errorf("%v\n%s", err, data)
	}
	if _, err := Decode(data); err != nil {
		t.Error(err)
	}
	if file.Targets[0].Variables[1].Value == "" {
		t.Error("Encode changed the file")
	}
}

func TestTheErrorSaysWhereAndWhyAFileIsWrong(t *testing.T) {
	const target = `{"version": 1, "targets": [` + "\n" + `{"name": "a", "subscribe": {"url": "http://h"}%s}%s]}`
	for name, tt := range map[string]struct{ text, want string }{
		"nothing":        {"", "1:1  syntax"},
		"not JSON":       {"{\n  nope", "2:4  syntax"},
		"cut off":        {`{"version": 1,`, "1:15  syntax"},
		"something else": {`[]`, "1:1  wrong_type"},
		"no version":     {"{}", "1:1 version wrong_version"},
		"next version":   {"{\n \"fresh\": {},\n \"version\": 2}", "3:2 version newer_version"},
		"unknown field":  {"{\"version\": 1,\n  \"target\": []}", "2:3 target unknown_field"},
		"unknown deep":   {fmt.Sprintf(target, ",\n \"send\": {\"url\": \"http://h\", \"headers\": []}", ""), "3:30 targets[0].send.headers unknown_field"},
		"other case":     {"{\"version\": 1, \"Targets\": []}", "1:16 Targets unknown_field"},
		"twice":          {"{\"version\": 1, \"version\": 1}", "1:16 version field_twice"},
		"type":           {fmt.Sprintf(target, `, "cookies": "yes"`, ""), "2:60 targets[0].cookies wrong_type"},
		"duration":       {fmt.Sprintf(target, `, "reconnection_time": "3"`, ""), "2:70 targets[0].reconnection_time wrong_type"},
		"same name":      {fmt.Sprintf(target, "", `,`+"\n"+` {"name": "a", "subscribe": {"url": "http://h"}}`), "3:3 targets[1].name duplicate"},
		"bad value":      {fmt.Sprintf(target, ", \"send\": {\n\"url\": \"http://h\",\n\"body\": {\"kind\": \"xml\"}}", ""), "4:10 targets[0].send.body.kind unknown_value"},
		"secret":         {fmt.Sprintf(target, `, "variables": [{"name": "a", "value": "x", "secret": true}]`, ""), "2:77 targets[0].variables[0].value secret_in_file"},
		"active":         {"{\"version\": 1, \"active\": \"x\"}", "1:16 active not_in_file"},
		"header":         {fmt.Sprintf(target, `, "send": {"url":"http://h","header":[{"name":"a b","value":""}]}`, ""), "2:86 targets[0].send.header[0].name bad_header_name"},
		"after the end":  {`{"version": 1} x`, "1:16  syntax"},
		"not UTF-8":      {"{\"version\": 1, \"active\": \"\xff\"}", "1:27 active syntax"},
	} {
		_, err := Decode([]byte(tt.text))
		var e *FileError
		if !errors.As(err, &e) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := fmt.Sprintf("%d:%d %s %s", e.Line, e.Column, e.Problem.Field, e.Problem.Code); got != tt.want {
			t.Errorf("%s: got %s, want %s (%v)\n%s", name, got, tt.want, err, tt.text)
		}
	}
}

func TestAFileWithWarningsIsRead(t *testing.T) {
	const text = `{"version": 1, "targets": [{"name": "a", "subscribe": {"method": "GET", "url": "http://h", "body": {"kind": "text"}}}]}`
	if _, err := Decode([]byte(text)); err != nil {
		t.Error(err)
	}
}

func FuzzDecode(f *testing.F) {
	data, err := whole().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"version":1,"targets":[{"name":"a","subscribe":{"url":"http://u:p@h?token=x","header":[{"name":"Cookie","value":"x"}]}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Decode(data)
		var e *FileError
		if err != nil {
			if !errors.As(err, &e) || e.Line < 1 || e.Column < 1 {
				t.Fatalf("%q: %v", data, err)
			}
			return
		}
		first, err := file.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(first)
		if err != nil {
			t.Fatalf("%v\n%s", err, first)
		}
		if second, err := again.Encode(); err != nil || string(first) != string(second) {
			t.Fatalf("%v\n%s\n%s", err, first, second)
		}
	})
}

func TestTheExampleInTheDocumentationIsRead(t *testing.T) {
	text, err := os.ReadFile("../../docs/targets.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := 0
	for block := range strings.SplitSeq(string(text), "```json\n") {
		block, _, found := strings.Cut(block, "\n```")
		if !found || !strings.Contains(block, `"version"`) {
			continue
		}
		examples++
		if _, err := Decode([]byte(block)); err != nil {
			t.Errorf("%v\n%s", err, block)
		}
	}
	if examples == 0 {
		t.Error("there are no examples")
	}
}
