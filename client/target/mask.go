package target

import (
	"net/url"
	"strings"
)

const masked = "•••"

// Mask returns a URL with ••• in place of its secrets: the password before
// the host, and the values of the query parameters that usually are one. The
// rest is unchanged; any string may be given.
func Mask(text string) string {
	text, fragment, hasFragment := strings.Cut(text, "#")
	text, query, hasQuery := strings.Cut(text, "?")
	text = maskPassword(text)
	if hasQuery {
		text += "?" + maskParams(query)
	}
	if hasFragment {
		text += "#" + maskParams(fragment)
	}
	return text
}

func maskPassword(text string) string {
	start := strings.Index(text, "://")
	if start < 0 {
		return text
	}
	start += len("://")
	authority, path, hasPath := strings.Cut(text[start:], "/")
	at := strings.LastIndexByte(authority, '@')
	colon := strings.IndexByte(authority, ':')
	if at < 0 || colon < 0 || colon > at {
		return text
	}
	text = text[:start] + authority[:colon+1] + masked + authority[at:]
	if hasPath {
		text += "/" + path
	}
	return text
}

func maskParams(query string) string {
	params := strings.Split(query, "&")
	for i, param := range params {
		key, value, _ := strings.Cut(param, "=")
		if value != "" && isSecret(key) {
			params[i] = key + "=" + masked
		}
	}
	return strings.Join(params, "&")
}

// SecretParam tells whether the value of a query parameter or form field of
// that name, which may be escaped, usually is a secret.
func SecretParam(name string) bool { return isSecret(name) }

func isSecret(key string) bool {
	if name, err := url.QueryUnescape(key); err == nil {
		key = name
	}
	switch strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key)) {
	case "token", "accesstoken", "refreshtoken", "idtoken", "apikey", "key", "password", "passwd", "secret", "clientsecret",
		"authorization", "jwt", "signature", "sig", "xamzsignature":
		return true
	}
	return false
}

// SecretHeader tells whether the value of a header of that name usually is a
// secret: Authorization, Cookie, X-Api-Key and their like.
func SecretHeader(name string) bool {
	name = strings.ToLower(name)
	switch strings.TrimPrefix(name, "proxy-") {
	case "authorization", "cookie", "set-cookie":
		return true
	}
	switch name[strings.LastIndexByte(name, '-')+1:] {
	case "key", "apikey", "token", "secret", "password", "jwt":
		return true
	}
	return false
}
