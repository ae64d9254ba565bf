package pretty

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"sseconsole/client/jq"
)

// Every path selects its value, however its names are written.
func TestPathsSelectTheirValuesInJQ(t *testing.T) {
	const data = `{"a":{"b c":[10,[11],{"x":12}],"":13,"a\"b":14,"a\\b":15,"\\(1)":16,"é":17,"and":18,"if":[],"a-b":{},"1":19,"_1":20,` +
		`"\ud83d\ude00":21,"\u202e":22,"n\nl":23,"big":1e400,"s":"a, b: {"},"empty":{"o":{},"l":[]}}`
	text, err := Text(t.Context(), JSON, data)
	if err != nil {
		t.Fatal(err)
	}
	at := 0
	for line := range strings.Lines(text) {
		v, ok := ValueAt(text, at)
		at += len(line)
		if !ok {
			t.Errorf("no value on %q", line)
			continue
		}
		source := v.Source(text)
		if !json.Valid([]byte(source)) {
			t.Errorf("%s is %s", v.Path, source)
		}
		q, err := jq.Compile(v.Path + " == (" + strconv.Quote(strings.ReplaceAll(source, "\\ud83d\\ude00", "😀")) + " | fromjson)")
		if strings.Contains(source, "\\") {
			q, err = jq.Compile(v.Path + " != null")
		}
		if err != nil {
			t.Errorf("%s: %v", v.Path, err)
			continue
		}
		for result, err := range q.Run(t.Context(), time.Minute, data) {
			if err != nil || result != true {
				t.Errorf("%s selects another value than %s: %v, %v", v.Path, source, result, err)
			}
		}
	}
	for part, want := range map[string]string{"10": `.a["b c"][0]`, "11": `.a["b c"][1][0]`, "12": `.a["b c"][2].x`, "13": `.a[""]`, "19": `.a["1"]`, "20": "._1", "{": "."} {
		if v, _ := ValueAt(text, strings.Index(text, part)); !strings.HasSuffix(v.Path, want) {
			t.Errorf("%s: %s, want %s", part, v.Path, want)
		}
	}
	if v, _ := ValueAt(text, len(text)-1); v.Path != "." || v.To != len(text) {
		t.Errorf("at the end %+v", v)
	}
	if v, _ := ValueAt(text, strings.Index(text, `"s": `)); v.Text(text) != "a, b: {" {
		t.Errorf("the text is %q", v.Text(text))
	}
}

func TestAPartIsCopiedAsIfItStoodAlone(t *testing.T) {
	text, err := Text(t.Context(), JSON, `{"a":{"b":[1,{"c":"x\n  y"}]}}`)
	if err != nil {
		t.Fatal(err)
	}
	v, _ := ValueAt(text, strings.Index(text, `"b"`))
	if got, want := v.Source(text), "[\n  1,\n  {\n    \"c\": \"x\\n  y\"\n  }\n]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// jq reads the last of several members of one name.
func TestAValueHiddenByALaterMemberIsKnown(t *testing.T) {
	text, err := Text(t.Context(), JSON, `{"a":{"b":[10,11],"c":12},"\u0061":{"b":[13,14],"b":15},"d":{"b":16}}`)
	if err != nil {
		t.Fatal(err)
	}
	for part, want := range map[string]bool{"10": true, "11": true, "12": true, "13": true, "14": true, "15": false, "16": false} {
		if v, ok := ValueAt(text, strings.Index(text, part)); !ok || v.Shadowed(text) != want {
			t.Errorf("%s at %s: hidden is %v", part, v.Path, !want)
		}
	}
	if v, _ := ValueAt(text, 0); v.Shadowed(text) {
		t.Error("the whole is hidden")
	}
}

// BenchmarkPath measures a path at the end of a long text.
func BenchmarkPath(b *testing.B) {
	text, err := Text(b.Context(), JSON, "["+strings.Repeat(`{"a":1},`, 1<<19)+"1]")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		ValueAt(text, len(text)-3)
	}
}
