package mask

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Scope is where a name appears. The same name may be a secret in one scope and
// plain in another.
type Scope uint8

// The scopes.
const (
	Param  Scope = iota // a parameter of a URL or a form, or a variable, which may be used anywhere
	Header              // a header
	JSON                // a field in the JSON of a request or an answer
)

// The list of names; words are separated by spaces. A name is compared part by
// part, so monkey and author contain none of these words.
const (
	// A name that ends in one of these is a secret.
	ends = " assertion authcode authorization authorizationcode bearer codeverifier cookie cookies credential credentials csrf csrfmiddlewaretoken" +
		" hmac jsessionid jwt otp passcode passphrase passwd password passwords phpsessid pwd samlrequest samlresponse secret secrets" +
		" sessid sessionid sig signature token tokenhint totp xsrf "

	// These are secrets alone, or after one of kinds.
	ofKinds = " key pass "

	// These may be joined to one of kinds, as in accesstoken.
	joined = " credential key pass password passwd pwd secret sig signature token "

	kinds = " access account admin api app application auth authorization basic bearer client consumer csrf db device encryption hmac id" +
		" identity jwt login master oauth private proxy refresh root secret security service session shared signing ssh storage" +
		" subscription user verification verify webhook x xamz xsrf "

	// These are common words in JSON, and secrets elsewhere: in names that end in
	// them, and as whole names.
	endsOutsideJSON  = " auth session "
	wholeOutsideJSON = " code sid state "

	// These may follow the word that makes a name a secret.
	suffixes = " again confirm confirmation hash header new old plain raw repeat string text value "
)

// class says what a word of the list means for a name.
type class uint8

const (
	secretEnd class = 1 << iota // one of ends, or one of joined after one of kinds
	secretOfKind
	secretEndOutsideJSON
	secretWholeOutsideJSON
	isSuffix
)

// vocabulary is the list as a map: a body may have a hundred thousand names.
var vocabulary = sync.OnceValue(func() map[string]class {
	all := make(map[string]class)
	for list, c := range map[string]class{ends: secretEnd, ofKinds: secretOfKind, endsOutsideJSON: secretEndOutsideJSON, wholeOutsideJSON: secretWholeOutsideJSON, suffixes: isSuffix} {
		for word := range strings.FieldsSeq(list) {
			all[word] |= c
		}
	}
	for kind := range strings.FieldsSeq(kinds) {
		for word := range strings.FieldsSeq(joined) {
			all[kind+word] |= secretEnd
		}
	}
	return all
})

// Only the end of a name is examined: this many bytes, and this many parts, since
// a word of the list may be split into that many.
const (
	longestName = 256
	mostParts   = 4

	shortestName = len("key") // no word of the list is shorter
)

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// Secret reports whether a value with this name is usually a secret. The name of
// a parameter may be percent-encoded as in a URL.
func (s Scope) Secret(name string) bool {
	if s == Param {
		name = unescape(name)
	}
	if len(name) < shortestName || s == Header && hasPrefixFold(name, "access-control-") { // Access-Control-Allow-Credentials is no secret
		return false
	}
	// The buffers stay on the stack unless the name is unusually long.
	text, starts := split(make([]byte, 0, 2*longestName), make([]int, 0, 16), name[max(0, len(name)-longestName):])
	if len(starts) == 0 {
		return false
	}
	words, last := vocabulary(), len(starts)-1
	c := words[string(text[starts[last]:])]
	if s != JSON && last == 0 && c&secretWholeOutsideJSON != 0 {
		return true
	}
	for last > 0 && c&isSuffix != 0 {
		text = text[:starts[last]]
		last--
		c = words[string(text[starts[last]:])]
	}
	if c&secretOfKind != 0 && (last == 0 || s == Header && string(text[starts[last]:]) == "key") {
		return true
	}
	for _, start := range starts[max(0, last+1-mostParts) : last+1] {
		c := words[string(text[start:])]
		if c&secretEnd != 0 || s != JSON && c&secretEndOutsideJSON != 0 {
			return true
		}
	}
	return false
}

// split appends the parts of a name to text, in lower case and without anything
// between them, and the index of each part to starts. A part ends at a change
// from small to capital letters, and at every character that is neither a letter
// nor a digit. Digits at the end of a part are dropped.
func split(text []byte, starts []int, name string) ([]byte, []int) {
	start := len(text)
	end := func() {
		for len(text) > start && '0' <= text[len(text)-1] && text[len(text)-1] <= '9' {
			text = text[:len(text)-1]
		}
		if len(text) > start {
			starts = append(starts, start)
			start = len(text)
		}
	}
	before := ' '
	for i, r := range name {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			if unicode.IsUpper(r) {
				next, _ := utf8.DecodeRuneInString(name[i+utf8.RuneLen(r):])
				if !unicode.IsUpper(before) || unicode.IsLower(next) { // tokenId, JSONToken
					end()
				}
			}
			text = utf8.AppendRune(text, unicode.ToLower(r))
		} else {
			end()
		}
		before = r
	}
	end()
	return text, starts
}

// unescape decodes %XX in a name and leaves invalid escapes unchanged.
func unescape(name string) string {
	if !strings.Contains(name, "%") {
		return name
	}
	digit := func(c byte) int { return strings.IndexByte("0123456789abcdef", c|0x20) }
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] == '%' && i+2 < len(name) {
			if high, low := digit(name[i+1]), digit(name[i+2]); high >= 0 && low >= 0 {
				b.WriteByte(byte(high<<4 | low))
				i += 2
				continue
			}
		}
		b.WriteByte(name[i])
	}
	return b.String()
}
