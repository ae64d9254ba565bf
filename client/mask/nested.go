package mask

import (
	"net/url"
	"strings"
)

// deepest is how many levels of URLs within URLs are examined.
const deepest = 3

// nested returns text with the secrets masked in URLs that it contains
// percent-encoded, as the value of a parameter is: ?to=http%3A%2F%2Fuser%3Apass%40h.
func nested(text string, depth int) string {
	const mark = "%3a%2f%2f" // ://
	if depth == deepest || !strings.Contains(text, "%") {
		return text
	}
	lower := strings.ToLower(text) // whose length may differ outside ASCII
	if len(lower) != len(text) || !strings.Contains(lower, mark) {
		return text
	}
	var b strings.Builder
	for written := 0; ; {
		at := strings.Index(lower[written:], mark)
		if at < 0 {
			b.WriteString(text[written:])
			return b.String()
		}
		at += written
		start := written + strings.LastIndexAny(text[written:at], "=&?#; \"'<") + 1
		end := indexAny(text, at, "&#; \"'<>")
		b.WriteString(text[written:start])
		plain := unescape(text[start:end])
		if masked := urlAt(plain, false, depth+1); masked != plain {
			b.WriteString(strings.ReplaceAll(url.QueryEscape(masked), url.QueryEscape(Mark), Mark))
		} else {
			b.WriteString(text[start:end])
		}
		written = end
	}
}
