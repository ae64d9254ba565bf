package text

import (
	"fmt"
	"image"
	"strings"
	"testing"
)

func TestPrintableReplacesRunesThatNoFontCovers(t *testing.T) {
	fonts := testFonts(t)
	for _, tt := range []struct{ name, text, want string }{
		{"Latin", "hello\n\tworld", "hello\n\tworld"},
		{"Chinese", "订阅 发送", "订阅 发送"},
		{"emoji", "👩‍👧 ❤️ 1️⃣", "👩‍👧 ❤️ 1️⃣"},
		{"spaces and controls", "a\u3000b\u00a0c\u0085", "a\u3000b\u00a0c\u0085"},
		{"Thai", "a ไทย ok", "a ไทย ok"},
		{"private use", "x\ue123订", "x\ufffd订"},
		{"broken UTF-8", "a\xffb", "a\ufffdb"},
	} {
		if got := fonts.Printable(tt.text); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPrintableReturnsACoveredStringItself(t *testing.T) {
	fonts, text := testFonts(t), strings.Repeat("订阅 hello ", 100)
	if n := testing.AllocsPerRun(10, func() { fonts.Printable(text) }); n != 0 {
		t.Errorf("%v allocations for a text with nothing to replace", n)
	}
}

func TestUnreadableFontIsNamed(t *testing.T) {
	if _, err := NewFonts([]byte("no font")); err == nil || !strings.HasPrefix(err.Error(), "text: fallback font: ") {
		t.Errorf("error %v", err)
	}
}

func TestEveryScriptIsDrawn(t *testing.T) {
	fonts := testFonts(t)
	s := fonts.Sized(26)
	unknown := fonts.sprite(s, "\ufffd", 1)
	for _, text := range []string{"a", "é", "e\u0301", "订", "한", "か\u3099", "↵", "·", "^M", "…", "●", "◌", "○", "⚠", "✗", "◇", "→"} {
		c := fonts.sprite(s, text, runeCells([]rune(text)[0]))
		if c.mask == nil || c.mask.Rect.Empty() || string(c.mask.Pix) == string(unknown.mask.Pix) {
			t.Errorf("%q is not drawn", text)
		}
	}
	for _, text := range []string{"😀", "👩‍👩‍👧‍👦", "🇨🇳", "❤️", "☕"} {
		if c := fonts.sprite(s, text, 2); c.picture == nil || c.picture.Rect.Dx() > 2*s.Cell {
			t.Errorf("%q is not drawn in colour in its two cells", text)
		}
	}
	for _, text := range []string{"\U0001b170", "\U0003ffff", "\U0001f9d1\u0e34"} {
		if c := fonts.sprite(s, text, 1); string(c.mask.Pix) != string(unknown.mask.Pix) {
			t.Errorf("%q is not shown as U+FFFD", text)
		}
	}
}

func TestJoinedEmojiIsOnePicture(t *testing.T) {
	fonts := testFonts(t)
	runes := []rune("👩‍👩‍👧‍👦")
	if run := fonts.shape(fonts.emoji.face(), runes, 20); len(run.Glyphs) != 1 {
		t.Errorf("%d glyphs", len(run.Glyphs))
	}
}

func TestEmojiThatDoNotJoinShareTheirCells(t *testing.T) {
	fonts := testFonts(t)
	s := fonts.Sized(26)
	c := fonts.sprite(s, "😀\u200d🚀", 2)
	if c.picture == nil || c.dx < -1 || c.dx+c.picture.Rect.Dx() > 2*s.Cell+1 {
		t.Errorf("from %d, %d wide in two cells of %d", c.dx, c.picture.Rect.Dx(), s.Cell)
	}
}

func TestMarkStandsOverItsLetter(t *testing.T) {
	fonts := testFonts(t)
	s := fonts.Sized(26)
	for _, text := range []string{"e\u0301", "x\u0301", "\u0123\u0301", "q\u0323"} {
		letter := []rune(text)[:1]
		plain, marked := fonts.sprite(s, string(letter), 1), fonts.sprite(s, text, 1)
		if marked.mask.Rect.Dy() == plain.mask.Rect.Dy() && string(marked.mask.Pix) == string(plain.mask.Pix) {
			t.Errorf("%q: the mark is not drawn", text)
		}
		if marked.dx < -1 || marked.dx+marked.mask.Rect.Dx() > s.Cell+1 {
			t.Errorf("%q: from %d, %d wide in a cell of %d", text, marked.dx, marked.mask.Rect.Dx(), s.Cell)
		}
	}
}

func TestSpriteCacheIsBounded(t *testing.T) {
	var cache spriteCache
	large := &sprite{mask: image.NewAlpha(image.Rect(0, 0, 1024, 1024))}
	for i := range 100 {
		cache.put(spriteKey{13, 1, fmt.Sprint(i)}, large)
	}
	if n := len(cache.young) + len(cache.old); n > 2*(spriteGeneration>>20) {
		t.Errorf("%d sprites of a mebibyte are cached", n)
	}
}

func TestSpriteInUseStaysCached(t *testing.T) {
	var cache spriteCache
	used := &sprite{mask: image.NewAlpha(image.Rect(0, 0, 8, 16))}
	other := &sprite{mask: image.NewAlpha(image.Rect(0, 0, 1024, 1024))}
	cache.put(spriteKey{13, 1, "used"}, used)
	for i := range 100 {
		if cache.get(spriteKey{13, 1, "used"}) != used {
			t.Fatalf("dropped after %d others", i)
		}
		cache.put(spriteKey{13, 1, fmt.Sprint(i)}, other)
	}
}

// BenchmarkNewCharacter measures drawing a character for the first time.
func BenchmarkNewCharacter(b *testing.B) {
	for _, bb := range []struct{ name, text string }{{"Latin", "Ä"}, {"Han", "龍"}, {"emoji", "👩‍👩‍👧‍👦"}} {
		b.Run(bb.name, func(b *testing.B) {
			fonts := testFonts(b)
			s, cells := fonts.Sized(13), Next(bb.text).Cells
			for b.Loop() {
				fonts.draw(s, bb.text, cells)
			}
		})
	}
}

func BenchmarkPrintableMebibyte(b *testing.B) {
	fonts, text := testFonts(b), strings.Repeat("订阅 hello ", 1<<20/13)
	for b.Loop() {
		fonts.Printable(text)
	}
}

func TestSizesAreBounded(t *testing.T) {
	fonts := testFonts(t)
	for px := range 1000 {
		fonts.Sized(px)
	}
	if len(fonts.sizes) > maxSizes {
		t.Errorf("%d sizes are cached", len(fonts.sizes))
	}
}
