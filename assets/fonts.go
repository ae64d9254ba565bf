package assets

import (
	"compress/gzip"
	"embed"
	"io"
)

// FallbackFont returns Droid Sans Fallback, a TrueType font of some 33,000
// Chinese, Japanese and Korean characters. It has no Latin letters: use it as a
// fallback for a font that has them. The caller must not change the bytes. Its
// licence, Apache 2.0, is next to it in fonts/.
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
