package eventstream

import "unicode/utf8"

const (
	defaultType = "message"

	// Strings up to shortText share allocations of sharedSize: allocating each
	// short string would cost more than decoding it.
	shortText  = 512
	sharedSize = 4 << 10

	maxTypes   = 64 // number of event types cached, so that equal types share a string
	maxTypeLen = 64
)

// typeName returns the event type for the value of an event field.
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

// text returns b as valid UTF-8, and shares allocations among short texts.
func (d *Decoder) text(b []byte) string {
	if !d.valid && !utf8.Valid(b) {
		b = appendText(nil, b)
	}
	if len(b) > shortText {
		return string(b)
	}
	if d.shared.Cap()-d.shared.Len() < len(b) {
		d.shared.Reset() // does not affect earlier strings
		d.shared.Grow(sharedSize)
	}
	from := d.shared.Len()
	d.shared.Write(b)
	return d.shared.String()[from:]
}
