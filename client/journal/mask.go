package journal

import (
	"maps"
	"slices"
	"strings"

	"sseconsole/client/mask"
	"sseconsole/client/record"
)

// maskRecord masks secrets that the producer of the record should have masked. It
// does not change what came over the wire or was sent.
func maskRecord(r *record.Record) {
	r.Renew() // the subject of a notice may be anything
	r.URL = mask.URL(r.URL)
	r.Subject, r.Target, r.Detail = mask.Text(r.Subject), mask.Text(r.Target), mask.Text(r.Detail)
	cloned := false
	for name, values := range r.Header {
		for i, value := range values {
			clean := maskHeader(name, value)
			if clean == value {
				continue
			}
			if !cloned { // the map may be shared
				r.Header = maps.Clone(r.Header)
				cloned = true
			}
			r.Header[name] = slices.Clone(r.Header[name])
			r.Header[name][i] = clean
		}
	}
}

// maskHeader masks a credential completely, unless its producer masked it in part, as
// in "Bearer •••". In other values it masks addresses.
func maskHeader(name, value string) string {
	switch {
	case !mask.Header.Secret(name):
		return mask.Text(value)
	case strings.Contains(value, mask.Mark):
		return value
	}
	return mask.Mark
}
