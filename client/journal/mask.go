package journal

import (
	"maps"
	"slices"
	"strings"

	"sseconsole/client/mask"
	"sseconsole/client/record"
)

// maskRecord takes the secrets out of a record that its producer should have
// taken out already. It leaves alone what came over the wire and what was sent.
func maskRecord(r *record.Record) {
	r.Renew() // what a notice is about may be anything
	r.URL = mask.URL(r.URL)
	r.Subject, r.Target, r.Detail = mask.Text(r.Subject), mask.Text(r.Target), mask.Text(r.Detail)
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
	case !mask.Header.Secret(name):
		return mask.Text(value)
	case strings.Contains(value, mask.Mark):
		return value
	}
	return mask.Mark
}
