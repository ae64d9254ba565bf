package curl

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"sseconsole/client/endpoint"
)

// Format formats a request as a command for sh that sends exactly this request: headers
// that curl would add are removed unless r has them. left names the fields of the
// connection that curl has no flag for, as in JSON. The command may contain secrets;
// see FormatMasked.
func Format(r endpoint.Request, c endpoint.Connection) (command string, left []string) {
	var args []string
	add := func(flag string, values ...string) {
		for _, v := range values {
			flag += " " + quote(v)
		}
		args = append(args, flag)
	}
	add("", r.URL)
	args[0] = strings.TrimPrefix(args[0], " ")
	if strings.ContainsAny(r.URL, "{}[]") {
		add("-g")
	}
	if path, _, _ := strings.Cut(r.URL, "?"); strings.Contains(path, "/.") {
		add("--path-as-is")
	}
	switch verb := r.Verb(); {
	case verb == http.MethodHead && r.Body == nil:
		add("-I")
	case r.Body == nil && verb != http.MethodGet, r.Body != nil && verb != http.MethodPost:
		add("-X", verb)
	}
	names := slices.Sorted(maps.Keys(r.Header))
	for _, name := range names {
		for _, value := range r.Header[name] {
			if value == "" {
				add("-H", name+";")
			} else {
				add("-H", name+": "+value)
			}
		}
	}
	own := []string{"Accept", "User-Agent"}
	if r.Body != nil {
		own = append(own, "Content-Type")
	}
	for _, name := range own {
		if r.Header.Values(name) == nil {
			add("-H", name+":")
		}
	}
	if strings.HasPrefix(r.Header.Get("Accept"), "text/event-stream") {
		add("-N")
	}
	before := ""
	switch {
	case bytes.IndexByte(r.Body, 0) >= 0: // an argument cannot contain it
		before = "printf " + quote(printf(r.Body)) + " | "
		add("--data-binary", "@-")
	case r.Body != nil:
		add("--data-raw", string(r.Body))
	}
	more, left := connectionFlags(r, c)
	args = append(args, more...)
	return before + "curl " + strings.Join(args, " \\\n  "), left
}

// FormatMasked is Format with secrets masked. A nil Masker knows them only by their
// names.
func FormatMasked(r endpoint.Request, c endpoint.Connection, m *endpoint.Masker) (command string, left []string) {
	c.Proxy = m.URL(c.Proxy)
	return Format(m.Request(r), c)
}

func connectionFlags(r endpoint.Request, c endpoint.Connection) (args, left []string) {
	add := func(set bool, flag string, values ...string) {
		if !set {
			return
		}
		for _, v := range values {
			flag += " " + quote(v)
		}
		args = append(args, flag)
	}
	add(c.Redirects == "", "-L")
	add(c.Insecure, "-k")
	add(c.CAFile != "", "--cacert", c.CAFile)
	add(c.CertFile != "", "--cert", strings.NewReplacer(`\`, `\\`, ":", `\:`).Replace(c.CertFile))
	add(c.KeyFile != "", "--key", c.KeyFile)
	add(c.MinTLS != "", "--tlsv"+c.MinTLS)
	switch c.Proxy {
	case "":
	case endpoint.NoProxy:
		add(true, "--noproxy", "*")
	default:
		add(true, "-x", withPort(c.Proxy))
	}
	add(c.HTTP == endpoint.HTTP1, "--http1.1")
	add(c.HTTP == endpoint.HTTP2 && strings.HasPrefix(r.URL, "https:"), "--http2")
	add(c.HTTP == endpoint.HTTP2 && !strings.HasPrefix(r.URL, "https:"), "--http2-prior-knowledge")
	add(c.ConnectTimeout > 0, "--connect-timeout", strconv.FormatFloat(time.Duration(c.ConnectTimeout).Seconds(), 'f', -1, 64))
	add(c.Compression != "", "--compressed")
	if c.Compression != "" && c.Compression != endpoint.CompressionAll && r.Header.Values("Accept-Encoding") == nil {
		add(true, "-H", "Accept-Encoding: "+c.Compression)
	}
	for name, set := range map[string]bool{
		"server_name": c.ServerName != "", "header_timeout": c.HeaderTimeout > 0, "idle_timeout": c.IdleTimeout > 0,
	} {
		if set {
			left = append(left, name)
		}
	}
	slices.Sort(left)
	return args, left
}

// withPort adds the default port of a proxy, since curl's is different.
func withPort(proxy string) string {
	u, err := url.Parse(proxy)
	if err != nil || u.Port() != "" {
		return proxy
	}
	u.Host += map[string]string{"http": ":80", "https": ":443"}[u.Scheme]
	return u.String()
}

// quote quotes a word for sh.
func quote(word string) string {
	safe := word != "" && strings.IndexFunc(word, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_./:@%+,", r))
	}) < 0
	if safe {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// printf returns the format for printf that prints data.
func printf(data []byte) string {
	var b strings.Builder
	for _, c := range data {
		switch {
		case c == '%':
			b.WriteString("%%")
		case c < ' ' || c > '~' || c == '\\' || c == '\'':
			fmt.Fprintf(&b, `\%03o`, c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unprintf returns what printf prints for a format made by printf.
func unprintf(format string) []byte {
	out := []byte{}
	for i := 0; i < len(format); i++ {
		switch c := format[i]; {
		case c == '%' && strings.HasPrefix(format[i:], "%%"):
			out = append(out, '%')
			i++
		case c == '\\' && i+1 < len(format):
			i++
			if at := strings.IndexByte("abfnrtv\\", format[i]); at >= 0 {
				out = append(out, "\a\b\f\n\r\t\v\\"[at])
				continue
			}
			end := i
			for end < len(format) && end < i+3 && format[end] >= '0' && format[end] <= '7' {
				end++
			}
			if n, err := strconv.ParseUint(format[i:end], 8, 16); err == nil {
				out = append(out, byte(n))
				i = end - 1
			} else {
				out = append(out, '\\', format[i])
			}
		default:
			out = append(out, c)
		}
	}
	return out
}
