// Package filter decides which records are looked for. Parse makes a Filter of
// the line that a person types; its terms are separated by spaces and must all
// match:
//
//	price            text, in any case unless it holds a capital letter
//	"two words"      text with spaces, quotes by \"
//	/pri[cs]e/i      a regular expression (RE2), with the flags i, m, s
//	type:price       the event's type, whole; * stands for any text
//	client:al*       the clientId, likewise
//	id:"a b"         the event's id, likewise
//	target:embedded  the target's name or its host, likewise
//	kind:event,fail  kinds and groups of kinds, see Kinds
//	-kind:comment    a minus before a term turns it round
//	jq:.price > 100  the rest of the line is a jq expression on the JSON data
//
// After type, client, id and target there may also be a regular expression.
// Text and regular expressions are looked for in all that a record carries from
// the wire or tells in code: data, type, id, clientId, address, message, detail
// and cause, and the bytes of chunks and of discarded blocks. The words by which
// a window tells of a record are not looked at: they depend on its language.
//
// A jq expression matches when one of its results is neither false nor null and
// comes within the bounds of package jq and a tenth of a second. Data that is no
// JSON does not match, nor does data over which the expression was stopped.
package filter
