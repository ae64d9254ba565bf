package judge

import (
	"encoding/json"
	"strings"
	"testing"
)

// parsed reads a text in pieces of a given size.
func parsed(text []byte, size int) *jsonText {
	var j jsonText
	j.reset()
	for at := 0; at < len(text); at += size {
		j.write(text[at:min(len(text), at+size)], int64(at))
	}
	j.finish(int64(len(text)))
	return &j
}

// encoding/json is the oracle of what JSON is.
func FuzzJSONIsWhatTheStandardLibraryTakes(f *testing.F) {
	for _, text := range []string{
		"", " ", "0", "-0.5e+7", "01", "1.", "-", "1e", `"a\u00e9\n"`, `"\x"`, `"\u12g4"`, "\"\t\"", "true", "nul", "truex", "[]", "[1,]", "[1 2]", "{}", `{"a":1,"b":[{}]}`,
		`{"a":1,}`, `{"a" 1}`, `{a:1}`, `{"a":1}}`, "[[", "]", "\"\xff\"", strings.Repeat("[", jsonDepth), "{}\n{}", `"\ud83d"`, "\uFEFF1", "NaN", "-Infinity", "'a'",
	} {
		f.Add([]byte(text), byte(3))
	}
	f.Fuzz(func(t *testing.T, text []byte, size byte) {
		whole := parsed(text, len(text)+1)
		if cut := parsed(text, int(size)%7+1); *whole != *cut {
			t.Errorf("%q is read otherwise in pieces of %d", text, int(size)%7+1)
		}
		if whole.tooDeep {
			return
		}
		if valid := json.Valid(text); valid != (whole.flaw == flawNone) {
			t.Errorf("%q: flaw %d, but validity %v", text, whole.flaw, valid)
		}
	})
}

func TestAFlawIsNamedAndFoundInItsPlace(t *testing.T) {
	for text, want := range map[string]struct {
		flaw flaw
		at   int64
	}{
		`{"a":1,}`:      {flawComma, 7},
		`[1, ]`:         {flawComma, 4},
		`[,1]`:          {flawOther, 1},
		`{"a":NaN}`:     {flawNaN, 5},
		`[-Infinity]`:   {flawNaN, 1},
		`{'a':1}`:       {flawLanguage, 1},
		`{"a": None}`:   {flawLanguage, 6},
		`{"a":1`:        {flawCut, 6},
		`{"a":"x`:       {flawCut, 7},
		"{}\n{}":        {flawSecond, 3},
		`{"a":tru}`:     {flawOther, 5},
		"{\"a\":\"\x01": {flawOther, 6},
	} {
		if j := parsed([]byte(text), 100); j.flaw != want.flaw || j.flawAt != want.at {
			t.Errorf("%q: flaw %d at %d, want %d at %d", text, j.flaw, j.flawAt, want.flaw, want.at)
		}
	}
}
