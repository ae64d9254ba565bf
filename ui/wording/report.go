package wording

import (
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording/catalogue"
)

// Report provides the words of an evidence bundle. It implements [export.Words].
type Report struct{ Words Words }

func (r Report) T(key string, pairs ...any) string { return r.Words.T(key, pairs...) }

// Language returns the language tag for HTML.
func (r Report) Language() string {
	if r.Words.Texts.Language == catalogue.Chinese {
		return "zh-Hans"
	}
	return r.Words.Texts.Language
}

func (r Report) Target(name string) string        { return r.Words.TargetName(name) }
func (r Report) Summary(of *record.Record) string { return r.Words.Summary(of) }
func (r Report) Kind(k record.Kind) string        { return r.Words.KindName(k) }
func (r Report) Severity(code string) string      { return r.Words.Severity(code) }
func (r Report) Why(code string) string           { return r.Words.Why(code) }
func (r Report) Do(code string) string            { return r.Words.Do(code) }

func (r Report) Events(n int64) string           { return r.Words.Events(n) }
func (r Report) Duration(d time.Duration) string { return r.Words.Duration(d) }
func (r Report) Size(n int64) string             { return r.Words.Size(n) }
