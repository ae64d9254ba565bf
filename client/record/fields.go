package record

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Field is one line of a header.
type Field struct{ Name, Value string }

// Fields returns the header of a request or a response, sorted by name, as the
// version of HTTP in proto writes it; proto is the Proto of the response. The
// header of a request is recorded as in HTTP/1.1, before the version is known.
// HTTP/2 writes names in lower case, has pseudo-header fields in place of the
// request line and Host, and no fields about the connection (RFC 9113, sections
// 8.2 and 8.3).
func (r *Record) Fields(proto string) []Field {
	http2 := strings.HasPrefix(proto, "HTTP/2")
	var fields []Field
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		shown := name
		if http2 {
			shown = strings.ToLower(name)
			switch shown {
			case "host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade":
				continue
			}
		}
		for _, value := range r.Header[name] {
			fields = append(fields, Field{shown, value})
		}
	}
	if http2 && r.Method != "" {
		fields = append(r.pseudoFields(), fields...)
	}
	return fields
}

// pseudoFields returns those of a request, in the order in which net/http sends them.
func (r *Record) pseudoFields() []Field {
	url, _, _ := strings.Cut(r.URL, "#")
	scheme, rest, _ := strings.Cut(url, "://")
	authority, path := rest, "/"
	if at := strings.IndexAny(rest, "/?"); at >= 0 {
		authority, path = rest[:at], rest[at:]
	}
	if strings.HasPrefix(path, "?") {
		path = "/" + path
	}
	authority = authority[strings.LastIndexByte(authority, '@')+1:]
	if host := r.Header["Host"]; len(host) > 0 {
		authority = cmp.Or(host[0], authority)
	}
	return []Field{{":authority", authority}, {":method", r.Method}, {":path", path}, {":scheme", scheme}}
}
