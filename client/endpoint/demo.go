package endpoint

import (
	"net/http"
	"net/url"
	"strings"
)

// The calls of a target. Those of the demo's shape are the last segments of
// their paths.
const (
	Subscribe = "subscribe"
	Send      = "send"
	Close     = "close"
)

// Method says how the demo's send and close are made.
type Method uint8

// The methods.
const (
	Auto Method = iota // GET as in the original demo, POST when the URL would be over 2 KiB
	GET                // clientId and content in the query
	POST               // clientId and content in a form body
)

// Demo returns the target of the demo's shape at a base URL as Parse returns it,
// to be used and not to be saved: FromBase returns one that can be. It is named
// after host and port. Its URLs begin with the base, byte for byte; its secrets
// are known by their names alone, and an answer is judged by its status and its
// code. A request to a base that Parse would refuse cannot be made.
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

// Stream returns the target of the one stream at a URL as ParseStream returns
// it, for every clientId. It is otherwise as that of Demo.
func Stream(address string) Spec {
	return Spec{Name: hostOf(address), Shape: ShapeGET, typed: true, Subscribe: Call{URL: Quote(address)}}
}

// Typed reports whether Demo or Stream made the target of an address: it has no
// rules of its own for answers.
func (s *Spec) Typed() bool { return s.typed }

// hostOf returns host and port of a URL, or "".
func hostOf(address string) string {
	u, err := ParseURL(address)
	if err != nil {
		return ""
	}
	return u.Host
}

// escape encodes a value so that every server reads it back: a space is %20,
// since not all of them take a plus for one.
func escape(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}
