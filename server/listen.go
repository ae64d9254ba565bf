package server

import (
	"context"
	"fmt"
	"net"
	"net/netip"
)

// Listen listens on a TCP address such as "127.0.0.1:8080". Accepted connections are
// probed, so that a silent peer is detected; see Config.UserTimeout. The caller owns the
// listener; Serve closes it. The error wraps that of package net.
func (s *Server) Listen(ctx context.Context, addr string) (net.Listener, error) {
	silence := s.config.UserTimeout
	lc := net.ListenConfig{
		KeepAliveConfig: net.KeepAliveConfig{
			Enable:   true,
			Idle:     silence / 2,
			Interval: silence / 6,
			Count:    3,
		},
		Control: setUserTimeout(silence),
	}
	l, err := lc.Listen(ctx, "tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	return l, nil
}

// LoopbackOnly reports whether only this machine can reach a server that listens on
// addr ("host:port"). A server that others can reach should have a token.
func LoopbackOnly(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	ip, notIP := netip.ParseAddr(host)
	return err == nil && (host == "localhost" || notIP == nil && ip.IsLoopback())
}
