package assets

import (
	"compress/gzip"
	"embed"
	"io"
)

// FallbackFont returns Droid Sans Fallback, a TrueType font of some 33,000
// Chinese, Japanese and Korean characters. It has no Latin letters: use it
// behind a font that has them. The caller must not change the bytes. Its
// licence, Apache 2.0, lies beside it in fonts/.
func FallbackFont() []byte { return fallbackFont }

//go:embed fonts/DroidSansFallback.ttf
var fallbackFont []byte

// ScriptFont returns a font for a script, named by its ISO 15924 code such as
// "Thai"; "Zsym", "Zsym2" and "Zmth" have symbols, and "Zzzz" has some shape for
// every character of the Basic Multilingual Plane. It returns nil if there is
// none. It takes some milliseconds, for "Zzzz" some fifty, and keeps nothing. The
// licences, all of them the SIL Open Font License, lie beside them.
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
