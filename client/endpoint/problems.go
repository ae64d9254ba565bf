package endpoint

import (
	"errors"
	"net/url"
	"strings"

	"sseconsole/client/mask"
)

// What can be wrong with a Spec, an Environment, or a request made of them.
const (
	Missing        ProblemCode = "missing"          // it must be filled in
	BadVariable    ProblemCode = "bad_variable"     // it cannot name a variable
	Reserved       ProblemCode = "reserved"         // clientId and content are no names of own variables
	Duplicate      ProblemCode = "duplicate"        // another has that name
	Undefined      ProblemCode = "undefined"        // no variable has that name
	SecretMissing  ProblemCode = "secret_missing"   // the secret's value has not been filled in
	SecretInFile   ProblemCode = "secret_in_file"   // the value of a secret has no place in a file
	NoVariable     ProblemCode = "no_variable"      // no own variable has that name, as far as the target itself says
	NotSecret      ProblemCode = "not_secret"       // a variable that is called like a secret, and is none
	Loop           ProblemCode = "loop"             // a variable's value leads back to it, or too far
	TooLong        ProblemCode = "too_long"         // the values of variables make it longer than is sensible
	BadAddress     ProblemCode = "bad_url"          // it is no URL; Err says more
	BadScheme      ProblemCode = "bad_scheme"       // neither http nor https
	HostMissing    ProblemCode = "no_host"          // the URL names no host
	BadMethod      ProblemCode = "bad_method"       // it cannot be a method
	BadHeaderName  ProblemCode = "bad_header_name"  // it cannot name a header
	BadHeaderValue ProblemCode = "bad_header_value" // control characters cannot be sent in a header
	HeaderNotSent  ProblemCode = "header_not_sent"  // the connection makes this header itself
	BadJSON        ProblemCode = "bad_json"         // it does not become JSON; Err says where
	NotUTF8        ProblemCode = "not_utf8"         // bytes that are no UTF-8 cannot stand there
	BodyOfGET      ProblemCode = "body_of_get"      // many servers ignore the body of a GET
	AuthTwice      ProblemCode = "auth_twice"       // the header is set as a header and by the authentication
	BadStatus      ProblemCode = "bad_status"       // it is no list such as "2xx 304 400-404"
	BadQuery       ProblemCode = "bad_jq"           // it is no jq expression; Err says why
)

// Warning reports whether a target with this problem can be kept.
func (p *Problem) Warning() bool {
	switch p.Code {
	case BodyOfGET, AuthTwice, HeaderNotSent, CANotUsed, NoVariable, NotSecret:
		return true
	}
	return false
}

// Problems is an error that consists of several problems.
type Problems []*Problem

func (p Problems) Error() string {
	texts := make([]string, len(p))
	for i, problem := range p {
		texts[i] = strings.TrimPrefix(problem.Error(), "target: ")
	}
	return "target: " + strings.Join(texts, "; ")
}

// Unwrap returns the problems one by one.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i, problem := range p {
		errs[i] = problem
	}
	return errs
}

// err returns p as an error, nil if nothing is wrong.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// badURL turns an error of read into a code.
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

// withoutURL keeps the URL, which may hold secrets, out of an error.
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
