package endpoint

import (
	"net/http"
	"net/url"
	"strings"
)

// The calls of a target. For the demo they are also the last segments of its paths.
const (
	Subscribe = "subscribe"
	Send      = "send"
	Close     = "close"
)

// Method says how the calls send and close of the demo are made.
type Method uint8

// The methods.
const (
	Auto Method = iota // GET as in the original demo, but POST if the URL would be over 2 KiB
	GET                // clientId and content in the query
	POST               // clientId and content in a form body
)

// Demo returns a target with the demo's API at a base URL returned by Parse. It
// is for use, not for saving; FromBase returns one that can be saved. It is
// named after host and port, and its URLs begin with base, byte for byte. Its
// secrets are known only by their names, and an answer is judged by its status
// and code. With a base that Parse would reject, no request can be made.
func Demo(base string, method Method) Spec {
	who, content := Param{"clientId", "{clientId}"}, Param{"content", "{content}"}
	where, query, _ := strings.Cut(base, "?")
	if query != "" {
		query = "?" + query
	}
	address := func(call string) string { return Quote(where + "/" + call + query) }
	call := func(name string, params ...Param) *Call {
		byGET := &Call{URL: address(name), Query: params}
		byPOST := &Call{
			URL: address(name), Method: http.MethodPost, Body: &Body{Kind: BodyForm, Form: params},
			Header: []Param{{"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"}},
		}
		switch method {
		case GET:
			return byGET
		case POST:
			return byPOST
		}
		byGET.long = byPOST
		return byGET
	}
	return Spec{
		Name: hostOf(base), Shape: ShapeDemo, typed: true,
		Subscribe: Call{URL: address(Subscribe), Query: []Param{who}},
		Send:      call(Send, who, content),
		Close:     call(Close, who),
	}
}

// Stream returns a target for the stream at a URL returned by ParseStream, the
// same for every clientId. Otherwise it is like that of Demo.
func Stream(address string) Spec {
	return Spec{Name: hostOf(address), Shape: ShapeGET, typed: true, Subscribe: Call{URL: Quote(address)}}
}

// Typed reports whether s was made by Demo or Stream from a typed address. Such
// a target has no expectations of its own for answers.
func (s *Spec) Typed() bool { return s.typed }

// hostOf returns host and port of a URL, or "".
func hostOf(address string) string {
	u, err := ParseURL(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// escape encodes a value so that every server decodes it correctly: a space is
// %20, since not all of them decode a plus.
func escape(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}
