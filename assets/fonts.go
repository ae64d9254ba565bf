package assets

import _ "embed"

// FallbackFont returns Droid Sans Fallback, a TrueType font of some 33,000
// Chinese, Japanese and Korean characters. It has no Latin letters: use it
// behind a font that has them. The caller must not change the bytes. Its
// licence, Apache 2.0, lies beside it in fonts/.
func FallbackFont() []byte { return fallbackFont }

//go:embed fonts/DroidSansFallback.ttf
var fallbackFont []byte
