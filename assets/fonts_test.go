package assets

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font"
)

func TestEveryScriptFontCanBeRead(t *testing.T) {
	files, err := scriptFonts.ReadDir("fonts/scripts")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d fonts, %v", len(files), err)
	}
	for _, file := range files {
		code := strings.TrimSuffix(file.Name(), ".gz")
		if _, err := font.ParseTTF(bytes.NewReader(ScriptFont(code))); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	if ScriptFont("Xxxx") != nil || ScriptFont("../x") != nil {
		t.Error("a font that is not there")
	}
}
