package mask

import (
	"strings"
	"unicode"
)

// Scope is where a name stands. The same name may be a secret in one and plain
// in another.
type Scope uint8

// The scopes.
const (
	Param  Scope = iota // a parameter of a URL or a form, or a variable, which may go anywhere
	Header              // a header
	JSON                // a field in the JSON of a request or an answer
)

// The list, its words between blanks. A name is compared by its parts, so that
// monkey and author hold none of these words.
const (
	// A name that ends in one of these is a secret.
	ends = " assertion authcode authorization authorizationcode bearer codeverifier cookie cookies credential credentials csrf csrfmiddlewaretoken" +
		" hmac jsessionid jwt otp passcode passphrase passwd password passwords phpsessid pwd samlrequest samlresponse secret secrets" +
		" sessid sessionid sig signature token tokenhint totp xsrf "

	// These are secrets alone, or behind one of kinds.
	ofKinds = " key pass "

	// These may be written in one word with one of kinds, as in accesstoken.
	joined = " credential key pass password passwd pwd secret sig signature token "

	kinds = " access account admin api app application auth authorization basic bearer client consumer csrf db device encryption hmac id" +
		" identity jwt login master oauth private proxy refresh root secret security service session shared signing ssh storage" +
		" subscription user verification verify webhook x xamz xsrf "

	// These are usual words in JSON, and secrets elsewhere: in names that end in
	// them, and as whole names.
	endsBesideJSON  = " auth session "
	wholeBesideJSON = " code sid state "

	// A name may have these behind the word that counts.
	suffixes = " again confirm confirmation hash header new old plain raw repeat string text value "
)

func in(list, word string) bool { return word != "" && strings.Contains(list, " "+word+" ") }

// Of a name its end is looked at: so many bytes, and so many parts, since that
// many may make a word of the list.
const (
	longestName = 256
	mostParts   = 4
)

// Secret reports whether a value of that name usually is a secret. The name of a
// parameter may be escaped as in a URL.
func (s Scope) Secret(name string) bool {
	if s == Param {
		name = unescape(name)
	}
	parts := split(name[max(0, len(name)-longestName):])
	if len(parts) == 0 {
		return false
	}
	if s != JSON && len(parts) == 1 && in(wholeBesideJSON, parts[0]) {
		return true
	}
	for len(parts) > 1 && in(suffixes, parts[len(parts)-1]) {
		parts = parts[:len(parts)-1]
	}
	if last := parts[len(parts)-1]; in(ofKinds, last) && (len(parts) == 1 || s == Header && last == "key") {
		return true
	}
	word := ""
	for i := len(parts) - 1; i >= max(0, len(parts)-mostParts); i-- {
		word = parts[i] + word
		if in(ends, word) || s != JSON && in(endsBesideJSON, word) || isCompound(word) {
			return true
		}
	}
	return false
}

// isCompound reports whether a word is one of joined behind one of kinds.
func isCompound(word string) bool {
	for end := range strings.FieldsSeq(joined) {
		if kind, found := strings.CutSuffix(word, end); found && in(kinds, kind) {
			return true
		}
	}
	return false
}

// split returns the parts of a name in lower case: it ends one at a change from
// small to capital letters, and at whatever is neither letter nor digit. Digits
// at the end of a part count for nothing.
func split(name string) []string {
	var parts []string
	var part strings.Builder
	end := func() {
		if word := strings.TrimRight(part.String(), "0123456789"); word != "" {
			parts = append(parts, word)
		}
		part.Reset()
	}
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			continue
		}
		if i > 0 && unicode.IsUpper(r) {
			before, next := runes[i-1], ' '
			if i+1 < len(runes) {
				next = runes[i+1]
			}
			if !unicode.IsUpper(before) || unicode.IsLower(next) { // tokenId, JSONToken
				end()
			}
		}
		part.WriteRune(unicode.ToLower(r))
	}
	end()
	return parts
}

// unescape undoes the %XX of a name, as far as there are some.
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
