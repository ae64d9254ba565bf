package inside

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"time"
)

// MaxToken is the largest token that is recognised, in bytes.
const MaxToken = 64 << 10

// Token is a JSON Web Token (RFC 7519). Its signature was not checked.
type Token struct {
	Header, Claims string // as JSON
	Times          []Time // those among the claims
}

// Time is a claim that is a time.
type Time struct {
	Claim string
	At    time.Time
}

// times are the claims that are times: those of RFC 7519 and of OpenID Connect.
var times = [...]string{"iat", "nbf", "exp", "auth_time", "updated_at"}

// ParseToken returns the token that s is, with or without "Bearer " before it. ok is false
// if it is none.
func ParseToken(s string) (t Token, ok bool) {
	const bearer = "bearer "
	if len(s) > len(bearer) && strings.EqualFold(s[:len(bearer)], bearer) {
		s = s[len(bearer):]
	}
	if len(s) > MaxToken || strings.Count(s, ".") != 2 {
		return t, false
	}
	parts := strings.Split(s, ".")
	var header struct {
		Algorithm *string `json:"alg"`
	}
	var claims map[string]json.RawMessage
	if t.Header, ok = object(parts[0], &header); !ok || header.Algorithm == nil {
		return Token{}, false
	}
	if t.Claims, ok = object(parts[1], &claims); !ok {
		return Token{}, false
	}
	if _, err := base64.RawURLEncoding.DecodeString(parts[2]); err != nil {
		return Token{}, false
	}
	for _, name := range times {
		var seconds float64
		if raw, has := claims[name]; has && json.Unmarshal(raw, &seconds) == nil && seconds >= 0 && seconds < 253402300800 { // the year 10000
			whole, part := math.Modf(seconds)
			t.Times = append(t.Times, Time{name, time.Unix(int64(whole), int64(part*1e9))})
		}
	}
	return t, true
}

// object decodes a part of a token, a JSON object, into value.
func object(part string, value any) (source string, ok bool) {
	data, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil || len(data) == 0 || data[0] != '{' || json.Unmarshal(data, value) != nil {
		return "", false
	}
	return string(data), true
}

// IsToken reports whether s looks like a token, by its first bytes: {" in base64.
func IsToken(s string) bool {
	return len(s) <= MaxToken && (strings.HasPrefix(s, "eyJ") || len(s) > 10 && strings.EqualFold(s[:7], "bearer ") && s[7:10] == "eyJ") &&
		strings.Count(s, ".") == 2
}
