package server

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// origin is an Origin in canonical form (RFC 6454): in lower case, and with a port if
// the scheme has a default. For "null", only the scheme is set.
type origin struct{ scheme, host, port string }

// ValidOrigin reports whether text is an origin as browsers send it, such as
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

// parseReferer returns the origin of a Referer, if there is exactly one.
func parseReferer(values []string) (origin, bool) {
	if len(values) != 1 {
		return origin{}, false
	}
	scheme, rest, _ := strings.Cut(values[0], "://")
	if path := strings.IndexAny(rest, "/?#"); path >= 0 {
		rest = rest[:path]
	}
	return parseOrigin(scheme + "://" + rest)
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

// isOwn reports whether o is the origin of a request with this Host.
func (o origin) isOwn(host string) bool {
	name, port := splitHost(host)
	if port == "" {
		port = defaultPort(o.scheme)
	}
	return o.isWeb() && o.host == name && o.port == port
}

// splitHost splits a Host into name and port, both in lower case. It removes IPv6
// brackets and the final dot of a fully qualified name.
func splitHost(host string) (name, port string) {
	host = strings.ToLower(host)
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]"), ""
	}
	name = strings.TrimSuffix(name, ".")
	if ip, err := netip.ParseAddr(name); err == nil {
		name = ip.String() // the shortest form of IPv6
	}
	return name, port
}

// ValidHost reports whether text is valid for Config.Hosts: a host name or address, with
// or without a port. Addresses that are unspecified, IPv4-mapped or have a zone are not.
func ValidHost(text string) bool {
	name, _ := splitHost(text)
	ip, err := netip.ParseAddr(name)
	return name != "" && !strings.ContainsAny(text, "/ ") && (err != nil || isPlain(ip))
}

// isPlain reports whether people call servers by such an address.
func isPlain(ip netip.Addr) bool { return !ip.IsUnspecified() && !ip.Is4In6() && ip.Zone() == "" }

// isLoopback reports whether host, in canonical form, is a name that browsers resolve
// to this machine and trust without TLS, or a plain loopback address.
func isLoopback(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback() && isPlain(ip)
}

// localAddr returns the address at which the connection of r was accepted, without a
// zone. It is invalid if that is not a TCP connection.
func localAddr(r *http.Request) netip.Addr {
	addr, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	return addrOf(addr)
}

func addrOf(addr net.Addr) netip.Addr {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok {
		return netip.Addr{}
	}
	return tcp.AddrPort().Addr().Unmap().WithZone("")
}
