package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"sseconsole/server/hub"
	"sseconsole/server/message"
)

// MaxContent is how long the content of a send may be, in bytes, once decoded. A longer
// one is refused with the status 413.
const MaxContent = 1 << 20

const (
	maxBody     = 8 << 20 // bytes, as sent
	maxTo       = 1000    // recipients of a send
	bodyTimeout = time.Minute
)

// params holds the decoded parameters of a call that some call uses. If a name is
// repeated only its first value is stored, except for "to".
type params map[string][]string

// first returns the first value of name, or "".
func (p params) first(name string) string {
	if len(p[name]) == 0 {
		return ""
	}
	return p[name][0]
}

func (p params) add(name, value string) *result {
	switch {
	case !isParam(name) || len(p[name]) > 0 && name != "to":
		return nil
	case len(p[name]) == maxTo:
		return failure(http.StatusBadRequest, "more than %d recipients (to)", maxTo)
	}
	p[name] = append(p[name], value)
	return nil
}

func isParam(name string) bool {
	switch name {
	case "clientId", "content", "token", "event", "id", "retry", "comment", "to", "mode":
		return true
	}
	return false
}

// addForm adds a query or form. Unlike [net/url.ParseQuery] it rejects invalid UTF-8
// and allows ";" in values, which browsers do not escape.
func (p params) addForm(ctx context.Context, form string) *result {
	for pair := range strings.SplitSeq(form, "&") {
		if ctx.Err() != nil {
			return abandoned()
		}
		name, value, _ := strings.Cut(pair, "=")
		name, ok1 := unescape(name)
		value, ok2 := unescape(value)
		if !ok1 || !ok2 {
			return failure(http.StatusBadRequest, "invalid percent-encoding")
		}
		if !utf8.ValidString(name) || !utf8.ValidString(value) {
			return failure(http.StatusBadRequest, "not UTF-8")
		}
		if bad := p.add(name, value); bad != nil {
			return bad
		}
	}
	return nil
}

// abandoned is the response to a caller who has gone. Nobody sees it.
func abandoned() *result { return failure(http.StatusBadRequest, "the caller has gone") }

// unescape decodes percent-encoding and "+".
func unescape(s string) (string, bool) {
	if !strings.ContainsAny(s, "%+") {
		return s, true
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '+':
			b.WriteByte(' ')
		case '%':
			if i+2 >= len(s) {
				return "", false
			}
			c, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
			if err != nil {
				return "", false
			}
			b.WriteByte(byte(c))
			i += 2
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), true
}

func (p params) addMultipart(ctx context.Context, body []byte, boundary string) *result {
	invalid := failure(http.StatusBadRequest, "invalid multipart body")
	if boundary == "" {
		return invalid
	}
	// NextRawPart, unlike NextPart, does not decode quoted-printable content.
	for parts := multipart.NewReader(bytes.NewReader(body), boundary); ; {
		if ctx.Err() != nil {
			return abandoned()
		}
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return invalid
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return invalid
		}
		if !utf8.ValidString(part.FormName()) || !utf8.Valid(value) {
			return failure(http.StatusBadRequest, "not UTF-8")
		}
		if bad := p.add(part.FormName(), string(value)); bad != nil {
			return bad
		}
	}
}

func (p params) addJSON(ctx context.Context, body []byte) *result {
	// encoding/json replaces what is not Unicode by U+FFFD, here and below.
	if !utf8.Valid(body) {
		return failure(http.StatusBadRequest, "not UTF-8")
	}
	broken := failure(http.StatusBadRequest, "the body must be one JSON object")
	dec := json.NewDecoder(bytes.NewReader(body))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return broken
	}
	for dec.More() {
		if ctx.Err() != nil {
			return abandoned()
		}
		name, err := dec.Token()
		if err != nil {
			return broken
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return broken
		}
		if bad := p.addJSONValue(ctx, name.(string), raw); bad != nil {
			return bad
		}
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return broken
	}
	if _, err := dec.Token(); err != io.EOF {
		return broken
	}
	return nil
}

// addJSONValue adds a member of the object. The value of "to" may be a list.
func (p params) addJSONValue(ctx context.Context, name string, raw json.RawMessage) *result {
	if !isParam(name) || name == "token" {
		return nil
	}
	if name == "to" && raw[0] == '[' {
		list := json.NewDecoder(bytes.NewReader(raw))
		list.Token() // no errors here: raw was decoded before
		for list.More() {
			if ctx.Err() != nil {
				return abandoned()
			}
			var one json.RawMessage
			list.Decode(&one)
			if bad := p.addJSONText(name, one); bad != nil {
				return bad
			}
		}
		return nil
	}
	return p.addJSONText(name, raw)
}

func (p params) addJSONText(name string, raw json.RawMessage) *result {
	var value *string
	if err := json.Unmarshal(raw, &value); err != nil || value == nil {
		return failure(http.StatusBadRequest, "%s must be a string", name)
	}
	if loneSurrogate(raw) {
		return failure(http.StatusBadRequest, "%s has half of a surrogate pair", name)
	}
	return p.add(name, *value)
}

// loneSurrogate reports whether a valid JSON string has an escaped surrogate without
// its other half.
func loneSurrogate(s []byte) bool {
	unit := func(i int) (r rune) { // the value of the escape at i, or 0
		if i+6 <= len(s) && s[i] == '\\' && s[i+1] == 'u' {
			c, _ := strconv.ParseUint(string(s[i+2:i+6]), 16, 16)
			r = rune(c)
		}
		return r
	}
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			continue
		}
		if utf16.IsSurrogate(unit(i)) {
			if utf16.DecodeRune(unit(i), unit(i+6)) == unicode.ReplacementChar {
				return true
			}
			i += 6
		}
		i++ // skip the escaped character
	}
	return false
}

// readParams returns the parameters of r, from the query and, for POST, from the body,
// which takes precedence. It always reads the whole body: only then does net/http
// notice that a subscriber has gone.
func readParams(w http.ResponseWriter, r *http.Request) (params, *result) {
	rc := http.NewResponseController(w)
	rc.SetReadDeadline(time.Now().Add(bodyTimeout))
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	// After a failure the deadline remains, or net/http would wait for the rest.
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, failure(http.StatusRequestEntityTooLarge, "the body exceeds %d bytes", maxBody)
	} else if errors.Is(err, os.ErrDeadlineExceeded) {
		return nil, failure(http.StatusRequestTimeout, "the body did not arrive within %v", bodyTimeout)
	} else if err == hub.ErrMemoryFull {
		return nil, memoryFull()
	} else if err != nil {
		return nil, failure(http.StatusBadRequest, "the body could not be read")
	}
	rc.SetReadDeadline(time.Time{}) // a subscriber sends nothing more
	p := params{}
	if r.Method == http.MethodPost && len(body) > 0 {
		if bad := p.addBody(r.Context(), body, r.Header.Get("Content-Type")); bad != nil {
			return nil, bad
		}
	}
	if bad := p.addForm(r.Context(), r.URL.RawQuery); bad != nil {
		return nil, bad
	}
	return p, p.check()
}

func (p params) addBody(ctx context.Context, body []byte, contentType string) *result {
	mediaType, options, err := mime.ParseMediaType(contentType)
	if err != nil {
		mediaType = ""
	}
	switch mediaType {
	case "application/x-www-form-urlencoded":
		return p.addForm(ctx, string(body))
	case "multipart/form-data":
		return p.addMultipart(ctx, body, options["boundary"])
	case "application/json":
		return p.addJSON(ctx, body)
	}
	return failure(http.StatusUnsupportedMediaType,
		"the body must be application/x-www-form-urlencoded, multipart/form-data or application/json")
}

func (p params) check() *result {
	if len(p.first("content")) > MaxContent {
		return failure(http.StatusRequestEntityTooLarge, "content exceeds %d bytes", MaxContent)
	}
	if len(p.first("event"))+len(p.first("id"))+len(p.first("comment")) > MaxContent {
		return failure(http.StatusRequestEntityTooLarge, "event, id and comment exceed %d bytes", MaxContent)
	}
	return nil
}

func (p params) checkClientID() *result {
	if why := message.CheckClientID(p.first("clientId")); why != "" {
		return failure(http.StatusBadRequest, "clientId %s", why)
	}
	return nil
}
