package embedded

import (
	"errors"
	"net"
	"strconv"
	"strings"

	"sseconsole/ui/console/settings"
)

// What can be wrong with an address.
var (
	ErrBadHost = errors.New("not a valid host")
	ErrBadPort = errors.New("not a port from 0 to 65535")
)

// NormalizeAddress completes a port to a loopback address, and extracts host and port
// from a pasted URL.
func NormalizeAddress(s string) string {
	s = strings.TrimSpace(s)
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	switch {
	case s == "":
		return settings.DefaultAddress
	case strings.HasPrefix(s, ":"):
		return "127.0.0.1" + s
	case !strings.Contains(s, ":"):
		if strings.Trim(s, "0123456789") == "" {
			return "127.0.0.1:" + s
		}
		return net.JoinHostPort(s, "8080")
	}
	return s
}

// CheckAddress returns what is wrong with an address as NormalizeAddress returns it:
// ErrBadHost or ErrBadPort, and nil if a server could listen there. It does not look the
// host up.
func CheckAddress(address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil || strings.ContainsAny(host, " \t@/?#\"'<>\\%") && net.ParseIP(host) == nil {
		return ErrBadHost
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || strconv.FormatUint(n, 10) != port {
		return ErrBadPort
	}
	return nil
}

// samePort reports whether two addresses have the same port.
func samePort(a, b string) bool {
	_, one, errA := net.SplitHostPort(a)
	_, other, errB := net.SplitHostPort(b)
	return errA == nil && errB == nil && one == other
}
