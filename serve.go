package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"sseconsole/server"
)

// serveOptions is the command line of `sseconsole serve`.
type serveOptions struct {
	listen    string
	hosts     []string
	origins   []string
	token     string
	insecure  bool
	keepAlive time.Duration
}

// serveFlags defines the flags of serve; the options are theirs once they are parsed.
func serveFlags(flags *flag.FlagSet) *serveOptions {
	opts := &serveOptions{listen: "127.0.0.1:8080"}
	flags.Func("listen", "", func(s string) error {
		opts.listen = s
		if _, _, err := net.SplitHostPort(s); err != nil {
			return errors.New("want host:port, such as 127.0.0.1:8080")
		}
		return nil
	})
	flags.Func("host", "", func(s string) error {
		opts.hosts = append(opts.hosts, s)
		if s == "" || strings.ContainsAny(s, "/ ") {
			return errors.New("want a host's name alone, such as example.org")
		}
		return nil
	})
	flags.Func("origin", "", func(s string) error {
		opts.origins = append(opts.origins, s)
		return wantOrigin(s)
	})
	flags.Func("token", "", func(s string) error {
		opts.token = s
		if s == "" {
			return errors.New("a token has at least one character")
		}
		return nil
	})
	flags.BoolVar(&opts.insecure, "insecure", false, "")
	flags.Func("keepalive", "", func(s string) (err error) {
		opts.keepAlive, err = time.ParseDuration(s)
		switch {
		case err != nil || opts.keepAlive < 0:
			return errors.New("want a time such as 15s, or 0 for none")
		case opts.keepAlive == 0:
			opts.keepAlive = -1
		}
		return nil
	})
	return opts
}

// serve runs the embedded server until ctx ends; it is shut down when serve
// returns. The base URLs go to stdout, one a line, once the server accepts
// calls; everything else that is worth telling goes to stderr.
func serve(ctx context.Context, opts serveOptions, stdout, stderr io.Writer) error {
	logger := slog.New(slog.NewTextHandler(stderr, nil))
	if opts.insecure && opts.token != "" {
		return usageError("-token and -insecure exclude each other")
	}
	if !server.LoopbackOnly(opts.listen) {
		switch {
		case opts.insecure:
			logger.Warn("other machines can call this server without a token")
		case opts.token == "":
			opts.token = server.NewToken()
			logger.Info("other machines can reach this server, so calls need the token in the URLs")
		}
	}

	srv := server.New(server.Config{
		KeepAlive: opts.keepAlive,
		Hosts:     opts.hosts,
		Origins:   opts.origins,
		Token:     opts.token,
		Observe:   func(n server.Notice) { logger.LogAttrs(ctx, level(n.Kind), "notice", slog.Any("", n)) },
	})
	l, err := srv.Listen(ctx, opts.listen)
	if err != nil {
		if op, ok := errors.AsType[*net.OpError](err); ok {
			err = op.Err
		}
		return fmt.Errorf("cannot listen on %s: %w; choose another address with -listen (-listen 127.0.0.1:0 takes a free port)", opts.listen, err)
	}
	for _, u := range baseURLs(l.Addr(), opts.token) {
		fmt.Fprintln(stdout, u)
	}

	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	if err := srv.Shutdown(context.WithoutCancel(ctx)); err != nil {
		logger.Warn("shutdown", "err", err)
	}
	return <-served
}

// wantOrigin says what is wrong with the text of an origin.
func wantOrigin(s string) error {
	u, err := url.Parse(s)
	if s != "null" && (err != nil || u.Host == "" || s != u.Scheme+"://"+u.Host) {
		return errors.New("want scheme://host or scheme://host:port and no more, or null")
	}
	return nil
}

func level(k server.Kind) slog.Level {
	switch k {
	case server.CutOff, server.RefusedHost, server.RefusedOrigin, server.RefusedToken:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// baseURLs returns what to enter as a remote address to reach a server that
// listens on addr; the first one is good on this machine.
func baseURLs(addr net.Addr, token string) []string {
	listening, err := netip.ParseAddrPort(addr.String())
	if err != nil {
		return nil // not TCP, which Listen does not make
	}
	ips := []netip.Addr{listening.Addr()}
	if listening.Addr().IsUnspecified() {
		ips = []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1})}
		interfaces, _ := net.InterfaceAddrs() // without them, the loopback address is still true
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
