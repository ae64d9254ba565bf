package endpoint

import (
	"errors"
	"net/url"
	"strings"

	"sseconsole/client/mask"
)

// What can be wrong with a Spec, an Environment, or a request made from them.
const (
	Missing        ProblemCode = "missing"          // the field must be filled in
	BadVariable    ProblemCode = "bad_variable"     // not a valid name of a variable
	Reserved       ProblemCode = "reserved"         // clientId and content are reserved names
	Duplicate      ProblemCode = "duplicate"        // the name is taken
	Undefined      ProblemCode = "undefined"        // the variable is not defined
	SecretMissing  ProblemCode = "secret_missing"   // the secret has no value
	SecretInFile   ProblemCode = "secret_in_file"   // a file must not contain the value of a secret
	NoVariable     ProblemCode = "no_variable"      // the target has no variable with this name
	NotSecret      ProblemCode = "not_secret"       // a variable is named like a secret but is not one
	Loop           ProblemCode = "loop"             // the variable refers to itself, or is nested too deeply
	TooLong        ProblemCode = "too_long"         // with its variables the text is over 64 MiB
	BadAddress     ProblemCode = "bad_url"          // not a valid URL; Err says why
	BadScheme      ProblemCode = "bad_scheme"       // the scheme is neither http nor https
	HostMissing    ProblemCode = "no_host"          // the URL has no host
	BadMethod      ProblemCode = "bad_method"       // not a valid method
	BadHeaderName  ProblemCode = "bad_header_name"  // not a valid header name
	BadHeaderValue ProblemCode = "bad_header_value" // a header cannot contain control characters
	HeaderNotSent  ProblemCode = "header_not_sent"  // the connection sets this header itself
	BadJSON        ProblemCode = "bad_json"         // not valid JSON; Err says where
	NotUTF8        ProblemCode = "not_utf8"         // not valid UTF-8
	BodyOfGET      ProblemCode = "body_of_get"      // many servers ignore the body of a GET
	AuthTwice      ProblemCode = "auth_twice"       // the authentication sets this header, too
	BadStatus      ProblemCode = "bad_status"       // not a list such as "2xx 304 400-404"
	BadQuery       ProblemCode = "bad_jq"           // not a valid jq expression; Err says why
)

// Warning reports whether a target with this problem can be saved.
func (p *Problem) Warning() bool {
	switch p.Code {
	case BodyOfGET, AuthTwice, HeaderNotSent, CANotUsed, NoVariable, NotSecret:
		return true
	}
	return false
}

// Problems is an error made of one or more problems.
type Problems []*Problem

func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, problem := range p {
		texts[i] = strings.TrimPrefix(problem.Error(), "target: ")
	}
	return "target: " + strings.Join(texts, "; ")
}

// Unwrap returns the individual problems.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i, problem := range p {
		errs[i] = problem
	}
	return errs
}

// err returns p as an error, or nil if p is empty.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// badURL returns the code for an error of read.
func badURL(err error) ProblemCode {
	var e *ParseError
	if errors.As(err, &e) {
		switch e.Reason {
		case Empty:
			return Missing
		case Scheme:
			return BadScheme
		case NoHost:
			return HostMissing
		}
	}
	return BadAddress
}

// withoutURL removes the URL, which may contain secrets, from an error.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return mask.Error(e.Err)
	}
	var p *ParseError
	if errors.As(err, &p) {
		return p.Err
	}
	return mask.Error(err)
}
