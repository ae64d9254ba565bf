package server

import (
	"net"
	"net/netip"
	"net/url"
)

// BaseURLs returns the base URLs of a server that listens on addr, with the token if
// that is not empty: for each address, one for each of the two base paths. The first two
// work on this machine; the others, if any, also from other machines.
func BaseURLs(addr net.Addr, token string) []string {
	listening, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return nil // not TCP
	}
	ips := []netip.Addr{listening.Addr()}
	if listening.Addr().IsUnspecified() {
		ips = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1})}
		interfaces, _ := net.InterfaceAddrs() // if this fails, the loopback address still works
		for _, i := range interfaces {
			prefix, err := netip.ParsePrefix(i.String())
			if err == nil && prefix.Addr().IsGlobalUnicast() && (prefix.Addr().Is4() || listening.Addr().Is6()) {
				ips = append(ips, prefix.Addr())
			}
		}
	}
	var urls []string
	for _, ip := range ips {
		for _, path := range []string{"/demo/sse", "/smilex/open/sse"} {
			u := url.URL{Scheme: "http", Host: netip.AddrPortFrom(ip, listening.Port()).String(), Path: path}
			if token != "" {
				u.RawQuery = url.Values{"token": {token}}.Encode()
			}
			urls = append(urls, u.String())
		}
	}
	return urls
}
