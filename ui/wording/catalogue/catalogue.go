// Package catalogue has the texts of the program in each of its languages, and
// the units that they are written with. It knows nothing of what they are about.
package catalogue

import (
	"encoding/json"
	"iter"
	"maps"
	"strings"
	"unicode/utf8"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"sseconsole/assets"
)

// The languages of the window, by the names that the settings keep and --lang takes.
const (
	English = "en"
	Chinese = "zh"
)

// Texts gives the texts in one language, from the catalogue in
// assets/translations. It may be used from any goroutine.
type Texts struct {
	Language  string
	localizer *i18n.Localizer
	messages  map[string]json.RawMessage
}

// Languages returns the names of the languages, as the settings and the command
// line have them.
func Languages() []string { return []string{English, Chinese} }

// New returns the texts of a language, English for one that is not
// spoken.
func New(name string) *Texts {
	if name != Chinese {
		name = English
	}
	tag := language.English
	if name == Chinese {
		tag = language.SimplifiedChinese
	}
	bundle := i18n.NewBundle(tag)
	bundle.RegisterUnmarshalFunc("json", json.Unmarshal)
	data := assets.Translation(name)
	bundle.MustParseMessageFileBytes(data, tag.String()+".json")
	t := &Texts{Language: name, localizer: i18n.NewLocalizer(bundle, tag.String())}
	if err := json.Unmarshal(data, &t.messages); err != nil {
		panic(err) // an embedded file, read by a test
	}
	return t
}

// T returns the text of key, with {{.Name}} replaced by the value that follows
// "Name" in pairs. If "N" is among the names, its value chooses the plural.
func (t *Texts) T(key string, pairs ...any) string {
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
	text, err := t.localizer.Localize(&cfg)
	if err != nil {
		return key // a test finds every key that is missing
	}
	return text
}

// Has reports whether the catalogue has key.
func (t *Texts) Has(key string) bool {
	_, ok := t.messages[key]
	return ok
}

// Keys returns the key of every text.
func (t *Texts) Keys() iter.Seq[string] { return maps.Keys(t.messages) }

// Under returns the part of the catalogue whose keys begin with a prefix, by what
// follows it.
func (t *Texts) Under(prefix string) map[string]json.RawMessage {
	part := map[string]json.RawMessage{}
	for key, text := range t.messages {
		if own, ok := strings.CutPrefix(key, prefix); ok {
			part[own] = text
		}
	}
	return part
}

// OneLine keeps a text on its line and in its column.
func OneLine(s string) string { return lineBreaks.Replace(s) }

var lineBreaks = strings.NewReplacer("\r\n", "↵", "\n", "↵", "\r", "↵", "\t", "⇥")

// Shortened returns s, or its first most bytes, without half a character, and an
// ellipsis.
func Shortened(s string, most int) string {
	if len(s) <= most {
		return s
	}
	n := most
	for n > most-utf8.UTFMax && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
