package curl

import "fmt"

// Note describes a part of a command that is not honored.
type Note struct {
	Code  NoteCode
	Flag  string // as written; "" if the note is not about a flag
	Value string // the value of the flag unless it may be a secret, or the text in question
}

// NoteCode says why a part is not honored.
type NoteCode string

// The codes.
const (
	UnknownFlag   NoteCode = "unknown_flag"   // the flag is unknown to this program
	EqualsSign    NoteCode = "equals_sign"    // --flag=value, which curl does not accept
	NotHonoured   NoteCode = "not_honoured"   // the flag has an effect in curl, but not here
	FileNotRead   NoteCode = "file_not_read"  // the content of a file or of standard input is missing
	Glob          NoteCode = "glob"           // curl would expand braces and brackets to several URLs; here they are literal
	ExtraURL      NoteCode = "extra_url"      // only one URL is called
	Trailing      NoteCode = "trailing"       // what follows the command, such as a pipe, is ignored
	PasswordAsked NoteCode = "password_asked" // curl would prompt for the password
)

// Error says why a text cannot be read as a curl command.
type Error struct {
	Code   ErrorCode
	Offset int    // position in the text in bytes
	Flag   string // the flag in question
	Detail string
}

// ErrorCode says what is wrong.
type ErrorCode string

// The codes.
const (
	Empty        ErrorCode = "empty"        // the text is empty
	NotCurl      ErrorCode = "not_curl"     // it does not begin with curl; Detail is its first word
	PowerShell   ErrorCode = "powershell"   // a PowerShell command; copy as cURL (bash) or (cmd) instead
	OpenQuote    ErrorCode = "open_quote"   // a quote is not closed
	TooLong      ErrorCode = "too_long"     // its variables expand to more than 16 MiB
	Substitution ErrorCode = "substitution" // it needs the output of a command or a shell expansion
	NoURL        ErrorCode = "no_url"       // there is no URL
	BadURL       ErrorCode = "bad_url"      // not a valid http or https URL; Detail is the URL
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
