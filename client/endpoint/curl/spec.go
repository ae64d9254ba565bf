package curl

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"sseconsole/client/endpoint"
)

// Spec returns a target that subscribes with the command. {clientId} and
// {content} in the command are placeholders; so are {{NAME}} and shell
// variables, for variables of an environment. Everything else is literal.
func (c Command) Spec(name string) endpoint.Spec {
	spec := endpoint.Spec{Name: name, Subscribe: c.Call(), Connection: c.Connection}
	for _, file := range []*string{&spec.Connection.CAFile, &spec.Connection.CertFile, &spec.Connection.KeyFile} {
		*file = template(*file)
	}
	if spec.Subscribe.Auth != nil {
		spec.Auth, spec.Subscribe.Auth = *spec.Subscribe.Auth, nil
	}
	return spec
}

// Call returns the command as a call, to be added to a target.
func (c Command) Call() endpoint.Call {
	r := c.Request
	call := endpoint.Call{URL: template(places(r.URL))}
	auth := c.auth()
	call.Auth = auth
	contentType := r.Header.Get("Content-Type")
	if r.Body != nil {
		call.Body = body(r.Body, contentType)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, value := range r.Header[name] {
			if name == "Authorization" && auth != nil || name == "Content-Type" && implied(call.Body, contentType) {
				continue
			}
			call.Header = append(call.Header, endpoint.Param{Name: name, Value: template(value)})
		}
	}
	if r.Body != nil && contentType == "" {
		call.Header = append(call.Header, endpoint.Param{Name: "Content-Type"})
	}
	if usual := map[bool]string{false: http.MethodGet, true: http.MethodPost}[call.Body != nil]; r.Verb() != usual {
		call.Method = r.Verb()
	}
	return call
}

// auth returns the authentication of the command, or nil if it has none.
func (c Command) auth() *endpoint.Auth {
	if c.Auth.Kind != endpoint.AuthNone {
		return &endpoint.Auth{Kind: c.Auth.Kind, User: template(c.Auth.User), Value: template(c.Auth.Value)}
	}
	values := c.Request.Header.Values("Authorization")
	if len(values) == 1 {
		if scheme, token, found := strings.Cut(values[0], " "); found && strings.EqualFold(scheme, "bearer") && token != "" {
			return &endpoint.Auth{Kind: endpoint.AuthBearer, Value: template(strings.TrimSpace(token))}
		}
	}
	return nil
}

// body returns the template of a body: a form or JSON if that gives the same bytes, and
// otherwise text.
func body(data []byte, contentType string) *endpoint.Body {
	text := string(data)
	switch mediaType, _, _ := strings.Cut(contentType, ";"); strings.TrimSpace(mediaType) {
	case "application/json":
		if json.Valid(data) {
			return &endpoint.Body{Kind: endpoint.BodyJSON, Text: template(text)}
		}
	case "application/x-www-form-urlencoded":
		var form []endpoint.Param
		var again []string
		for _, pair := range strings.Split(places(text), "&") {
			name, value, found := strings.Cut(pair, "=")
			plainName, err1 := url.QueryUnescape(name)
			plainValue, err2 := url.QueryUnescape(value)
			if !found || err1 != nil || err2 != nil {
				break
			}
			form = append(form, endpoint.Param{Name: plainName, Value: template(plainValue)})
			again = append(again, url.QueryEscape(plainName)+"="+escape(plainValue))
		}
		if places(strings.Join(again, "&")) == places(text) {
			return &endpoint.Body{Kind: endpoint.BodyForm, Form: form}
		}
	}
	return &endpoint.Body{Kind: endpoint.BodyText, Text: template(text)}
}

// implied reports whether the kind of a body implies this Content-Type.
func implied(b *endpoint.Body, contentType string) bool {
	return b != nil && (b.Kind == endpoint.BodyJSON && contentType == "application/json" ||
		b.Kind == endpoint.BodyForm && contentType == "application/x-www-form-urlencoded")
}

// places restores the placeholders for clientId and content, if they were escaped.
func places(text string) string {
	return strings.NewReplacer("%7BclientId%7D", "{clientId}", "%7Bcontent%7D", "{content}").Replace(text)
}

// template quotes a text except for the placeholders that a command may have.
func template(text string) string {
	quoted := endpoint.Quote(text)
	done := make(map[endpoint.Ref]bool)
	for _, ref := range endpoint.Refs(text) {
		if done[ref] || ref.Raw || !ref.Environment && ref.Name != endpoint.ClientID && ref.Name != endpoint.Content {
			continue
		}
		done[ref] = true
		place := ref.String()
		quoted = strings.ReplaceAll(quoted, endpoint.Quote(place), place)
	}
	return quoted
}
