package kit

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"sseconsole/ui/wording/catalogue"
)

// TextsOf returns the texts of a language as named in the settings; "" means the
// system's language.
func TextsOf(setting string) *catalogue.Texts {
	if setting == "" && strings.HasPrefix(string(lang.SystemLocale()), catalogue.Chinese) {
		setting = catalogue.Chinese
	}
	return catalogue.New(setting)
}

// TeachFyne makes Fyne's own dialogs and menus use the language of t. Fyne always
// uses the system's language, so this replaces the texts of every language it may
// use.
func TeachFyne(t *catalogue.Texts) {
	data, err := json.Marshal(t.Under("fyne."))
	if err != nil {
		panic(err) // the texts were read from JSON
	}
	system := lang.SystemLocale()
	for _, locale := range []fyne.Locale{"en", "zh-Hans", fyne.Locale(system.LanguageString())} {
		if err := lang.AddTranslationsForLocale(data, locale); err != nil {
			fyne.LogError("Fyne's own texts", err)
		}
	}
}
