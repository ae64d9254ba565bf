package server

import (
	"errors"
	"log"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// tokenReplacement replaces the token in what the server reports.
const tokenReplacement = "(the token)"

// redactor removes the token from what the server reports, wherever a request may
// have put it.
type redactor struct{ token string }

// text returns s without the token. If the token shows only after decoding, text
// returns the decoded form. Shorten a text after the call, not before: otherwise a part
// of the token could remain.
func (d redactor) text(s string) string {
	if d.token == "" {
		return s
	}
	for text, rounds := s, 0; ; rounds++ { // a proxy may add a round of percent-encoding
		for _, form := range []string{text, strings.ReplaceAll(text, "+", " ")} {
			if strings.Contains(form, d.token) {
				return strings.ReplaceAll(form, d.token, tokenReplacement)
			}
		}
		decoded := decodeAll(text)
		if decoded == text || rounds == 3 {
			return s
		}
		text = decoded
	}
}

// decodeAll decodes percent-encoding, and leaves invalid escapes as they are.
func decodeAll(s string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "%")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if c, err := url.PathUnescape("%" + rest[:min(2, len(rest))]); err == nil {
			b.WriteString(c)
			s = rest[2:]
			continue
		}
		b.WriteByte('%')
		s = rest
	}
}

// notice returns n without the token.
func (d redactor) notice(n Notice) Notice {
	if d.token == "" {
		return n
	}
	for _, s := range []*string{&n.ClientID, &n.Fault, &n.Title, &n.Session, &n.Remote, &n.Host, &n.Origin} {
		*s = d.text(*s)
	}
	n.LostIDs = slices.Clone(n.LostIDs)
	for i, id := range n.LostIDs {
		n.LostIDs[i] = d.text(id)
	}
	if n.Err != nil {
		if text := n.Err.Error(); d.text(text) != text {
			n.Err = errors.New(d.text(text))
		}
	}
	return n
}

// Write passes messages of net/http to the standard logger. It escapes them line by
// line, since the stack trace of a panic has many lines.
func (d redactor) Write(p []byte) (int, error) {
	lines := strings.Split(strings.TrimSuffix(string(p), "\n"), "\n")
	for i, line := range lines {
		lines[i] = printable(d.text(line))
	}
	log.Print(strings.Join(lines, "\n"))
	return len(p), nil
}

// printable escapes characters that are not printable, except tabs, as in a Go string,
// so that a terminal does not interpret them.
func printable(s string) string {
	var b strings.Builder
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		if char := s[:size]; r == '\t' || strconv.IsPrint(r) && (r != utf8.RuneError || size > 1) {
			b.WriteString(char)
		} else {
			quoted := strconv.QuoteToASCII(char)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		s = s[size:]
	}
	return b.String()
}
