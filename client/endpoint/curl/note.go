package curl

import "fmt"

// Note names a part of a command that is not honoured.
type Note struct {
	Code  NoteCode
	Flag  string // as it was written, "" if it is about no flag
	Value string // its value, unless that may be a secret; or the text in question
}

// NoteCode says why a part is not honoured.
type NoteCode string

// The codes.
const (
	UnknownFlag   NoteCode = "unknown_flag"   // no flag of curl that this program knows
	EqualsSign    NoteCode = "equals_sign"    // --flag=value: curl knows only --flag value
	NotHonoured   NoteCode = "not_honoured"   // a flag of curl that would change what happens, and does not here
	FileNotRead   NoteCode = "file_not_read"  // what stands in a file, or comes from standard input, is missing
	Glob          NoteCode = "glob"           // curl would take braces and brackets for several URLs; here they are literal
	ExtraURL      NoteCode = "extra_url"      // only one URL is called
	Trailing      NoteCode = "trailing"       // what follows the command, such as a pipe, is left out
	PasswordAsked NoteCode = "password_asked" // curl would ask for the password
)

// Error says why a text is no command that can be read.
type Error struct {
	Code   ErrorCode
	Offset int    // of the byte where it was found
	Flag   string // the flag in question
	Detail string
}

// ErrorCode is the reason of an Error.
type ErrorCode string

// The codes.
const (
	Empty        ErrorCode = "empty"        // there is nothing
	NotCurl      ErrorCode = "not_curl"     // it does not begin with curl; Detail is how it begins
	PowerShell   ErrorCode = "powershell"   // a command of PowerShell: copy as cURL (bash) or (cmd) instead
	OpenQuote    ErrorCode = "open_quote"   // a quote is not closed
	TooLong      ErrorCode = "too_long"     // its variables expand to more than is sensible
	Substitution ErrorCode = "substitution" // the output of a command, or a part of a variable, stands in it
	NoURL        ErrorCode = "no_url"       // there is no URL
	BadURL       ErrorCode = "bad_url"      // the URL is none of http or https; Detail says why
	NoValue      ErrorCode = "no_value"     // the flag lacks its value
	BadValue     ErrorCode = "bad_value"    // the flag cannot have that value
	TwoBodies    ErrorCode = "two_bodies"   // curl refuses -I with a body
)

func (e *Error) Error() string {
	text := fmt.Sprintf("curl: %s at %d", e.Code, e.Offset)
	for _, s := range []string{e.Flag, e.Detail} {
		if s != "" {
			text += ": " + s
		}
	}
	return text
}
