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

// tokenSaid is what the server says instead of its token.
const tokenSaid = "(the token)"

// discreet says things without the token, in whatever way a request may have
// brought it there.
type discreet struct{ token string }

// text returns s, or what s decodes to if that has the token, without it. A
// caller that shortens a text does so afterwards, or a part of the token stays.
func (d discreet) text(s string) string {
	if d.token == "" {
		return s
	}
	for text, rounds := s, 0; ; rounds++ { // of percent-encoding; a proxy may add one
		for _, form := range []string{text, strings.ReplaceAll(text, "+", " ")} {
			if strings.Contains(form, d.token) {
				return strings.ReplaceAll(form, d.token, tokenSaid)
			}
		}
		decoded := decodeAll(text)
		if decoded == text || rounds == 3 {
			return s
		}
		text = decoded
	}
}

// decodeAll decodes percent-encoding, and leaves what is broken as it is.
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
func (d discreet) notice(n Notice) Notice {
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

// Write passes on to the standard logger what net/http has to say, line by line,
// since the stack of a panic has many.
func (d discreet) Write(p []byte) (int, error) {
	lines := strings.Split(strings.TrimSuffix(string(p), "\n"), "\n")
	for i, line := range lines {
		lines[i] = printable(d.text(line))
	}
	log.Print(strings.Join(lines, "\n"))
	return len(p), nil
}

// printable escapes what a terminal would obey or not show, as in a Go string.
// Tabs stay.
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
