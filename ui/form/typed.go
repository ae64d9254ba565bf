package form

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/curl"
)

// demoCall is a call of a server with the demo's API.
type demoCall struct {
	base     string // as endpoint.Parse returns it; "" if it is another call
	call     string // endpoint.Subscribe, Send or Close; "" if the address has none
	clientID string
}

// readAddress reads an address as users type or paste it: of a server, or of one of its
// calls.
func readAddress(text string) (demoCall, error) {
	base, err := endpoint.Parse(text)
	if err != nil {
		return demoCall{}, err
	}
	d := demoCall{base: base}
	address, err := endpoint.ParseStream(text)
	if err != nil {
		return demoCall{}, err
	}
	path, query, _ := strings.Cut(address, "?")
	path = strings.TrimRight(path, "/")
	switch last := path[strings.LastIndexByte(path, '/')+1:]; last {
	case endpoint.Subscribe, endpoint.Send, endpoint.Close:
		d.call = last
	}
	d.clientID = param(query, endpoint.ClientID)
	return d, nil
}

// param returns the first value of a parameter.
func param(query, name string) string {
	values, _ := url.ParseQuery(query) // what can be read of it
	return values.Get(name)
}

// isCommand reports whether a text is meant as a command.
func isCommand(text string) bool {
	text = strings.ToLower(strings.TrimLeft(text, "$%#> \t"))
	for _, begin := range []string{"curl ", "curl.exe ", "invoke-", "iwr ", "irm ", "printf "} {
		if strings.HasPrefix(text+" ", begin) {
			return true
		}
	}
	return false
}

// readDemo reads a curl command. The result has no base if the command is not one that
// the demo's page would send, such as one with credentials.
func readDemo(command string) (demoCall, error) {
	c, err := curl.Parse(command)
	if err != nil {
		return demoCall{}, err
	}
	d, err := readAddress(c.Request.URL)
	if err != nil {
		return demoCall{}, err
	}
	query := ""
	switch contentType := c.Request.Header.Get("Content-Type"); {
	case c.Request.Body == nil:
	case strings.HasPrefix(contentType, "application/x-www-form-urlencoded"):
		query = string(c.Request.Body)
	default:
		return demoCall{}, nil
	}
	if d.clientID == "" {
		d.clientID = param(query, endpoint.ClientID)
	}
	method := c.Request.Verb()
	if d.call == "" || d.clientID == "" || method != http.MethodGet && method != http.MethodPost || !plain(c) {
		return demoCall{}, nil
	}
	return d, nil
}

// plain reports whether a command has nothing that a typed address would lose.
func plain(c curl.Command) bool {
	connection := c.Connection
	connection.Redirects, connection.Compression, connection.HTTP = "", "", ""
	if connection != (endpoint.Connection{}) || c.Auth != (endpoint.Auth{}) || len(c.Variables) > 0 {
		return false
	}
	for name := range c.Request.Header {
		switch name {
		case "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "Connection", "Content-Type", "Dnt", "Origin", "Pragma", "Priority", "Referer", "User-Agent":
		default:
			if !strings.HasPrefix(name, "Sec-") {
				return false
			}
		}
	}
	return true
}

// isAddress reports whether a text is meant as an address rather than as words to find.
func isAddress(text string) bool {
	if strings.ContainsAny(text, " \t\n") {
		return false
	}
	host, _, _ := strings.Cut(text, "/")
	return isPort(text) || strings.Contains(text, "://") || strings.ContainsAny(host, ":") || strings.EqualFold(host, "localhost") ||
		net.ParseIP(strings.Trim(host, "[]")) != nil || strings.Contains(text, "/") && strings.Contains(host, ".")
}

// isPort reports whether a text is a port, with or without a colon before it.
func isPort(text string) bool {
	digits := strings.TrimPrefix(text, ":")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}

// isLocal reports whether a text is an address at which a server of this machine could
// listen: a port, or a host of this machine without a scheme or a path.
func isLocal(text string) bool {
	if isPort(text) {
		return true
	}
	if strings.Contains(text, "/") {
		return false
	}
	host := text
	if h, _, err := net.SplitHostPort(text); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && (ip.IsLoopback() || ip.IsUnspecified() || ip.IsPrivate())
}
