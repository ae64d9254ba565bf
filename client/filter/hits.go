package filter

import "slices"

// Bounds of what Hits looks at and finds.
const (
	hitBytes = 4 << 10
	hitCount = 64
)

// Hits returns where, in a text that is or belongs to a field, the terms of f
// find what they look for, as ranges of bytes in order that do not overlap. It
// looks at the first 4 KiB. Terms about a field count only there, those about
// none everywhere; negated ones not at all.
func (f *Filter) Hits(field Field, text string) [][2]int {
	if f == nil {
		return nil
	}
	text = text[:min(len(text), hitBytes)]
	var hits [][2]int
	for i := range f.terms {
		t := &f.terms[i]
		if t.text == nil || t.negated || t.field != Anywhere && t.field != field {
			continue
		}
		for at, n := 0, 0; at < len(text) && n < hitCount; n++ {
			from, to, ok := t.text.find(text[at:])
			if !ok {
				break
			}
			if to > from {
				hits = append(hits, [2]int{at + from, at + to})
			}
			at += max(to, from+1)
			if t.field != Anywhere {
				break // it was whole
			}
		}
	}
	slices.SortFunc(hits, func(a, b [2]int) int { return a[0] - b[0] })
	merged := hits[:0]
	for _, h := range hits {
		if n := len(merged); n > 0 && h[0] <= merged[n-1][1] {
			merged[n-1][1] = max(merged[n-1][1], h[1])
			continue
		}
		merged = append(merged, h)
	}
	return merged
}
