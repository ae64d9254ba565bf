package client

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"

	"golang.org/x/net/http/httpguts"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// Call is one subscription, send or close, ready to be made. Client.Resolve returns
// the Call of a target.
type Call struct {
	Kind     record.Kind // record.Subscribe, Send or Close
	Name     string      // of the target, for records; "" means the URL, secrets masked
	ClientID string      // for records only; the request does not depend on it
	Content  string      // of a send, for its record only

	Request    endpoint.Request
	Connection endpoint.Connection

	// Jar stores the cookies of a target; nil ignores cookies.
	Jar http.CookieJar

	// Masker masks the secrets in the records of a request; nil masks what usually
	// is a secret.
	Masker *endpoint.Masker

	// Expect judges the response to a send or close. Nil accepts a 2xx status, unless
	// the body has the demo's shape and a code other than 200.
	Expect Expect
}

// Expect judges the response to a call by its status and the first 64 KiB of its
// body. It returns nil if the response is as expected, otherwise an error whose
// text is shown.
type Expect func(status int, body []byte) error

// Resolve returns the call of a target for some values. kind is record.Subscribe,
// Send or Close; the errors are those of Spec.Request and Spec.Resolve. The calls
// of a target that stores cookies share one jar for the lifetime of the client.
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

// expectOf returns an Expect that judges as a target says. Its errors say what was
// expected.
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

// request returns the HTTP request, or an error if the URL is not an HTTP URL or
// the method or a header cannot be sent. GetBody is set, for redirects and
// reconnects.
func (c Call) request(ctx context.Context) (*http.Request, error) {
	if verb := c.Request.Verb(); !httpguts.ValidHeaderFieldName(verb) { // net/http's error would quote it unmasked
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
		if !httpguts.ValidHeaderFieldName(name) {
			return nil, &failureError{record.BadHeader, fmt.Sprintf("invalid header name %q", name)}
		}
		for _, value := range values {
			if !sendable(value) {
				return nil, &failureError{record.BadHeader, fmt.Sprintf("%s contains a line feed or another control character", name)}
			}
		}
	}
	if host := request.Header.Get("Host"); host != "" { // net/http sends Request.Host and ignores the header
		request.Host = host
	}
	return request, nil
}

// badRequest returns the failure for an error of Call.request.
func badRequest(err error) record.Failure {
	if failure := knownFailure(err); failure != "" {
		return failure
	}
	return record.BadAddress
}

// header returns the request's headers, with those of usual that it lacks.
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

// mask masks the secrets in a URL.
func (c Call) mask(address string) string { return c.Masker.URL(address) }

// why returns the cause of an error for a record, secrets masked.
func (c Call) why(err error) string { return c.Masker.Message(cause(err).Error()) }

// answer returns the beginning of a body that is not a stream, for a record,
// secrets masked.
func (c Call) answer(response *http.Response, body []byte) string {
	return c.Masker.Body(contentType(response), beginning(body))
}

// body returns the request's body for a record, secrets masked.
func (c Call) body() string {
	return string(c.Masker.Request(endpoint.Request{Header: c.header(nil), Body: c.Request.Body}).Body)
}
