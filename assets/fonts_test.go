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

// parse returns a font, which must be readable.
func parse(t *testing.T, content []byte) *font.Face {
	t.Helper()
	face, err := font.ParseTTF(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	return face
}

func TestTheChineseFontsHaveTheSameCharactersAndSimplifiedPunctuation(t *testing.T) {
	regular, bold, fallback := parse(t, HanFont(false)), parse(t, HanFont(true)), parse(t, FallbackFont())
	count := 0
	for r := rune(0x20); r < 0x20000; r++ {
		g, inRegular := regular.NominalGlyph(r)
		if b, inBold := bold.NominalGlyph(r); inRegular != inBold || inRegular && regular.HorizontalAdvance(g) != bold.HorizontalAdvance(b) {
			t.Fatalf("%q differs between the weights", r)
		}
		if _, again := fallback.NominalGlyph(r); again && inRegular {
			t.Fatalf("%q is in two fonts", r)
		}
		if inRegular && r >= 0x4e00 && r < 0xa000 {
			count++
		}
	}
	if count != 6763 {
		t.Errorf("%d characters of GB 2312", count)
	}
	for _, r := range "订阅发送关闭，。：；！？（）、《》「」" {
		if _, ok := regular.NominalGlyph(r); !ok {
			t.Errorf("%q is missing", r)
		}
	}
	for _, r := range "，。、" { // at the lower left in simplified Chinese, in the middle in traditional
		g, _ := regular.NominalGlyph(r)
		box, _ := regular.GlyphExtents(g)
		if middle := box.XBearing + box.Width/2; middle > 400 || box.YBearing > 400 {
			t.Errorf("%q is drawn around %v, up to %v, of 1000", r, middle, box.YBearing)
		}
	}
	for _, r := range "龍訂閱한국어" {
		if _, ok := fallback.NominalGlyph(r); !ok {
			t.Errorf("%q is missing in the fallback", r)
		}
	}
	if g, ok := regular.NominalGlyph(' '); !ok || regular.HorizontalAdvance(g) != 260 {
		t.Error("a space after Han is not as wide as that of Noto Sans")
	}
	if size := len(HanFont(false)) + len(HanFont(true)); size > 6<<20 {
		t.Errorf("%d bytes", size)
	}
}
