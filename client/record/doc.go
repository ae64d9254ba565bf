// Package record defines Record, the one kind of entry for everything that is
// done or seen: what the user did, what came over the wire, what happened to a
// connection. Package client and the window's controller create records, the
// journal stores them, and the log shows them.
//
// A Record is plain data without sentences. Causes are codes (Failure, Party,
// DelaySource), which the window words in the user's language. Only Detail is
// text, in the words of the system or of a library.
package record
