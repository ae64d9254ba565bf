// Package assets holds the program's embedded data: the icon, the texts of the
// window in both languages and fonts for what the default fonts lack. It has no
// logic.
package assets

import "embed"

// Icon is the program's icon, a PNG of 256 by 256 pixels.
//
//go:embed icon.png
var Icon []byte

//go:embed translations/*.json
var translations embed.FS

// Translation returns the catalogue of a language, "en" or "zh", as flat JSON
// in the form of go-i18n. It returns nil for any other name.
func Translation(language string) []byte {
	data, err := translations.ReadFile("translations/" + language + ".json")
	if err != nil {
		return nil
	}
	return data
}
