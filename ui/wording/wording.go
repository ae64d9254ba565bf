package wording

import (
	"strings"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording/catalogue"
)

// Words says things in one language. It may be used from any goroutine.
type Words struct{ Texts *catalogue.Texts }

// New returns the words of a language of [catalogue.Languages], or of English for any
// other name.
func New(language string) Words { return Of(catalogue.New(language)) }

// Of returns the words that use the texts t.
func Of(t *catalogue.Texts) Words { return Words{t} }

// T returns the text of key; see [catalogue.Texts.T].
func (w Words) T(key string, pairs ...any) string { return w.Texts.T(key, pairs...) }

func (w Words) has(key string) bool { return w.Texts.Has(key) }

// Join joins the parts that are not empty with a dot.
func (w Words) Join(parts ...string) string {
	var filled []string
	for _, p := range parts {
		if p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, " · ")
}

// List returns names as a list within a sentence.
func (w Words) List(names ...string) string { return strings.Join(names, w.T("list.separator")) }

// coded returns the text of prefix+code. A code of a newer version has no text and is
// returned as it is, with a note.
func (w Words) coded(prefix, code string, pairs ...any) string {
	switch {
	case code == "":
		return ""
	case !w.has(prefix + code):
		return w.T("row.unknown", "Code", code)
	}
	return w.T(prefix+code, pairs...)
}

// some returns the text of key, "" if there is none.
func (w Words) some(key string) string {
	if !w.has(key) {
		return ""
	}
	return w.T(key)
}

// Labelled returns text with a label in front.
func (w Words) Labelled(label, text string) string {
	return w.T("labelled", "Label", label, "Text", text)
}

// TargetName returns a record's target as rows show it.
func (w Words) TargetName(name string) string {
	if name == record.EmbeddedTarget {
		return w.T("target.embedded")
	}
	return name
}

// Duration formats a duration; see [catalogue.Texts.Duration].
func (w Words) Duration(d time.Duration) string { return w.Texts.Duration(d) }

// Size formats a number of bytes; see [catalogue.Texts.Size].
func (w Words) Size(n int64) string { return w.Texts.Size(n) }

// Events returns a count of events in words.
func (w Words) Events(n int64) string { return w.T("row.events", "N", n) }

// Connections returns a count of connections in words.
func (w Words) Connections(n int64) string { return w.T("count.connections", "N", n) }

// Problems returns a count of findings in words.
func (w Words) Problems(n int64) string { return w.T("tabs.findings", "N", n) }

// Times returns how many times in words.
func (w Words) Times(n int64) string { return w.T("count.times", "N", n) }
