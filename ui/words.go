package ui

import "time"

// words says in the chosen language what the domain has to say: records,
// failures, findings. It may be used from any goroutine.
type words struct{ texts *texts }

func wordsOf(t *texts) words { return words{t} }

// T returns the text of key; see texts.T.
func (w words) T(key string, pairs ...any) string { return w.texts.T(key, pairs...) }

func (w words) has(key string) bool { return w.texts.has(key) }

func (w words) duration(d time.Duration) string { return w.texts.duration(d) }

func (w words) size(n int64) string { return w.texts.size(n) }
