package journal

import (
	"maps"
	"slices"
	"strings"

	"sseconsole/client/record"
	"sseconsole/client/target"
)

const masked = "•••"

// mask takes the secrets out of a record that its producer should have taken
// out already. It leaves alone what came over the wire and what was sent.
func mask(r *record.Record) {
	for _, s := range []*string{&r.URL, &r.Target, &r.Detail} {
		if strings.ContainsAny(*s, "?#@") {
			*s = maskWords(*s)
		}
	}
	cloned := false
	for name, values := range r.Header {
		for i, value := range values {
			clean := maskHeader(name, value)
			if clean == value {
				continue
			}
			if !cloned { // others may hold the map
				r.Header = maps.Clone(r.Header)
				cloned = true
			}
			r.Header[name] = slices.Clone(r.Header[name])
			r.Header[name][i] = clean
		}
	}
}

// maskHeader masks a credential whole, unless its producer did so in part, as
// in "Bearer •••", and addresses in other values.
func maskHeader(name, value string) string {
	switch {
	case !target.SecretHeader(name):
		return maskWords(value)
	case strings.Contains(value, masked):
		return value
	}
	return masked
}

// maskWords masks the addresses in a text, each of which ends at a space.
func maskWords(text string) string {
	words := strings.Split(text, " ")
	for i, word := range words {
		words[i] = target.Mask(word)
	}
	return strings.Join(words, " ")
}
