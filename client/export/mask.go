package export

import (
	"maps"
	"net/url"
	"slices"
	"strings"

	"sseconsole/client/mask"
	"sseconsole/client/record"
)

const masked = mask.Mark

// Mask replaces secrets with given names in records. A name stands for a header, a
// parameter of an address or a form, and a field of JSON, in any case.
//
// In headers, addresses and bodies of requests, a secret becomes •••. In the bytes
// received and the content sent, each byte of the value of a JSON field becomes *,
// so that lengths, offsets and chunks stay true; if the value is an object or a
// list, each value in it. A value is found even if chunks or data: lines split it.
//
// What the journal masks anyway (Authorization, Cookie, tokens in addresses) needs
// no name. Create a Mask with NewMask, and use it for one sequence.
type Mask struct {
	names   map[string]bool
	tracker *tracker
	streams map[connection]*scanner
}

// NewMask returns a Mask for names. It trims spaces and ignores empty names.
func NewMask(names []string) *Mask {
	m := &Mask{names: map[string]bool{}, tracker: newTracker(), streams: map[connection]*scanner{}}
	for _, name := range names {
		if name = strings.ToLower(strings.TrimSpace(name)); name != "" {
			m.names[name] = true
		}
	}
	return m
}

// Names returns the names, sorted.
func (m *Mask) Names() []string { return slices.Sorted(maps.Keys(m.names)) }

// Records masks a sequence. It copies records and never changes them.
func (m *Mask) Records(records Records) Records {
	if len(m.names) == 0 {
		return records
	}
	return func(yield func(*record.Record) bool) {
		for r := range records {
			if !yield(m.record(r)) {
				return
			}
		}
	}
}

func (m *Mask) record(r *record.Record) *record.Record {
	c := *r
	c.Header = m.header(r.Header)
	c.URL, c.Subject, c.Target, c.Detail = m.words(r.URL), m.words(r.Subject), m.words(r.Target), m.words(r.Detail)
	c.Body = string(m.json([]byte(m.params(r.Body))))
	key := m.tracker.of(r)
	switch r.Kind {
	case record.Chunk:
		s := m.streams[key]
		if s == nil {
			s = m.scanner(true)
			m.streams[key] = s
		}
		c.Raw = s.mask(r.Raw)
	case record.Problem, record.Difference:
		// Their texts are parts of a stream, perhaps without the name.
		if len(r.Raw) > 0 {
			c.Raw = m.cut(r.Raw)
		}
		if m.mentioned(r.Data) {
			c.Data = masked
		}
	default:
		c.Raw = m.scanner(true).mask(r.Raw)
		c.Data = string(m.json([]byte(r.Data)))
		c.Message = string(m.json([]byte(r.Message)))
		if r.Kind == record.End || r.Kind == record.Fail {
			delete(m.streams, key)
		}
	}
	return &c
}

// mentioned reports whether a text contains one of the names.
func (m *Mask) mentioned(text string) bool {
	text = strings.ToLower(text)
	for name := range m.names {
		if strings.Contains(text, name) {
			return true
		}
	}
	return false
}

// cut masks bytes that may be part of a longer value.
func (m *Mask) cut(raw []byte) []byte {
	if !m.mentioned(string(raw)) {
		return raw
	}
	return []byte(strings.Repeat("*", len(raw)))
}

func (m *Mask) json(text []byte) []byte { return m.scanner(false).mask(text) }

func (m *Mask) scanner(stream bool) *scanner {
	named := func(name string) bool { return m.names[strings.ToLower(name)] }
	return &scanner{json: mask.Scanner{Secret: named}, stream: stream}
}

func (m *Mask) header(h map[string][]string) map[string][]string {
	if h == nil {
		return nil
	}
	c := make(map[string][]string, len(h))
	for name, values := range h {
		secret := m.names[strings.ToLower(name)]
		for _, v := range values {
			if secret {
				v = masked
			} else {
				v = m.words(v)
			}
			c[name] = append(c[name], v)
		}
	}
	return c
}

// words masks the addresses in a text; an address ends at a space.
func (m *Mask) words(text string) string {
	if !strings.ContainsAny(text, "?#") {
		return text
	}
	words := strings.Split(text, " ")
	for i, word := range words {
		if at := strings.IndexAny(word, "?#"); at >= 0 {
			words[i] = word[:at+1] + m.params(word[at+1:])
		}
	}
	return strings.Join(words, " ")
}

// params masks the values of parameters: name=value&name=value.
func (m *Mask) params(text string) string {
	if !strings.Contains(text, "=") {
		return text
	}
	var b strings.Builder
	for text != "" {
		end := strings.IndexAny(text, "&#")
		param, rest := text, ""
		if end >= 0 {
			param, rest = text[:end], text[end:]
		}
		name, _, has := strings.Cut(param, "=")
		plain, err := url.QueryUnescape(name)
		if err != nil {
			plain = name
		}
		if has && m.names[strings.ToLower(plain)] {
			param = name + "=" + masked
		}
		b.WriteString(param)
		if rest == "" {
			break
		}
		b.WriteByte(rest[0])
		text = rest[1:]
	}
	return b.String()
}
