package client

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// Call is one subscription, send or close, ready to be made. Client.Resolve makes
// that of a target.
type Call struct {
	Kind     record.Kind // record.Subscribe, Send or Close
	Name     string      // of the target, as records have it; "" means the URL, secrets masked
	ClientID string      // as records have it: the request is sent as it is
	Content  string      // of a send, as its record has it

	Request    endpoint.Request
	Connection endpoint.Connection

	// Jar keeps the cookies of a target over its requests, if it is not nil.
	Jar http.CookieJar

	// Masker takes the secrets out of what records tell of a request; nil knows
	// those that usually are one.
	Masker *endpoint.Masker

	// Expect judges the answer to a send or close. Nil takes a 2xx, unless its
	// body is of the demo's shape and has another code than 200.
	Expect Expect
}

// Expect judges the answer to a call by its status and the first 64 KiB of its
// body. Nil means that it is what was hoped for; the text of an error is shown.
type Expect func(status int, body []byte) error

// Resolve returns the call of a target for some values. kind is record.Subscribe,
// Send or Close; the errors are those of Spec.Request and Spec.Resolve. The calls
// of one target share its cookies for as long as the client lives, if it keeps
// some.
func (c *Client) Resolve(spec *endpoint.Spec, kind record.Kind, values endpoint.Values) (Call, error) {
	request, err := spec.Request(kind.String(), values)
	if err != nil {
		return Call{}, err
	}
	connection, err := spec.Resolve(values)
	if err != nil {
		return Call{}, err
	}
	call := Call{
		Kind: kind, Name: spec.Name, ClientID: values.ClientID, Content: values.Content,
		Request: request, Connection: connection, Jar: c.jar(spec), Masker: spec.Masker(values.Environment),
	}
	if !spec.Typed() {
		call.Expect = expectOf(spec.Call(kind.String()).Expect)
	}
	return call, nil
}

// expectOf judges the answer to a call as a target says. Its errors say
// what was expected.
func expectOf(expect endpoint.Expect) Expect {
	return func(status int, body []byte) error {
		verdict, err := expect.Judge(context.Background(), status, body)
		switch {
		case verdict == endpoint.Expected:
			return nil
		case verdict == endpoint.UnexpectedStatus && err == nil:
			return fmt.Errorf("status %d, want %s", status, cmp.Or(expect.Status, "2xx"))
		case verdict == endpoint.Refused:
			return fmt.Errorf("jq %s: false, null or nothing", expect.JQ)
		case verdict == endpoint.NoJSON:
			return fmt.Errorf("jq %s: the answer is not JSON", expect.JQ)
		case verdict == endpoint.QueryFailed:
			return fmt.Errorf("jq %s: %w", expect.JQ, err)
		}
		return fmt.Errorf("%s: %w", verdict, err)
	}
}

func (c Call) name() string { return cmp.Or(c.Name, c.mask(c.Request.URL)) }

// request returns the HTTP request, or an error if no URL of HTTP is asked
// for or a header cannot be sent. Its body can be had again, for a redirect or a reconnect.
func (c Call) request(ctx context.Context) (*http.Request, error) {
	if verb := c.Request.Verb(); !isToken(verb) { // of which net/http would repeat every byte
		return nil, fmt.Errorf("invalid method %q", c.mask(verb))
	}
	var body io.Reader
	if len(c.Request.Body) > 0 {
		body = bytes.NewReader(c.Request.Body)
	}
	request, err := newRequest(ctx, c.Request.Verb(), c.Request.URL, body)
	if err != nil {
		return nil, err
	}
	request.Header = c.header(nil)
	for name, values := range request.Header {
		if !isToken(name) {
			return nil, &failureError{record.BadHeader, fmt.Sprintf("%q is no name of a header", name)}
		}
		for _, value := range values {
			if !sendable(value) {
				return nil, &failureError{record.BadHeader, fmt.Sprintf("%s has a line feed or another control character", name)}
			}
		}
	}
	if host := request.Header.Get("Host"); host != "" { // net/http wants it elsewhere
		request.Host = host
	}
	return request, nil
}

// badRequest is why no request can be made of a Call.
func badRequest(err error) record.Failure {
	if failure := knownFailure(err); failure != "" {
		return failure
	}
	return record.BadAddress
}

// header returns the request's headers, and of usual those that it lacks.
func (c Call) header(usual http.Header) http.Header {
	header := make(http.Header, len(c.Request.Header)+len(usual))
	for name, values := range c.Request.Header {
		name = http.CanonicalHeaderKey(name)
		header[name] = append(header[name], values...)
	}
	for name, values := range usual {
		if _, ok := header[name]; !ok {
			header[name] = values
		}
	}
	return header
}

// mask takes the secrets out of a URL.
func (c Call) mask(address string) string { return c.Masker.URL(address) }

// why returns what records tell of an error: its cause, secrets masked.
func (c Call) why(err error) string { return c.Masker.Message(cause(err).Error()) }

// answer returns what records have of the body of a response that is no stream:
// its beginning, secrets masked.
func (c Call) answer(response *http.Response, body []byte) string {
	return c.Masker.Body(contentType(response), beginning(body))
}

// body returns the request's body as records have it.
func (c Call) body() string {
	return string(c.Masker.Request(endpoint.Request{Header: c.header(nil), Body: c.Request.Body}).Body)
}
