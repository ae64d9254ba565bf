package ui

import (
	"time"

	"sseconsole/client/record"
)

// reportWords gives an evidence bundle its texts.
type reportWords struct{ w words }

// T implements export.Words.
func (r reportWords) T(key string, pairs ...any) string { return r.w.T(key, pairs...) }

func (r reportWords) Language() string {
	if r.w.texts.language == chinese {
		return "zh-Hans"
	}
	return r.w.texts.language
}

func (r reportWords) Target(name string) string        { return r.w.targetName(name) }
func (r reportWords) Summary(of *record.Record) string { return r.w.summary(of) }

func (r reportWords) Duration(d time.Duration) string { return r.w.duration(d) }
func (r reportWords) Size(n int64) string             { return r.w.size(n) }
