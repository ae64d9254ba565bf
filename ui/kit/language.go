package kit

import (
	"encoding/json"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"sseconsole/ui/wording/catalogue"
)

// TextsOf returns the texts of a language by the name that the settings keep; ""
// is the system's.
func TextsOf(setting string) *catalogue.Texts {
	if setting == "" && strings.HasPrefix(string(lang.SystemLocale()), catalogue.Chinese) {
		setting = catalogue.Chinese
	}
	return catalogue.New(setting)
}

// TeachFyne makes Fyne's own dialogs and menus speak this language. Fyne has
// only the system's language and no switch, so the texts that it would show
// are replaced, whichever language it believes to speak.
func TeachFyne(t *catalogue.Texts) {
	data, err := json.Marshal(t.Under("fyne."))
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
