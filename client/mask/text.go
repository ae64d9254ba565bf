package mask

import (
	"net/http"
	"strconv"
	"strings"
)

// Text masks the URLs in a text, such as an error message. A URL in double quotes
// is taken whole, as package net/url writes it (cut off at a #); any other ends
// at white space.
func Text(text string) string {
	if !strings.ContainsAny(text, `"@?#;`) && !strings.Contains(text, "//") {
		return text
	}
	var b strings.Builder
	for text != "" {
		open := strings.IndexByte(text, '"')
		size := 0
		if open >= 0 {
			size = quotedSize(text[open:])
		}
		if size == 0 {
			words(&b, text)
			break
		}
		words(&b, text[:open])
		quoted := text[open : open+size]
		plain, err := strconv.Unquote(quoted)
		if err != nil {
			plain = quoted[1 : size-1]
		}
		masked := quotation(plain)
		if strings.HasSuffix(text[:open], "invalid port ") { // which may be a password, see meantUser
			masked = Mark
		}
		switch {
		case masked == plain:
			b.WriteString(quoted)
		case err != nil:
			b.WriteString(`"` + masked + `"`)
		default:
			b.WriteString(strconv.Quote(masked))
		}
		text = text[open+size:]
	}
	return b.String()
}

// quotedSize returns the size of the quotation that text begins with, including
// its quotes, or 0 if it is not closed.
func quotedSize(text string) int {
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// quotation masks a quoted text, which may be one URL, spaces included, or
// contain URLs.
func quotation(text string) string {
	if mayBeURL(text) {
		text = urlOf(text, true)
	} else {
		text = replaceParams(text, inPath, hide)
	}
	var b strings.Builder
	words(&b, text)
	return b.String()
}

// mayBeURL reports whether a text has a host, or a user and a password: an email
// address has no colon before its @.
func mayBeURL(text string) bool {
	return strings.Contains(text, "//") || strings.Contains(text[:max(0, strings.LastIndexByte(text, '@'))], ":")
}

// blanks separate words.
const blanks = " \t\r\n<>"

// words masks the URLs among the words of a text.
func words(b *strings.Builder, text string) {
	for text != "" {
		end := strings.IndexAny(text, blanks)
		if end < 0 {
			end = len(text)
		}
		// A host with a colon, but without port and @: it may be a password that contains a space.
		if strings.Contains(text[:end], "//") && urlOf(text[:end], true) != URL(text[:end]) {
			end += restOfPassword(text[end:])
		}
		word := text[:end]
		if mayBeURL(word) {
			word = URL(word)
		} else if strings.ContainsAny(word, "?#;") {
			word = replaceParams(word, inPath, hide)
		}
		b.WriteString(word)
		if end < len(text) {
			b.WriteByte(text[end])
			end++
		}
		text = text[end:]
	}
}

// restOfPassword returns how much of text, which begins with a space, still
// belongs to a password: up to the end of the word with the next @, if that is on
// the same line and within longestGap.
func restOfPassword(text string) int {
	line := text[:min(len(text), longestGap)]
	if end := strings.IndexAny(line, "\r\n<>"); end >= 0 {
		line = line[:end]
	}
	at := strings.IndexByte(line, '@')
	if at < 0 {
		return 0
	}
	if end := strings.IndexAny(text[at:], blanks); end >= 0 {
		return at + end
	}
	return len(text)
}

// Error returns an error whose message is masked by Text. It unwraps to err, and
// is err itself if there is nothing to mask. Where the message repeats one of the
// given texts, that is masked as one URL, spaces included.
func Error(err error, given ...string) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	for _, known := range given {
		if masked := URL(known); masked != known {
			text = strings.ReplaceAll(text, known, masked)
		}
	}
	if text = Text(text); text != err.Error() {
		return &maskedError{err, text}
	}
	return err
}

type maskedError struct {
	err  error
	text string
}

func (e *maskedError) Error() string { return e.text }
func (e *maskedError) Unwrap() error { return e.err }

// HeaderValue masks the value of a header. An Authorization keeps its scheme, and
// a cookie its name. In a header that is not a secret, URLs are masked.
func HeaderValue(name, value string) string {
	switch http.CanonicalHeaderKey(name) {
	case "Location", "Content-Location", "Referer", "Origin": // the value is one URL, spaces included
		return URL(value)
	}
	if !Header.Secret(name) {
		return Text(value)
	}
	switch lower := strings.ToLower(name); {
	case strings.HasSuffix(lower, "authorization"):
		if scheme, _, found := strings.Cut(value, " "); found {
			return scheme + " " + Mark
		}
	case lower == "set-cookie":
		cookie, attributes, found := strings.Cut(value, ";")
		if name, _, isPair := strings.Cut(cookie, "="); isPair {
			value = name + "=" + Mark
			if found {
				value += ";" + Text(attributes)
			}
			return value
		}
	case lower == "cookie":
		cookies := strings.Split(value, ";")
		for i, cookie := range cookies {
			name, _, isPair := strings.Cut(cookie, "=")
			if !isPair {
				return Mark
			}
			cookies[i] = name + "=" + Mark
		}
		return strings.Join(cookies, ";")
	}
	return Mark
}
