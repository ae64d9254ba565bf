package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"sseconsole/client/record"
	"sseconsole/client/target"
)

// Endpoint is where one subscription or call goes, ready to be asked.
type Endpoint struct {
	Name       string // as records have it; "" means the URL, secrets masked
	Request    target.Request
	Connection target.Connection

	// Jar keeps the cookies of a target over its requests, if it is not nil.
	Jar http.CookieJar

	// Secrets are texts that no record of a request shows, wherever in it they
	// stand. What is usually a secret is masked without being named here.
	Secrets []string
}

func (e Endpoint) name() string { return cmp.Or(e.Name, e.mask(e.Request.URL)) }

// request returns the HTTP request, or an error if no URL of HTTP is asked
// for or a header cannot be sent. Its body can be had again, for a redirect or a reconnect.
func (e Endpoint) request(ctx context.Context) (*http.Request, error) {
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

// mask takes the secrets out of a URL or what else may hold some.
func (e Endpoint) mask(text string) string {
	return e.maskSecrets(target.Mask(text))
}

func (e Endpoint) maskSecrets(text string) string {
	for _, secret := range e.Secrets {
		if secret == "" {
			continue
		}
		for _, form := range spellings(secret) {
			text = strings.ReplaceAll(text, form, masked)
		}
	}
	return text
}

// spellings returns how a text stands in a header, in a URL or a form, and in
// JSON.
func spellings(text string) []string {
	var plain bytes.Buffer
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text) // a string always can be
	careful, _ := json.Marshal(text)
	return []string{text, url.QueryEscape(text), url.PathEscape(text), inQuotes(plain.Bytes()), inQuotes(careful)}
}

// inQuotes returns what stands in the quotes of a JSON string.
func inQuotes(quoted []byte) string {
	quoted = bytes.TrimSpace(quoted)
	return string(quoted[1 : len(quoted)-1])
}

func (e Endpoint) maskHeader(header http.Header) http.Header {
	header = maskHeader(header)
	if len(e.Secrets) > 0 {
		for _, values := range header {
			for i := range values {
				values[i] = e.maskSecrets(values[i])
			}
		}
	}
	return header
}

// body returns the request's body as records have it.
func (e Endpoint) body() string {
	return e.maskSecrets(maskBody(e.header(nil).Get("Content-Type"), string(e.Request.Body)))
}
