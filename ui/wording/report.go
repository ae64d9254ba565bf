package wording

import (
	"time"

	"sseconsole/client/record"
	"sseconsole/ui/wording/catalogue"
)

// Report gives an evidence bundle its texts.
type Report struct{ Words Words }

// T implements export.Words.
func (r Report) T(key string, pairs ...any) string { return r.Words.T(key, pairs...) }

func (r Report) Language() string {
	if r.Words.Texts.Language == catalogue.Chinese {
		return "zh-Hans"
	}
	return r.Words.Texts.Language
}

func (r Report) Target(name string) string        { return r.Words.TargetName(name) }
func (r Report) Summary(of *record.Record) string { return r.Words.Summary(of) }

func (r Report) Duration(d time.Duration) string { return r.Words.Duration(d) }
func (r Report) Size(n int64) string             { return r.Words.Size(n) }
