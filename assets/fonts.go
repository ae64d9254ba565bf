package assets

import (
	"compress/gzip"
	"embed"
	"io"
)

// HanFont returns Noto Sans SC with the characters of GB 2312, kana, and the punctuation
// and full-width forms around them, regular or bold. It has no Latin letters:
// use it as a fallback for a font that has them. The caller must not change the
// bytes. scripts/fonts.sh makes it; its licence, SIL Open Font License, is next to it in
// fonts/.
func HanFont(bold bool) []byte {
	if bold {
		return hanBold
	}
	return hanRegular
}

//go:embed fonts/NotoSansSC-Regular.otf
var hanRegular []byte

//go:embed fonts/NotoSansSC-Bold.otf
var hanBold []byte

// FallbackFont returns Droid Sans Fallback, a TrueType font with some 26,000 Chinese,
// Japanese and Korean characters that HanFont lacks. It has no Latin letters. The caller
// must not change the bytes. Its licence, Apache 2.0, is next to it in fonts/.
func FallbackFont() []byte { return fallbackFont }

//go:embed fonts/DroidSansFallback.ttf
var fallbackFont []byte

// ScriptFont returns a font for a script, given by its ISO 15924 code such as "Thai",
// or nil if there is none. "Zsym", "Zsym2" and "Zmth" have symbols; "Zzzz" has a shape
// for every character of the Basic Multilingual Plane. Unpacking takes some
// milliseconds, about fifty for "Zzzz", on every call. The licences, all SIL Open Font
// License, are next to the fonts.
func ScriptFont(code string) []byte {
	file, err := scriptFonts.Open("fonts/scripts/" + code + ".gz")
	if err != nil {
		return nil
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return nil
	}
	content, err := io.ReadAll(unpacked)
	if err != nil {
		return nil
	}
	return content
}

//go:embed fonts/scripts/*.gz
var scriptFonts embed.FS
