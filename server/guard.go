package server

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// guard decides who may call the server. It runs before anything else, because a
// browser sends the requests of a foreign page even if it hides the responses from it.
// docs/guard.md has the rules and what they assume about browsers.
type guard struct {
	hosts   map[string]bool // canonical, without ports
	machine map[string]bool // this machine's names, canonical
	token   string
	public  atomic.Bool // other machines can reach a listener

	mu      sync.RWMutex
	origins map[origin]bool
}

func newGuard(hosts, origins []string, token string) *guard {
	g := &guard{hosts: make(map[string]bool), machine: make(map[string]bool), token: token, origins: make(map[origin]bool)}
	for _, h := range hosts {
		name, _ := splitHost(h)
		g.hosts[name] = true
	}
	if name, err := os.Hostname(); err == nil {
		name, _ = splitHost(name)
		short, _, _ := strings.Cut(name, ".")
		g.machine[name], g.machine[short], g.machine[short+".local"] = true, true, true
	}
	delete(g.hosts, "")
	delete(g.machine, "")
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

// addListener records that the server listens on addr.
func (g *guard) addListener(addr net.Addr) {
	if ip := addrOf(addr); ip.IsValid() && !ip.IsLoopback() {
		g.public.Store(true)
	}
}

// check returns why r is refused, or a nil refusal. It sets the CORS headers of the
// response in h.
func (g *guard) check(h http.Header, r *http.Request) (kind Kind, refusal *result, err error) {
	h.Set("Vary", "Origin")
	if !g.knowsHost(r) && !withoutHost(r) {
		return RefusedHost, failure(http.StatusForbidden, "this Host is not a name of this server: call it at %s, or start it with -host NAME", g.ownURL(r)), nil
	}
	origins := r.Header.Values("Origin")
	if why, remedy := g.foreign(r, origins); why != "" {
		return RefusedOrigin, failure(http.StatusForbidden, "%s: call from the page at %s/, or %s", why, g.ownURL(r), remedy), errors.New("server: " + why)
	}
	preflight := r.Method == http.MethodOptions && r.Header.Get("Access-Control-Request-Method") != ""
	if len(origins) > 0 {
		h.Set("Access-Control-Allow-Origin", origins[0])
		h.Set("Access-Control-Allow-Credentials", "true") // for withCredentials; the server uses none
		h.Set("Access-Control-Expose-Headers", "Retry-After")
		if preflight {
			h.Set("Access-Control-Allow-Methods", "GET, POST")
			// Allow any header that a client library adds: access depends on the origin alone.
			h.Set("Access-Control-Allow-Headers", strings.Join(append([]string{"Last-Event-ID, Authorization, Content-Type"},
				r.Header.Values("Access-Control-Request-Headers")...), ", "))
			h.Set("Access-Control-Max-Age", "600")
		}
	}
	// A preflight cannot carry a token.
	if g.token != "" && !preflight && !g.hasToken(r) {
		h.Set("WWW-Authenticate", "Bearer")
		return RefusedToken, failure(http.StatusUnauthorized, "a valid token is required"), nil
	}
	return "", nil, nil
}

// knowsHost reports whether the Host of r is a name of this server. That stops DNS
// rebinding, where the name of a foreign page resolves to this server. It also stops
// addresses such as 0.0.0.0, which reach this machine too: browsers send them no
// Sec-Fetch-Site.
func (g *guard) knowsHost(r *http.Request) bool {
	name, _ := splitHost(r.Host)
	local := localAddr(r)
	ip, err := netip.ParseAddr(name)
	switch {
	case isLoopback(name):
		return true
	case err == nil && !isPlain(ip):
		return false
	case err == nil && ip == local:
		return true
	}
	return g.hosts[name] || g.machine[name] && (g.public.Load() || local.IsValid() && !local.IsLoopback())
}

// withoutHost reports whether r has no Host, as HTTP/1.0 allows. Browsers do not send
// such requests.
func withoutHost(r *http.Request) bool { return r.Host == "" && !r.ProtoAtLeast(1, 1) }

// foreign returns why r may come from a foreign page, and a remedy, or "" if it cannot.
// It decides by the Origin, else by Sec-Fetch-Site, else by headers that a page cannot
// send, and at last by the Referer.
func (g *guard) foreign(r *http.Request, origins []string) (why, remedy string) {
	toPage := r.Method == http.MethodGet && r.URL.Path == "/" // has no effect
	if len(origins) > 0 {
		o, ok := parseOrigin(origins[0])
		switch {
		case len(origins) > 1:
			return "more than one Origin", "send one"
		case !ok || !g.trusts(o, r):
			return "pages of this Origin may not call", "allow it with -origin"
		}
		return "", ""
	}
	if sites := r.Header.Values("Sec-Fetch-Site"); len(sites) > 0 {
		host, _ := splitHost(r.Host)
		switch site := strings.Join(sites, ", "); {
		case site == "same-origin", site == "none", site == "same-site" && isLoopback(host),
			site == "cross-site" && toPage && r.Header.Get("Sec-Fetch-Dest") == "document":
			return "", ""
		}
		return "pages of other sites may not call without an Origin", "by fetch or EventSource from an origin that -origin allows"
	}
	if toPage || g.token != "" && g.hasToken(r) || len(r.Header.Values("X-SSE-Console")) > 0 || !fromBrowser(r) {
		return "", ""
	}
	if o, ok := parseReferer(r.Header.Values("Referer")); ok && g.trusts(o, r) {
		return "", ""
	}
	return "a browser sent this, but not for a page that may call", "add the token or a header X-SSE-Console"
}

// trusts reports whether pages of o may call: o is the server's own origin, an origin
// on this machine, or allowed.
func (g *guard) trusts(o origin, r *http.Request) bool {
	if o.isLoopback() || o.isOwn(r.Host) {
		return true
	}
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.origins[o]
}

// browserAgents are the prefixes of browsers' User-Agents. The last three belong to the
// parts of Safari that fetch audio, video and icons.
var browserAgents = []string{"Mozilla/", "Opera/", "AppleCoreMedia/", "Safari/", "MobileSafari/"}

// fromBrowser reports whether r has the User-Agent of a browser. A page cannot change it
// without a preflight.
func fromBrowser(r *http.Request) bool {
	for _, agent := range r.Header.Values("User-Agent") {
		if slices.ContainsFunc(browserAgents, func(begin string) bool { return strings.HasPrefix(agent, begin) }) {
			return true
		}
	}
	return false
}

func (g *guard) hasToken(r *http.Request) bool {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") && g.isToken(strings.TrimSpace(token)) {
		return true
	}
	p := params{}
	return p.addForm(r.Context(), r.URL.RawQuery) == nil && g.isToken(p.first("token"))
}

// isToken reports whether text is the token, in constant time.
func (g *guard) isToken(text string) bool {
	a, b := sha256.Sum256([]byte(text)), sha256.Sum256([]byte(g.token))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

// ownURL returns the URL, without a path, at which the sender of r can call.
func (g *guard) ownURL(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	if !g.knowsHost(r) {
		host := "localhost"
		if ip := localAddr(r); ip.IsValid() && !ip.IsLoopback() {
			host = ip.String()
		}
		_, port := splitHost(r.Host)
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			port = defaultPort(u.Scheme)
		}
		u.Host = net.JoinHostPort(host, port)
	}
	return u.String()
}
