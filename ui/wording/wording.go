// Package wording says in the chosen language what client and server know by
// codes: records, failures, findings, files and targets. It needs no window.
package wording

import (
	"strings"
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording/catalogue"
)

// Words says in the chosen language what the domain has to say: records,
// failures, findings. It may be used from any goroutine.
type Words struct{ Texts *catalogue.Texts }

// New returns the words of a language of [catalogue.Languages], the English ones for
// any other.
func New(language string) Words { return Of(catalogue.New(language)) }

// Of returns the words that say it with these texts.
func Of(t *catalogue.Texts) Words { return Words{t} }

// T returns the text of key; see [catalogue.Texts.T].
func (w Words) T(key string, pairs ...any) string { return w.Texts.T(key, pairs...) }

func (w Words) has(key string) bool { return w.Texts.Has(key) }

// Join joins those parts of a line that are not empty.
func (w Words) Join(parts ...string) string {
	var filled []string
	for _, p := range parts {
		if p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, " · ")
}

// coded is the text of a code, whose key is the prefix before it. A code of a newer
// version, which has no text here, is shown as it is.
func (w Words) coded(prefix, code string, pairs ...any) string {
	switch {
	case code == "":
		return ""
	case !w.has(prefix + code):
		return w.T("row.unknown", "Code", code)
	}
	return w.T(prefix+code, pairs...)
}

// some is the text of key, "" if there is none.
func (w Words) some(key string) string {
	if !w.has(key) {
		return ""
	}
	return w.T(key)
}

// Labelled is a text with what it is of in front.
func (w Words) Labelled(label, text string) string {
	return w.T("labelled", "Label", label, "Text", text)
}

// TargetName is the target as rows show it.
func (w Words) TargetName(name string) string {
	if name == record.EmbeddedTarget {
		return w.T("target.embedded")
	}
	return name
}

// Duration words a length of time; see [catalogue.Texts.Duration].
func (w Words) Duration(d time.Duration) string { return w.Texts.Duration(d) }

// Size words a number of bytes; see [catalogue.Texts.Size].
func (w Words) Size(n int64) string { return w.Texts.Size(n) }

// Events, Connections, Problems and Times word how many there are.
func (w Words) Events(n int64) string { return w.T("row.events", "N", n) }

func (w Words) Connections(n int64) string { return w.T("count.connections", "N", n) }

func (w Words) Problems(n int64) string { return w.T("strip.problems", "N", n) }

func (w Words) Times(n int64) string { return w.T("count.times", "N", n) }
