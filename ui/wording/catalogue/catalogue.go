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

// The names of the languages, as in the settings and on the command line.
const (
	English = "en"
	Chinese = "zh"
)

// Texts has the texts of one language, from assets/translations. It may be used from
// any goroutine.
type Texts struct {
	Language  string
	localizer *i18n.Localizer
	messages  map[string]json.RawMessage
}

// Languages returns the names of the languages.
func Languages() []string { return []string{English, Chinese} }

// New returns the texts of a language, or of English for an unknown name.
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
		panic(err) // an embedded file, checked by a test
	}
	return t
}

// T returns the text of key. {{.Name}} in it becomes the value that follows "Name" in
// pairs; the value of "N" chooses the plural form.
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
		return key // a test finds missing keys
	}
	return text
}

// Has reports whether there is a text for key.
func (t *Texts) Has(key string) bool {
	_, ok := t.messages[key]
	return ok
}

// Keys returns the keys of all texts, in no order.
func (t *Texts) Keys() iter.Seq[string] { return maps.Keys(t.messages) }

// Under returns the texts whose keys begin with prefix, by the rest of their keys.
func (t *Texts) Under(prefix string) map[string]json.RawMessage {
	part := map[string]json.RawMessage{}
	for key, text := range t.messages {
		if own, ok := strings.CutPrefix(key, prefix); ok {
			part[own] = text
		}
	}
	return part
}

// OneLine replaces line breaks and tabs in s by visible characters.
func OneLine(s string) string { return lineBreaks.Replace(s) }

var lineBreaks = strings.NewReplacer("\r\n", "↵", "\n", "↵", "\r", "↵", "\t", "⇥")

// Shortened returns s if it has at most most bytes. Otherwise it returns a prefix of s,
// cut between characters, and an ellipsis.
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
