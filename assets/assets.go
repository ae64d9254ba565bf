// Package assets embeds the program's data: the icon, the texts in both languages, and
// fonts for characters that the default fonts lack.
package assets

import "embed"

// Icon is the program's icon, a PNG of 256 by 256 pixels.
//
//go:embed icon.png
var Icon []byte

// Swap is the icon of going back and forth between two things, as SVG.
//
//go:embed swap.svg
var Swap []byte

//go:embed translations/*.json
var translations embed.FS

// Translation returns the texts of a language, "en" or "zh", as flat JSON in the format
// of go-i18n. It returns nil for any other name.
func Translation(language string) []byte {
	data, err := translations.ReadFile("translations/" + language + ".json")
	if err != nil {
		return nil
	}
	return data
}
