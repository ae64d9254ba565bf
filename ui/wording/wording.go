// Package wording says in the chosen language what client and server know by
// codes: records, failures, findings, files and targets. It needs no window.
package wording

import (
	"time"

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

// T returns the text of key; see texts.T.
func (w Words) T(key string, pairs ...any) string { return w.Texts.T(key, pairs...) }

func (w Words) has(key string) bool { return w.Texts.Has(key) }

func (w Words) Duration(d time.Duration) string { return w.Texts.Duration(d) }

func (w Words) Size(n int64) string { return w.Texts.Size(n) }
