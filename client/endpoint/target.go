package endpoint

import (
	"net/url"
	"strings"
)

// The calls of a target, as the last segment of their paths.
const (
	Subscribe = "subscribe"
	Send      = "send"
	Close     = "close"
)

// Target is a server and the base path of its three calls. Targets are equal
// when their fields are; the zero value goes nowhere, and a request to it fails
// as a bad address.
type Target struct {
	// Name is what the log calls it. Parse sets it to host and port; a caller
	// may set another.
	Name string

	// Base is the base URL as Parse returns it: scheme, host, path without a
	// slash at its end, and the query parameters that every call carries, such
	// as token. It may hold secrets: show String instead.
	Base string

	// StreamOnly says that Base is the URL of one stream as ParseStream returns
	// it. There is nothing to send to or to close there.
	StreamOnly bool
}

// String returns Base with its secrets masked.
func (t Target) String() string { return Mask(t.Base) }

// SubscribeURL returns the URL of the stream of clientID.
func (t Target) SubscribeURL(clientID string) string {
	if t.StreamOnly {
		return t.Base
	}
	return t.url(Subscribe, "clientId="+escape(clientID))
}

// SendURL returns the URL that sends content to clientID. Both may hold any
// bytes, also such that are not UTF-8.
func (t Target) SendURL(clientID, content string) string {
	return t.url(Send, "clientId="+escape(clientID)+"&content="+escape(content))
}

// CloseURL returns the URL that ends the stream of clientID.
func (t Target) CloseURL(clientID string) string {
	return t.url(Close, "clientId="+escape(clientID))
}

// Endpoint returns the URL of a call without its own parameters, for a request
// that has them in its body.
func (t Target) Endpoint(call string) string { return t.url(call, "") }

func (t Target) url(call, params string) string {
	base, kept, _ := strings.Cut(t.Base, "?")
	if kept != "" && params != "" {
		kept += "&"
	}
	if kept += params; kept != "" {
		kept = "?" + kept
	}
	return base + "/" + call + kept
}

// escape encodes a value so that every server reads it back: a space is %20,
// since not all of them take a plus for one.
func escape(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}
