package eventstream

import "unicode/utf8"

const (
	defaultType = "message"

	// Strings up to shortText share allocations of sharedSize: for short events
	// an allocation each would cost more than the decoding.
	shortText  = 512
	sharedSize = 4 << 10

	maxTypes   = 64 // event types remembered, so that equal ones are one string
	maxTypeLen = 64
)

// typeName returns the event type that an event field's value stands for.
func (d *Decoder) typeName(value []byte) string {
	if len(value) == 0 {
		return defaultType
	}
	if name, ok := d.types[string(value)]; ok {
		return name
	}
	name := string(appendText(nil, value))
	if len(name) <= maxTypeLen && len(d.types) < maxTypes {
		if d.types == nil {
			d.types = make(map[string]string)
		}
		d.types[string(value)] = name
	}
	return name
}

// text returns b as valid UTF-8.
func (d *Decoder) text(b []byte) string {
	if !d.valid && !utf8.Valid(b) {
		b = appendText(nil, b)
	}
	if len(b) > shortText {
		return string(b)
	}
	if d.shared.Cap()-d.shared.Len() < len(b) {
		d.shared.Reset() // leaves the old strings alone
		d.shared.Grow(sharedSize)
	}
	from := d.shared.Len()
	d.shared.Write(b)
	return d.shared.String()[from:]
}
