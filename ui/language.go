package ui

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// textsOf returns the texts of a language by the name that the settings keep; ""
// is the system's.
func textsOf(setting string) *texts {
	if setting == "" && strings.HasPrefix(string(lang.SystemLocale()), chinese) {
		setting = chinese
	}
	return newTexts(setting)
}

// teachFyne makes Fyne's own dialogs and menus speak this language. Fyne has
// only the system's language and no switch, so the texts that it would show
// are replaced, whichever language it believes to speak.
func teachFyne(t *texts) {
	data, err := json.Marshal(t.under("fyne."))
	if err != nil {
		panic(err) // texts came from JSON
	}
	system := lang.SystemLocale()
	for _, locale := range []fyne.Locale{"en", "zh-Hans", fyne.Locale(system.LanguageString())} {
		if err := lang.AddTranslationsForLocale(data, locale); err != nil {
			fyne.LogError("Fyne's own texts", err)
		}
	}
}
