package curl

import "sseconsole/client/endpoint"

// flag describes one of curl's flags.
type flag struct {
	long  string
	short byte
	value bool                                // it takes a value
	does  func(p *parser, value string) error // nil if it has no effect here, deliberately
	left  bool                                // it would have an effect, but is not honored
	quiet bool                                // its value may be a secret and is not shown
}

// flags returns all known flags.
func flags() []flag {
	list := []flag{
		{long: "request", short: 'X', value: true, does: (*parser).request},
		{long: "header", short: 'H', value: true, does: (*parser).header},
		{long: "url", value: true, does: func(p *parser, v string) error { p.urls = append(p.urls, v); return nil }},
		{long: "get", short: 'G', does: func(p *parser, _ string) error { p.get = true; return nil }},
		{long: "head", short: 'I', does: func(p *parser, _ string) error { p.head = true; return nil }},
		{long: "data", short: 'd', value: true, does: func(p *parser, v string) error { return p.data("-d", v, true, false) }},
		{long: "data-ascii", value: true, does: func(p *parser, v string) error { return p.data("--data-ascii", v, true, false) }},
		{long: "data-raw", value: true, does: func(p *parser, v string) error { return p.data("--data-raw", v, false, false) }},
		{long: "data-binary", value: true, does: func(p *parser, v string) error { return p.data("--data-binary", v, true, true) }},
		{long: "data-urlencode", value: true, does: (*parser).urlencode},
		{long: "url-query", value: true, does: (*parser).urlQuery},
		{long: "json", value: true, does: (*parser).json},
		{long: "user", short: 'u', value: true, does: (*parser).user, quiet: true},
		{long: "oauth2-bearer", value: true, quiet: true, does: func(p *parser, v string) error {
			p.auth = endpoint.Auth{Kind: endpoint.AuthBearer, Value: v}
			return nil
		}},
		{long: "user-agent", short: 'A', value: true, does: func(p *parser, v string) error { p.preset("User-Agent", v); return nil }},
		{long: "referer", short: 'e', value: true, does: (*parser).referer},
		{long: "range", short: 'r', value: true, does: func(p *parser, v string) error { p.preset("Range", "bytes="+v); return nil }},
		{long: "cookie", short: 'b', value: true, does: (*parser).cookie, quiet: true},
		{long: "location", short: 'L', does: func(p *parser, _ string) error { p.follow = true; return nil }},
		{long: "insecure", short: 'k', does: func(p *parser, _ string) error { p.connection.Insecure = true; return nil }},
		{long: "cacert", value: true, does: func(p *parser, v string) error { p.connection.CAFile = v; return nil }},
		{long: "cert", short: 'E', value: true, does: (*parser).cert, quiet: true},
		{long: "key", value: true, does: func(p *parser, v string) error { p.connection.KeyFile = v; return nil }},
		{long: "proxy", short: 'x', value: true, does: func(p *parser, v string) error { return p.proxy("http", v) }, quiet: true},
		{long: "socks5", value: true, does: func(p *parser, v string) error { return p.proxy("socks5", v) }, quiet: true},
		{long: "socks5-hostname", value: true, does: func(p *parser, v string) error { return p.proxy("socks5h", v) }, quiet: true},
		{long: "preproxy", value: true, left: true, quiet: true},
		{long: "proxy-user", short: 'U', value: true, does: func(p *parser, v string) error { p.proxyUser = v; return nil }, quiet: true},
		{long: "noproxy", value: true, does: (*parser).noproxy},
		{long: "http1.1", does: func(p *parser, _ string) error { p.connection.HTTP = endpoint.HTTP1; return nil }},
		{long: "http2", does: func(p *parser, _ string) error { p.connection.HTTP = endpoint.HTTP2; return nil }},
		{long: "http2-prior-knowledge", does: func(p *parser, _ string) error { p.connection.HTTP = endpoint.HTTP2; return nil }},
		{long: "tlsv1.2", does: func(p *parser, _ string) error { p.connection.MinTLS = "1.2"; return nil }},
		{long: "tlsv1.3", does: func(p *parser, _ string) error { p.connection.MinTLS = "1.3"; return nil }},
		{long: "connect-timeout", value: true, does: (*parser).connectTimeout},
		{long: "compressed", does: func(p *parser, _ string) error { p.connection.Compression = endpoint.CompressionAll; return nil }},
		{long: "globoff", short: 'g', does: func(p *parser, _ string) error { p.globoff = true; return nil }},
		{long: "path-as-is", does: func(p *parser, _ string) error { p.pathAsIs = true; return nil }},
	}
	// Flags that change only what curl prints, saves or warns about.
	list = append(list, []flag{
		{long: "silent", short: 's'}, {long: "show-error", short: 'S'}, {long: "verbose", short: 'v'}, {long: "include", short: 'i'},
		{long: "show-headers"}, {long: "no-buffer", short: 'N'}, {long: "buffer"}, {long: "fail", short: 'f'}, {long: "fail-with-body"}, {long: "fail-early"},
		{long: "progress-bar", short: '#'}, {long: "no-progress-meter"}, {long: "progress-meter"}, {long: "remote-name", short: 'O'}, {long: "remote-name-all"},
		{long: "remote-header-name", short: 'J'}, {long: "disable", short: 'q'}, {long: "tcp-nodelay"}, {long: "basic"}, {long: "create-dirs"},
		{long: "styled-output"}, {long: "trace-time"}, {long: "trace-ids"}, {long: "xattr"}, {long: "remove-on-error"}, {long: "clobber"},
		{long: "suppress-connect-headers"}, {long: "ssl-reqd"}, {long: "tcp-fastopen"}, {long: "sessionid"}, {long: "junk-session-cookies", short: 'j'},
	}...)
	for _, f := range []flag{
		{long: "output", short: 'o'}, {long: "write-out", short: 'w'}, {long: "stderr"}, {long: "trace"}, {long: "trace-ascii"}, {long: "trace-config"},
		{long: "dump-header", short: 'D'}, {long: "keepalive-time"}, {long: "keepalive-cnt"}, {long: "output-dir"}, {long: "etag-save"}, {long: "libcurl"},
		{long: "happy-eyeballs-timeout-ms"}, {long: "create-file-mode"}, {long: "parallel-max"},
	} {
		f.value = true
		list = append(list, f)
	}
	return append(list, leftOut()...)
}

// leftOut returns the flags that are not honored.
func leftOut() []flag {
	var list []flag
	for _, f := range []flag{
		{long: "http1.0", short: '0'}, {long: "http3"}, {long: "http3-only"}, {long: "http0.9"}, {long: "digest"}, {long: "ntlm"}, {long: "negotiate"}, {long: "anyauth"},
		{long: "proxy-basic"}, {long: "proxy-digest"}, {long: "proxy-ntlm"}, {long: "proxy-negotiate"}, {long: "proxy-anyauth"}, {long: "proxy-insecure"},
		{long: "location-trusted"}, {long: "post301"}, {long: "post302"}, {long: "post303"}, {long: "proxytunnel", short: 'p'}, {long: "ipv4", short: '4'},
		{long: "ipv6", short: '6'}, {long: "netrc", short: 'n'}, {long: "netrc-optional"}, {long: "next", short: ':'}, {long: "parallel", short: 'Z'},
		{long: "tlsv1", short: '1'}, {long: "tlsv1.0"}, {long: "tlsv1.1"}, {long: "sslv2", short: '2'}, {long: "sslv3", short: '3'}, {long: "no-keepalive"}, {long: "no-alpn"}, {long: "no-npn"},
		{long: "raw"}, {long: "tr-encoding"}, {long: "cert-status"}, {long: "ssl-no-revoke"}, {long: "ssl-revoke-best-effort"}, {long: "ca-native"}, {long: "haproxy-protocol"},
		{long: "crlf"}, {long: "append", short: 'a'}, {long: "use-ascii", short: 'B'}, {long: "remote-time", short: 'R'}, {long: "retry-connrefused"}, {long: "retry-all-errors"},
		{long: "ignore-content-length"}, {long: "compressed-ssh"}, {long: "form-escape"}, {long: "ssl-allow-beast"}, {long: "ech"},
	} {
		f.left = true
		list = append(list, f)
	}
	for _, f := range []flag{
		{long: "max-time", short: 'm'}, {long: "max-redirs"}, {long: "retry"}, {long: "retry-delay"}, {long: "retry-max-time"}, {long: "limit-rate"}, {long: "rate"},
		{long: "speed-limit", short: 'Y'}, {long: "speed-time", short: 'y'}, {long: "resolve"}, {long: "connect-to"}, {long: "interface"}, {long: "unix-socket"},
		{long: "abstract-unix-socket"}, {long: "local-port"}, {long: "dns-servers"}, {long: "dns-interface"}, {long: "doh-url"}, {long: "ciphers"}, {long: "tls13-ciphers"},
		{long: "curves"}, {long: "tls-max"}, {long: "pinnedpubkey"}, {long: "crlfile"}, {long: "capath"}, {long: "cert-type"}, {long: "key-type"}, {long: "engine"},
		{long: "form", short: 'F'}, {long: "form-string"}, {long: "upload-file", short: 'T'}, {long: "config", short: 'K'}, {long: "netrc-file"}, {long: "cookie-jar", short: 'c'},
		{long: "time-cond", short: 'z'}, {long: "continue-at", short: 'C'}, {long: "etag-compare"}, {long: "expect100-timeout"}, {long: "max-filesize"}, {long: "proto"},
		{long: "proto-default"}, {long: "proto-redir"}, {long: "quote", short: 'Q'}, {long: "telnet-option", short: 't'}, {long: "ftp-port", short: 'P'}, {long: "request-target"},
		{long: "service-name"}, {long: "variable"}, {long: "alt-svc"}, {long: "hsts"}, {long: "socks4"}, {long: "socks4a"}, {long: "proxy1.0"},
		{long: "proxy-cacert"}, {long: "proxy-cert"}, {long: "proxy-key"}, {long: "proxy-ciphers"}, {long: "haproxy-clientip"}, {long: "ip-tos"}, {long: "vlan-priority"},
	} {
		f.left, f.value = true, true
		list = append(list, f)
	}
	for _, f := range []flag{{long: "pass"}, {long: "proxy-pass"}, {long: "proxy-header"}, {long: "aws-sigv4"}, {long: "tlsuser"}, {long: "tlspassword"}, {long: "delegation"}} {
		f.left, f.value, f.quiet = true, true, true
		list = append(list, f)
	}
	return list
}
