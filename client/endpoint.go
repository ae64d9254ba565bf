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

// Endpoint is where one subscription or call goes, ready to be asked.
type Endpoint struct {
	Name       string // as records have it; "" means the URL, secrets masked
	Request    endpoint.Request
	Connection endpoint.Connection

	// Jar keeps the cookies of a target over its requests, if it is not nil.
	Jar http.CookieJar

	// Masker takes the secrets out of what records tell of a request; nil knows
	// those that usually are one.
	Masker *endpoint.Masker
}

func (e Endpoint) name() string { return cmp.Or(e.Name, e.mask(e.Request.URL)) }

// request returns the HTTP request, or an error if no URL of HTTP is asked
// for or a header cannot be sent. Its body can be had again, for a redirect or a reconnect.
func (e Endpoint) request(ctx context.Context) (*http.Request, error) {
	if verb := e.Request.Verb(); !isToken(verb) { // of which net/http would repeat every byte
		return nil, fmt.Errorf("invalid method %q", e.mask(verb))
	}
	var body io.Reader
	if len(e.Request.Body) > 0 {
		body = bytes.NewReader(e.Request.Body)
	}
	request, err := newRequest(ctx, e.Request.Verb(), e.Request.URL, body)
	if err != nil {
		return nil, err
	}
	request.Header = e.header(nil)
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

// badRequest is why no request can be made of an Endpoint.
func badRequest(err error) record.Failure {
	if failure := knownFailure(err); failure != "" {
		return failure
	}
	return record.BadAddress
}

// header returns the request's headers, and of usual those that it lacks.
func (e Endpoint) header(usual http.Header) http.Header {
	header := make(http.Header, len(e.Request.Header)+len(usual))
	for name, values := range e.Request.Header {
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
func (e Endpoint) mask(address string) string { return e.Masker.URL(address) }

// why returns what records tell of an error: its cause, secrets masked.
func (e Endpoint) why(err error) string { return e.Masker.Message(cause(err).Error()) }

// answer returns what records have of the body of a response that is no stream:
// its beginning, secrets masked.
func (e Endpoint) answer(response *http.Response, body []byte) string {
	return e.Masker.Body(contentType(response), beginning(body))
}

// body returns the request's body as records have it.
func (e Endpoint) body() string {
	return string(e.Masker.Request(endpoint.Request{Header: e.header(nil), Body: e.Request.Body}).Body)
}
