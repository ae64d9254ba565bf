package endpoint

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

// Reason says why a text is not an address.
type Reason string

// The reasons.
const (
	Empty  Reason = "empty"  // the text is empty
	BadURL Reason = "url"    // not a valid URL
	Scheme Reason = "scheme" // the scheme is neither http nor https
	NoHost Reason = "host"   // the host is missing
)

// ParseError is the error of Parse.
type ParseError struct {
	Reason Reason
	Err    error // for BadURL, what is wrong with it, if known; does not quote the text
}

func (e *ParseError) Error() string {
	if e.Err != nil {
		return "target: " + string(e.Reason) + ": " + e.Err.Error()
	}
	return "target: " + string(e.Reason)
}

func (e *ParseError) Unwrap() error { return e.Err }

// Parse parses a base URL as users type or paste it. The scheme may be missing
// (then it is http). Parse drops blanks and quotes around the text, slashes at
// the end, the /subscribe, /send or /close of a call, the fragment, and the
// parameters clientId and content. Other parameters stay unchanged and in
// order. Parsing the result gives the same result. It may contain secrets: mask
// it before showing it. The error is a *ParseError.
func Parse(text string) (base string, err error) {
	u, err := read(text)
	if err != nil {
		return "", err
	}
	base = site(u) + basePath(u.RawPath)
	if query := otherQuery(u.RawQuery); query != "" {
		base += "?" + query
	}
	return base, nil
}

// ParseStream parses the URL of any stream like Parse, but leaves path and
// query unchanged.
func ParseStream(text string) (address string, err error) {
	u, err := read(text)
	if err != nil {
		return "", err
	}
	return site(u) + u.RawPath + rawQuery(u), nil
}

// read parses a URL as users type or paste it, and makes its host lower case.
func read(text string) (*url.URL, error) {
	around := "\"`<>“”‘’\uFEFF"
	if strings.HasPrefix(strings.TrimSpace(text), "'") { // else a URL may well end in one
		around += "'"
	}
	text = strings.TrimFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(around, r) })
	if text == "" {
		return nil, &ParseError{Reason: Empty}
	}
	text, err := withScheme(text)
	if err != nil {
		return nil, err
	}
	return ParseURL(text)
}

// ParseURL parses a URL of HTTP and leaves path and query as they are, byte for byte,
// in RawPath and RawQuery: they need not be valid. Only what cannot stand in a
// request line, and what browsers escape, is escaped. A fragment is dropped.
func ParseURL(text string) (*url.URL, error) {
	before, after := text, ""
	if i := strings.Index(text, "://"); i >= 0 {
		if end := strings.IndexAny(text[i+3:], "/?#"); end >= 0 {
			before, after = text[:i+3+end], text[i+3+end:]
		}
	}
	u, err := url.Parse(before)
	if err != nil {
		return nil, &ParseError{Reason: BadURL, Err: withoutURL(err)}
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, &ParseError{Reason: Scheme}
	}
	after, _, _ = strings.Cut(after, "#")
	u.RawPath, u.RawQuery, u.ForceQuery = strings.Cut(after, "?")
	EscapeUnsafe(u)
	if u.Hostname() == "" {
		return nil, &ParseError{Reason: NoHost}
	}
	if i := strings.IndexAny(u.Host, "\"'<>!$&()*+,;="); i >= 0 {
		return nil, &ParseError{Reason: BadURL, Err: fmt.Errorf("%q in the host", u.Host[i:i+1])}
	}
	if port := u.Port(); port != "" {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return nil, &ParseError{Reason: BadURL, Err: fmt.Errorf("port %s is over 65535", port)}
		}
	}
	u.Host = strings.ToLower(strings.TrimSuffix(u.Host, ":"))
	return u, nil
}

// site returns a URL up to and including the host.
func site(u *url.URL) string {
	clean := url.URL{Scheme: u.Scheme, User: u.User, Host: u.Host}
	return clean.String()
}

// withScheme returns the text as an http or https URL.
func withScheme(text string) (string, error) {
	authority, path, _ := strings.Cut(text, "/")
	if word := strings.ToLower(authority); (word == "http" || word == "https") && strings.HasPrefix(path, "/") {
		return "", &ParseError{Reason: BadURL, Err: fmt.Errorf("no colon after the scheme %s", word)}
	}
	if addr, err := netip.ParseAddr(authority); err == nil && addr.Is6() && addr.Zone() == "" {
		return "http://[" + authority + "]" + text[len(authority):], nil
	}
	if strings.HasPrefix(text, "//") {
		return "http:" + text, nil
	}
	name, rest, found := strings.Cut(text, ":")
	scheme := strings.ToLower(name)
	known := scheme == "http" || scheme == "https"
	switch {
	case !found || !isScheme(name) || !known && isPort(rest):
		return "http://" + text, nil
	case !known:
		return "", &ParseError{Reason: Scheme}
	case !strings.HasPrefix(rest, "//"):
		return "", &ParseError{Reason: BadURL, Err: fmt.Errorf("no // after the scheme %s", scheme)}
	default:
		return scheme + ":" + rest, nil
	}
}

// isScheme reports whether name could be a scheme (RFC 3986, section 3.1).
func isScheme(name string) bool {
	for i, c := range []byte(name) {
		letter := 'a' <= c|0x20 && c|0x20 <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(c))) {
			return false
		}
	}
	return name != ""
}

// isPort reports whether what follows the first colon looks like a port rather
// than the rest of a URL after its scheme.
func isPort(rest string) bool {
	end := strings.IndexAny(rest, "/?#")
	if end < 0 {
		end = len(rest)
	}
	if end == 0 { // a host may end in a colon, but htp:/x is a scheme that was mistyped
		return !strings.HasPrefix(rest, "/")
	}
	return strings.Trim(rest[:end], "0123456789") == ""
}

// basePath removes the slashes at the end of a path, and a call at its end.
func basePath(path string) string {
	for {
		path = strings.TrimRight(path, "/")
		slash := strings.LastIndexByte(path, '/')
		if slash < 0 {
			return ""
		}
		switch path[slash+1:] {
		case Subscribe, Send, Close:
			path = path[:slash]
		default:
			return path
		}
	}
}

// otherQuery returns the parameters other than clientId and content, verbatim.
func otherQuery(query string) string {
	var params []string
	for _, param := range strings.Split(query, "&") {
		key, _, _ := strings.Cut(param, "=")
		if name, err := url.QueryUnescape(key); err == nil {
			key = name
		}
		if param != "" && key != "clientId" && key != "content" {
			params = append(params, param)
		}
	}
	return strings.Join(params, "&")
}

// EscapeUnsafe escapes in u.RawPath and u.RawQuery what browsers escape there, and
// sets u.Path.
func EscapeUnsafe(u *url.URL) {
	u.RawPath = escapeAll(u.RawPath, "\"<>\\^`{|}")
	u.RawQuery = escapeAll(u.RawQuery, "\"<>")
	var err error
	if u.Path, err = url.PathUnescape(u.RawPath); err != nil {
		u.Path = u.RawPath
	}
}

// rawQuery returns the query of a URL with its question mark, if it has that.
func rawQuery(u *url.URL) string {
	if u.RawQuery == "" && !u.ForceQuery {
		return ""
	}
	return "?" + u.RawQuery
}

func escapeBytes(text string) string { return escapeAll(text, "\"'<>\\^`{|}") }

// escapeAll escapes what cannot stand in a request line, and the bytes of more.
func escapeAll(text, more string) string {
	var b strings.Builder
	for _, c := range []byte(text) {
		if c <= ' ' || c > '~' || strings.IndexByte(more, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// Port returns the port of an HTTP URL, or the default port of its scheme.
func Port(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}
