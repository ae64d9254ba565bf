package curl

import (
	"encoding/base64"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"

	"sseconsole/client/endpoint"
)

func (p *parser) authorize() {
	switch p.auth.Kind {
	case endpoint.AuthBasic:
		p.preset("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(p.auth.User+":"+p.auth.Value)))
	case endpoint.AuthBearer:
		p.preset("Authorization", "Bearer "+p.auth.Value)
	}
	if !p.has("Authorization") {
		p.command.Auth = p.auth
	}
}

// has reports whether -H sets or removes a header.
func (p *parser) has(name string) bool {
	return slices.Contains(p.removed, name) || slices.ContainsFunc(p.headers, func(h header) bool { return h.name == name })
}

func (p *parser) preset(name, value string) {
	value = strings.TrimSpace(value) // as net/http does
	if endpoint.CheckHeader(endpoint.Param{Name: name, Value: value}) != nil {
		p.note(NotHonoured, "", name)
		return
	}
	p.presets = append(p.presets, header{name, value})
}

func (p *parser) allHeaders() http.Header {
	all, said := http.Header{}, make(map[string]bool)
	for _, name := range p.removed {
		said[name] = true
	}
	for _, h := range p.headers {
		all[h.name] = append(all[h.name], h.value)
		said[h.name] = true
	}
	for _, h := range p.presets {
		if !said[h.name] && (h.value != "" || h.name != "User-Agent" && h.name != "Referer") {
			all.Set(h.name, h.value)
		}
	}
	return all
}

// header processes -H.
func (p *parser) header(text string) error {
	if strings.HasPrefix(text, "@") {
		p.note(FileNotRead, "-H", text)
		return nil
	}
	name, value, found := strings.Cut(text, ":")
	if !found {
		if name, found = strings.CutSuffix(strings.TrimSpace(text), ";"); !found {
			p.note(NotHonoured, "-H", "") // curl does not send it either
			return nil
		}
		if name = strings.TrimSpace(name); endpoint.CheckHeader(endpoint.Param{Name: name}) != nil {
			p.note(NotHonoured, "-H", name)
			return nil
		}
		p.headers = append(p.headers, header{textproto.CanonicalMIMEHeaderKey(name), ""})
		return nil
	}
	name, value = textproto.CanonicalMIMEHeaderKey(strings.TrimSpace(name)), strings.TrimSpace(value)
	switch {
	case endpoint.CheckHeader(endpoint.Param{Name: name, Value: value}) != nil: // net/http does not send it
		p.note(NotHonoured, "-H", name)
	case value == "":
		p.removed = append(p.removed, name)
	default:
		p.headers = append(p.headers, header{name, value})
	}
	return nil
}

// address returns the URL of the request.
func (p *parser) address() (string, error) {
	if len(p.urls) == 0 {
		return "", &Error{Code: NoURL}
	}
	// The value of an unknown flag may be among them.
	at := max(slices.IndexFunc(p.urls, func(u string) bool { return strings.Contains(u, "://") }), 0)
	for i, u := range p.urls {
		if i != at {
			p.note(ExtraURL, "", endpoint.Mask(u))
		}
	}
	text, _, _ := strings.Cut(p.urls[at], "#")
	if !p.globoff && !strings.Contains(text, "{{") && isGlob(text) {
		p.note(Glob, "", endpoint.Mask(text))
	}
	if len(p.query) > 0 {
		separator := "?"
		if strings.Contains(text, "?") {
			separator = "&"
		}
		text += separator + strings.ReplaceAll(strings.Join(p.query, "&"), "#", "%23")
	}
	if strings.Contains(text, "{{") {
		if !strings.Contains(text, "://") && !strings.HasPrefix(text, "{{") {
			text = "http://" + text
		}
		return strings.ReplaceAll(text, " ", "%20"), nil
	}
	address, err := endpoint.ParseStream(text)
	if err != nil {
		return "", &Error{Code: BadURL, Detail: endpoint.Mask(p.urls[at])} // all of it: a # may be part of a password
	}
	if u, err := url.Parse(address); err == nil && !p.pathAsIs && strings.Contains(u.Path, "/.") {
		return u.ResolveReference(u).String(), nil
	}
	return address, nil
}

// isGlob reports whether curl would expand a URL to several. IPv6 addresses and our
// placeholders do not count.
func isGlob(text string) bool {
	if _, rest, found := strings.Cut(text, "://["); found {
		_, text, _ = strings.Cut(rest, "]")
	}
	text = strings.NewReplacer("{clientId}", "", "{content}", "").Replace(text)
	return strings.ContainsAny(text, "{}[]")
}
