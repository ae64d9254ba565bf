package curl

import (
	"bytes"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"sseconsole/client/endpoint"
)

func (p *parser) request(method string) error {
	if method == "" || endpoint.CheckMethod(method) != nil {
		return &Error{Code: BadValue, Flag: "-X", Detail: endpoint.Mask(method)}
	}
	p.method = method
	return nil
}

// read returns the content of a file, and whether it could be read.
func (p *parser) read(flag, name string) ([]byte, bool) {
	if name == "-" && p.piped {
		return p.stdin, true
	}
	if p.options.ReadFile != nil {
		if data, err := p.options.ReadFile(name); err == nil {
			return data, true
		}
	}
	p.note(FileNotRead, flag, "@"+name)
	return nil, false
}

func (p *parser) add(data []byte, separator string) {
	if p.hasBody && separator != "" {
		p.body = append(p.body, separator...)
	}
	p.body, p.hasBody = append(p.body, data...), true
}

// data processes -d and similar flags; with file, @ names a file, and with binary its
// line breaks stay.
func (p *parser) data(flag, text string, file, binary bool) error {
	data := []byte(text)
	if name, isFile := strings.CutPrefix(text, "@"); file && isFile {
		data, _ = p.read(flag, name)
		if !binary {
			data = bytes.Map(func(r rune) rune {
				if r == '\r' || r == '\n' || r == 0 {
					return -1
				}
				return r
			}, data)
		}
	}
	p.add(data, "&")
	return nil
}

func (p *parser) json(text string) error {
	data := []byte(text)
	if name, isFile := strings.CutPrefix(text, "@"); isFile {
		data, _ = p.read("--json", name)
	}
	p.isJSON = true
	p.add(data, "")
	return nil
}

func (p *parser) urlencode(text string) error {
	encoded, _ := p.encode("--data-urlencode", text)
	p.add([]byte(encoded), "&")
	return nil
}

func (p *parser) urlQuery(text string) error {
	if raw, found := strings.CutPrefix(text, "+"); found {
		p.query = append(p.query, raw)
		return nil
	}
	encoded, _ := p.encode("--url-query", text)
	p.query = append(p.query, encoded)
	return nil
}

// encode processes content, =content, name=content, @file and name@file.
func (p *parser) encode(flag, text string) (string, bool) {
	at := strings.IndexAny(text, "=@")
	if at < 0 {
		return escape(text), true
	}
	name := text[:at]
	if name != "" {
		name += "="
	}
	if text[at] == '=' {
		return name + escape(text[at+1:]), true
	}
	data, ok := p.read(flag, text[at+1:])
	return name + escape(string(data)), ok
}

// escape encodes as curl does, and leaves placeholders for variables unchanged.
func escape(text string) string {
	var b strings.Builder
	for text != "" {
		open := strings.Index(text, "{{")
		end := -1
		if open >= 0 {
			end = strings.Index(text[open:], "}}")
		}
		if end < 0 || variable(text[open+2:]) != end-2 {
			b.WriteString(url.QueryEscape(text))
			break
		}
		b.WriteString(url.QueryEscape(text[:open]) + text[open:open+end+2])
		text = text[open+end+2:]
	}
	return b.String()
}

func (p *parser) user(text string) error {
	name, password, found := strings.Cut(text, ":")
	if !found {
		p.note(PasswordAsked, "-u", name)
	}
	p.auth = endpoint.Auth{Kind: endpoint.AuthBasic, User: name, Value: password}
	return nil
}

func (p *parser) referer(text string) error {
	if before, found := strings.CutSuffix(text, ";auto"); found {
		p.note(NotHonoured, "-e", ";auto")
		text = before
	}
	p.preset("Referer", text)
	return nil
}

func (p *parser) cookie(text string) error {
	if !strings.Contains(text, "=") {
		if text != "" { // "" only enables curl's cookies
			p.note(FileNotRead, "-b", text)
		}
		return nil
	}
	p.cookies = append(p.cookies, text)
	return nil
}

// cert processes the name of a certificate file, perhaps followed by a password.
func (p *parser) cert(text string) error {
	var file strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && i+1 < len(text) && strings.IndexByte(`\:`, text[i+1]) >= 0:
			i++
			file.WriteByte(text[i])
		case c == ':' && !(i == 1 && i+1 < len(text) && strings.IndexByte(`/\`, text[i+1]) >= 0): // C:\ on Windows
			p.note(NotHonoured, "--cert", "") // a password
			i = len(text)
		default:
			file.WriteByte(c)
		}
	}
	p.connection.CertFile = file.String()
	return nil
}

func (p *parser) connectTimeout(text string) error {
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || seconds < 0 || seconds > 1e6 {
		return &Error{Code: BadValue, Flag: "--connect-timeout", Detail: endpoint.Mask(text)}
	}
	p.connection.ConnectTimeout = endpoint.Duration(time.Duration(seconds*1e3+0.5) * time.Millisecond)
	return nil
}

// proxy processes the address of a proxy, whose default port is 1080.
func (p *parser) proxy(scheme, text string) error {
	if text == "" {
		p.connection.Proxy = endpoint.NoProxy
		return nil
	}
	if !strings.Contains(text, "://") {
		text = scheme + "://" + text
	}
	u, err := url.Parse(text)
	if err != nil || u.Hostname() == "" {
		return &Error{Code: BadValue, Flag: "-x", Detail: endpoint.Mask(text)}
	}
	switch u.Scheme {
	case "http", "https", "socks5", "socks5h":
	default:
		p.note(NotHonoured, "-x", u.Scheme+"://")
		return nil
	}
	if u.Port() == "" {
		port := "1080"
		if u.Scheme == "https" {
			port = "443"
		}
		u.Host = net.JoinHostPort(u.Hostname(), port)
	}
	u.Path, u.RawPath, u.RawQuery, u.Fragment = "", "", "", ""
	p.connection.Proxy = u.String()
	return nil
}

// finishProxy adds the credentials to the proxy's URL.
func (p *parser) finishProxy() error {
	if p.proxyUser == "" {
		return nil
	}
	u, err := url.Parse(p.connection.Proxy)
	if err != nil || u.Host == "" {
		p.note(NotHonoured, "-U", "")
		return nil
	}
	name, password, found := strings.Cut(p.proxyUser, ":")
	if !found {
		p.note(PasswordAsked, "-U", name)
	}
	u.User = url.UserPassword(name, password)
	p.connection.Proxy = u.String()
	return nil
}

func (p *parser) noproxy(text string) error {
	if text == "*" {
		p.connection.Proxy = endpoint.NoProxy
		return nil
	}
	p.note(NotHonoured, "--noproxy", text)
	return nil
}
