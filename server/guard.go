package server

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"sync"
)

// guard decides who may call. It stands before everything else, as a browser
// sends a foreign page's request even if it lets the page read no answer.
type guard struct {
	hosts map[string]bool // canonical, without ports
	token string

	mu      sync.RWMutex
	origins map[origin]bool
}

func newGuard(hosts, origins []string, token string) *guard {
	g := &guard{hosts: make(map[string]bool), token: token, origins: make(map[origin]bool)}
	for _, h := range hosts {
		name, _ := splitHost(h)
		g.hosts[name] = true
	}
	if name, err := os.Hostname(); err == nil {
		name, _ = splitHost(name)
		short, _, _ := strings.Cut(name, ".")
		g.hosts[name], g.hosts[short], g.hosts[short+".local"] = true, true, true
	}
	delete(g.hosts, "")
	for _, o := range origins {
		g.allow(o)
	}
	return g
}

func (g *guard) allow(text string) {
	o, ok := parseOrigin(text)
	if !ok {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.origins[o] = true
}

// check returns a refusal, or nil. It sets what h, the header of the answer,
// has to say about origins.
func (g *guard) check(h http.Header, r *http.Request) (kind Kind, refusal *result, err error) {
	h.Set("Vary", "Origin")
	if !g.knowsHost(r.Host) && !withoutHost(r) {
		return RefusedHost, failure(http.StatusForbidden, "this Host is not served here"), nil
	}
	origins := r.Header.Values("Origin")
	if err := g.checkOrigin(origins, r); err != nil {
		return RefusedOrigin, failure(http.StatusForbidden, "this Origin may not call"), err
	}
	preflight := r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
	if len(origins) > 0 {
		h.Set("Access-Control-Allow-Origin", origins[0])
		h.Set("Access-Control-Allow-Credentials", "true") // an EventSource may ask for them; there are none
		h.Set("Access-Control-Expose-Headers", "Retry-After")
		if preflight {
			h.Set("Access-Control-Allow-Methods", "GET, POST")
			// Whatever a client library adds: what the page may not do, its origin says.
			h.Set("Access-Control-Allow-Headers", strings.Join(append([]string{"Last-Event-ID, Authorization, Content-Type"},
				r.Header.Values("Access-Control-Request-Headers")...), ", "))
			h.Set("Access-Control-Max-Age", "600")
		}
	}
	// A preflight cannot carry a token.
	if g.token != "" && !preflight && !g.hasToken(r) {
		h.Set("WWW-Authenticate", "Bearer")
		return RefusedToken, failure(http.StatusUnauthorized, "a valid token is needed"), nil
	}
	return "", nil, nil
}

// knowsHost stops DNS rebinding: a page whose own name points here has that
// name in Host.
func (g *guard) knowsHost(host string) bool {
	name, _ := splitHost(host)
	_, err := netip.ParseAddr(name)
	return err == nil || name == "localhost" || strings.HasSuffix(name, ".localhost") || g.hosts[name]
}

// withoutHost tells of a request as HTTP/1.0 allows it. No browser makes one, so
// no page's name can be in it.
func withoutHost(r *http.Request) bool { return r.Host == "" && !r.ProtoAtLeast(1, 1) }

func (g *guard) checkOrigin(origins []string, r *http.Request) error {
	switch len(origins) {
	case 0:
		for _, site := range r.Header.Values("Sec-Fetch-Site") {
			if strings.EqualFold(site, "cross-site") {
				return errors.New("server: request of a foreign page, without its Origin")
			}
		}
		return nil
	case 1:
		if o, ok := parseOrigin(origins[0]); ok && (o.isLoopback() || o.isOwn(r.Host) || g.isAllowed(o)) {
			return nil
		}
		return errors.New("server: request of a foreign page")
	}
	return errors.New("server: several Origins")
}

func (g *guard) isAllowed(o origin) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.origins[o]
}

func (g *guard) hasToken(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") && g.isToken(strings.TrimSpace(token)) {
		return true
	}
	p := params{}
	return p.addForm(r.Context(), r.URL.RawQuery) == nil && g.isToken(p.first("token"))
}

// isToken takes the same time for every text, so that nobody can guess the
// token piece by piece.
func (g *guard) isToken(text string) bool {
	a, b := sha256.Sum256([]byte(text)), sha256.Sum256([]byte(g.token))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// origin is an Origin in canonical form (RFC 6454): lower case, the port
// always given where the scheme has a default. "null" has that scheme alone.
type origin struct{ scheme, host, port string }

// ValidOrigin tells whether text is an origin as browsers send it, such as
// "https://example.com", or "null".
func ValidOrigin(text string) bool {
	_, ok := parseOrigin(text)
	return ok
}

func parseOrigin(text string) (origin, bool) {
	text = strings.ToLower(strings.TrimSuffix(text, "/"))
	if text == "null" {
		return origin{scheme: text}, true
	}
	scheme, authority, ok := strings.Cut(text, "://")
	if !ok || scheme == "" || authority == "" || strings.ContainsAny(authority, "/\\?#@, ") {
		return origin{}, false
	}
	host, port := splitHost(authority)
	if port == "" {
		port = defaultPort(scheme)
	}
	return origin{scheme, host, port}, true
}

func defaultPort(scheme string) string {
	switch scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}

func (o origin) isWeb() bool { return o.scheme == "http" || o.scheme == "https" }

func (o origin) isLoopback() bool { return o.isWeb() && isLoopback(o.host) }

// isOwn tells whether host, of the request, is the place that o came from.
func (o origin) isOwn(host string) bool {
	name, port := splitHost(host)
	if port == "" {
		port = defaultPort(o.scheme)
	}
	return o.isWeb() && o.host == name && o.port == port
}

// splitHost splits a Host, in lower case, and strips IPv6 brackets and the dot
// of a fully qualified name. The port is empty if there is none.
func splitHost(host string) (name, port string) {
	host = strings.ToLower(host)
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"), ""
	}
	return strings.TrimSuffix(name, "."), port
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
