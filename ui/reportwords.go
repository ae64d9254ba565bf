package ui

import (
	"time"

	"sseconsole/client/record"
)

// reportWords gives an evidence bundle its texts.
type reportWords struct{ *words }

func (w reportWords) Language() string {
	if w.language == chinese {
		return "zh-Hans"
	}
	return w.language
}

func (w reportWords) Target(name string) string       { return w.targetName(name) }
func (w reportWords) Summary(r *record.Record) string { return w.summary(r) }

func (w reportWords) Duration(d time.Duration) string { return w.duration(d) }
func (w reportWords) Size(n int64) string             { return w.size(n) }
