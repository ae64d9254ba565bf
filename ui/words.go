package ui

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"sseconsole/assets"
)

// The languages of the window, by the names that the settings keep.
const (
	english = "en"
	chinese = "zh"
)

// words gives the window's texts in one language, from the catalogue in
// assets/translations. It may be used from any goroutine.
type words struct {
	language  string
	localizer *i18n.Localizer
	catalogue map[string]json.RawMessage
}

// newWords returns the texts of a language; "" is the system's, and English
// if the window does not speak that.
func newWords(name string) *words {
	if name == "" {
		name = english
		if strings.HasPrefix(string(lang.SystemLocale()), chinese) {
			name = chinese
		}
	}
	tag := language.English
	if name == chinese {
		tag = language.SimplifiedChinese
	}
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	data := assets.Translation(name)
	bundle.MustParseMessageFileBytes(data, tag.String()+".json")
	w := &words{language: name, localizer: i18n.NewLocalizer(bundle, tag.String())}
	if err := json.Unmarshal(data, &w.catalogue); err != nil {
		panic(err) // an embedded file, read by a test
	}
	return w
}

// T returns the text of key, with {{.Name}} replaced by the value that follows
// "Name" in pairs. If "N" is among the names, its value chooses the plural.
func (w *words) T(key string, pairs ...any) string {
	cfg := i18n.LocalizeConfig{MessageID: key}
	if len(pairs) > 0 {
		data := make(map[string]any, len(pairs)/2)
		for i := 0; i+1 < len(pairs); i += 2 {
			name := pairs[i].(string)
			data[name] = pairs[i+1]
			if name == "N" {
				cfg.PluralCount = pairs[i+1]
			}
		}
		cfg.TemplateData = data
	}
	text, err := w.localizer.Localize(&cfg)
	if err != nil {
		return key // a test finds every key that is missing
	}
	return text
}

// has tells whether the catalogue has key.
func (w *words) has(key string) bool {
	_, ok := w.catalogue[key]
	return ok
}

// teachFyne makes Fyne's own dialogs and menus speak this language. Fyne has
// only the system's language and no switch, so the texts that it would show
// are replaced, whichever language it believes to speak.
func (w *words) teachFyne() {
	const prefix = "fyne."
	texts := map[string]json.RawMessage{}
	for key, text := range w.catalogue {
		if own, ok := strings.CutPrefix(key, prefix); ok {
			texts[own] = text
		}
	}
	data, err := json.Marshal(texts)
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

// duration words a length of time as short as it stays exact enough: 7 ms,
// 1.3 s, 2 min 5 s.
func (w *words) duration(d time.Duration) string {
	switch {
	case d < 0:
		return w.duration(0)
	case d == 0:
		return w.T("duration.s", "S", "0")
	case d < 10*time.Millisecond:
		text := fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond))
		return w.T("duration.ms", "Ms", strings.TrimSuffix(text, ".0"))
	case d < time.Second:
		return w.T("duration.ms", "Ms", d.Round(time.Millisecond).Milliseconds())
	case d < time.Minute:
		text := fmt.Sprintf("%.1f", d.Seconds())
		return w.T("duration.s", "S", strings.TrimSuffix(text, ".0"))
	}
	minutes := d.Round(time.Second) / time.Minute
	return w.T("duration.min", "Min", int(minutes), "S", int((d.Round(time.Second) - minutes*time.Minute).Seconds()))
}

// countdown words the time left, in whole seconds rounded up, so that it ends
// at 1 and not at 0.
func (w *words) countdown(d time.Duration) string {
	return w.T("duration.s", "S", max(0, int((d+time.Second-1)/time.Second)))
}

// size words a number of bytes in binary units.
func (w *words) size(n int64) string {
	switch {
	case n < 1<<10:
		return w.T("size.bytes", "N", n)
	case n < 1<<20:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	case n < 1<<30:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
}
