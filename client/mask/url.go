package mask

import "strings"

// Mark replaces a secret.
const Mark = "•••"

// Value is a secret and how it is written.
type Value struct {
	Name string // decoded
	Text string // as written
	Form Form
}

// Form says how a Value is written.
type Form uint8

// The forms.
const (
	Plain   Form = iota // unescaped
	User                // before a host, percent-encoded
	Escaped             // as a parameter, percent-encoded
	Quoted              // within the quotes of JSON, escaped for it
	Bare                // JSON that has no quotes, such as a number
)

// hide returns the replacement of a secret.
func hide(v Value) string {
	if v.Form == Bare {
		return `"` + Mark + `"`
	}
	return Mark
}

// URL returns a URL with ••• in place of its secrets: the password before the
// host, or the user if there is no password, since that may be a token; and the
// values of parameters in the path, the query and the fragment, by their names.
// The rest is unchanged. The text need not be a valid URL: if it cannot be
// parsed, too much is masked rather than too little.
func URL(text string) string { return urlOf(text, false) }

// urlOf is URL; with cut, text may be only the beginning of a URL.
func urlOf(text string, cut bool) string { return urlAt(text, cut, 0) }

// urlAt is urlOf for a URL nested within depth others.
func urlAt(text string, cut bool, depth int) string {
	start, at := meantUser(text, cut)
	return nested(replaceParams(replaceUsers(text, start, at, hide), inPath, hide), depth)
}

// ReplaceURL returns a URL in which each secret is replaced by what replace
// returns for it. Unlike URL it does not guess in malformed URLs: it looks for
// secrets only in their usual places.
func ReplaceURL(text string, replace func(Value) string) string {
	return replaceParams(replaceUsers(text, 0, -1, replace), inPath, replace)
}

// Params is URL for parameters alone: name=value&name=value.
func Params(text string) string { return replaceParams(text, inForm, hide) }

// meantUser returns the indexes of the user information of a URL and of the @
// after it, which is -1 if there is none. It copes with a scheme that is mistyped
// or missing, and with an unescaped password that makes the URL invalid. If what
// follows a colon is not a port, and the text may be cut, it is a password.
func meantUser(text string, cut bool) (start, at int) {
	if i := strings.Index(text, "//"); i >= 0 && !strings.ContainsAny(text[:i], "/?#@") {
		start = i + len("//")
	}
	authority := authorityOf(text[start:])
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		return start, start + at
	}
	_, port, found := strings.Cut(authority, ":")
	port = strings.TrimRight(port, ".,:;!)'") // punctuation of the sentence around it
	switch {
	case !found, port == "" && start > 0, port != "" && strings.Trim(port, "0123456789") == "":
		return start, -1
	case strings.HasPrefix(port, "{") && strings.HasSuffix(port, "}"): // a template variable
		return start, -1
	case strings.HasPrefix(authority, "[") && strings.Trim(authority, "[]:.0123456789abcdefABCDEF") == "":
		return start, -1
	}
	if at = strings.LastIndexByte(text, '@'); at < 0 && cut && start > 0 {
		at = start + len(authority)
	}
	return start, at
}

func authorityOf(text string) string {
	if end := strings.IndexAny(text, "/?#"); end >= 0 {
		return text[:end]
	}
	return text
}

// replaceUsers replaces the secret in text[start:at], unless at is -1, and the
// secrets before the hosts of all further URLs in the text.
func replaceUsers(text string, start, at int, replace func(Value) string) string {
	if at < start && !strings.Contains(text[start:], "://") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for {
		b.WriteString(text[:start])
		if at >= start {
			user, password, found := strings.Cut(text[start:at], ":")
			switch {
			case password != "":
				password = replace(Value{"password", password, User})
			case user != "":
				user = replace(Value{"token", user, User})
			}
			b.WriteString(user)
			if found {
				b.WriteByte(':')
				b.WriteString(password)
			}
			text = text[at:]
		} else {
			text = text[start:]
		}
		next := strings.Index(text, "://")
		if next < 0 {
			b.WriteString(text)
			return b.String()
		}
		start = next + len("://")
		if at = strings.LastIndexByte(authorityOf(text[start:]), '@'); at >= 0 {
			at += start
		}
	}
}

// zone is the part of a URL that a parameter is in.
type zone uint8

const (
	inPath zone = iota // after a ;
	inQuery
	inForm // or in a fragment, where a # does not end a value
)

// endsOfValue are the characters that end a secret value in each zone.
var endsOfValue = [...]string{inPath: "/;?#", inQuery: "&#", inForm: "&"}

// replaceParams replaces secret parameters. A value may be a URL itself, so a ?
// or ; within it may begin a parameter, too.
func replaceParams(text string, at zone, replace func(Value) string) string {
	var b strings.Builder
	written := 0         // text[:written] is in b
	skip := at == inPath // no name begins here
	for begin := 0; ; {
		end := indexAny(text, begin, "?&;#")
		if name, _, found := strings.Cut(text[begin:end], "="); found && !skip {
			scope := Param
			if at == inPath { // in a path, code is not OAuth's
				scope = JSON
			}
			if scope.Secret(name) {
				start := begin + len(name) + len("=")
				if end = indexAny(text, start, endsOfValue[at]); end > start {
					b.WriteString(text[written:start])
					b.WriteString(replace(Value{unescape(name), text[start:end], Escaped}))
					written = end
				}
				if end < len(text) && text[end] == '/' {
					begin, skip = end, true
					continue
				}
			}
		}
		if end == len(text) {
			break
		}
		switch {
		case text[end] == '#' && at != inForm:
			at = inForm
		case text[end] == '?' && at == inPath:
			at = inQuery
		}
		skip = at == inPath && text[end] == '&'
		begin = end + 1
	}
	if written == 0 {
		return text
	}
	b.WriteString(text[written:])
	return b.String()
}

// indexAny returns the index of the first of chars in text at or after begin, or
// len(text).
func indexAny(text string, begin int, chars string) int {
	if i := strings.IndexAny(text[begin:], chars); i >= 0 {
		return begin + i
	}
	return len(text)
}
