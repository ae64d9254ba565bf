package filter

import "slices"

// Bounds of Hits.
const (
	hitBytes = 4 << 10
	hitCount = 64
)

// Hits returns the ranges of bytes in text that the terms of f match, sorted and
// without overlaps. The text is a field or belongs to one. Terms about a field
// count only in that field, others everywhere, and negated terms not at all. Only
// the first 4 KiB are searched.
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
				break // it matched the whole field
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
