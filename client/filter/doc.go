// Package filter selects records. Parse makes a Filter of the line that the user
// types. Its terms are separated by spaces and must all match:
//
//	price            text, in any case unless it has a capital letter
//	"two words"      text with spaces; \" is a quote
//	/pri[cs]e/i      a regular expression (RE2) with the flags i, m, s
//	type:price       the whole type of the event; * matches any text
//	client:al*       the clientId, likewise
//	id:"a b"         the event's id, likewise
//	target:embedded  the target's name or its host, likewise
//	kind:event,fail  kinds and groups of kinds, see Kinds
//	-kind:comment    a minus negates the term
//	jq:.price > 100  the rest of the line is a jq expression on the JSON data
//
// After type, client, id and target a regular expression is also allowed. Text
// and regular expressions match what a record contains from the wire or as a
// code: data, type, id, clientId, address, message, detail and cause, and the
// bytes of chunks and discarded blocks. They do not match the sentences that the
// window shows, since those depend on its language.
//
// A jq expression matches if one of its results is neither false nor null, and
// comes within the bounds of package jq and a tenth of a second. Data that is not
// JSON does not match, nor does data for which the expression was stopped.
package filter
