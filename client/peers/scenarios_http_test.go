//go:build peers

package peers

import (
	"fmt"
	"strings"
)

func codings() (list []scenario) {
	first := soon + event("1", "x")
	as := func(encoding, body string) []string {
		return []string{head(stream, chunked, "Content-Encoding: "+encoding) + body, open(event("2", "y"))}
	}
	for _, c := range [][2]string{{"gzip", "gzip"}, {"x-gzip", "gzip"}, {"GZIP", "gzip"}, {"deflate", "deflate"}, {"deflate", "raw deflate"}, {"br", "br"}, {"zstd", "zstd"}} {
		list = append(list,
			scenario{name: fmt.Sprintf("%s, flushed as %s", c[1], c[0]), a: as(c[0], chunks(coded(c[1], false, first, event("3", "z"))))},
			scenario{name: fmt.Sprintf("%s, whole as %s", c[1], c[0]), a: as(c[0], chunks(coded(c[1], true, first))+lastChunk+"{close}")},
		)
	}
	for _, coding := range []string{"gzip", "deflate", "raw deflate", "br", "zstd"} {
		name := strings.TrimPrefix(coding, "raw ")
		list = append(list, scenario{name: coding + " without its end", a: as(name, chunks(coded(coding, false, first))+lastChunk+"{close}")})
		if coding == name {
			list = append(list, scenario{name: "plain text as " + coding, a: as(name, chunk(first)+"{wait}"+chunk(event("3", "z"))+lastChunk+"{close}")})
		}
	}
	for _, encoding := range []string{"none", "identity", "utf-8", "", "gzip, none", "none, gzip", "gzip, identity", "identity, gzip"} {
		list = append(list,
			scenario{name: "plain text as " + encoding, a: as(encoding, chunk(first))},
			scenario{name: "gzip as " + encoding, a: as(encoding, chunks(coded("gzip", false, first)))},
		)
	}
	twice := coded("gzip", false, coded("gzip", false, first)[0])
	members := strings.Join(coded("gzip", true, first), "") + strings.Join(coded("gzip", true, event("3", "z")), "")
	return append(list,
		scenario{name: "gzip in gzip", a: as("gzip, gzip", chunks(twice))},
		scenario{name: "gzip in gzip, declared once", a: as("gzip", chunks(twice))},
		scenario{name: "gzip without Content-Encoding", a: []string{head(stream, chunked) + chunks(coded("gzip", false, first))}},
		scenario{name: "two members of gzip", a: as("gzip", chunk(members))},
		scenario{name: "bytes after gzip", a: as("gzip", chunk(strings.Join(coded("gzip", true, first), "")+"data: z\n\n"))},
		scenario{name: "an empty body as gzip", a: []string{head(stream, chunked, "Content-Encoding: gzip") + lastChunk + "{close}", refused("204 No Content")}},
	)
}

func heads() (list []scenario) {
	body := chunk(event("1", "x"))
	const stops = "No browser reads it; Chromium keeps reconnecting. The engine stops and says what is wrong with the head: reconnecting cannot change that."
	for _, h := range [][2]string{
		{"lines end with LF", "HTTP/1.1 200 OK\n" + stream + "\n" + chunked + "\n\n"},
		{"a line without a colon", head(stream, "left over", chunked)},
		{"a space before the colon of a header", head("Content-Type : text/event-stream", chunked)},
		{"a tab before the colon", head("Content-Type\t: text/event-stream", chunked)},
		{"a colon and no name", head(": x", stream, chunked)},
		{"a space in a name", head("X Y: z", stream, chunked)},
		{"UTF-8 in a value", head("X-Operator: 收银台", stream, chunked)},
		{"UTF-8 in a name", head("操作员: x", stream, chunked)},
		{"a control character in a value", head("X: a\x01b", stream, chunked)},
		{"a NUL in a value", head("X: a\x00b", stream, chunked)},
		{"a folded line", head("Content-Type:\r\n text/event-stream", chunked)},
		{"a folded line first", "HTTP/1.1 200 OK\r\n folded\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"an empty line first", "\r\n" + head(stream, chunked)},
		{"four bytes first", "abcd" + head(stream, chunked)},
		{"five bytes first", "abcde" + head(stream, chunked)},
		{"no reason", "HTTP/1.1 200\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"no status", "HTTP/1.1 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"a status of four digits", "HTTP/1.1 2000 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"a status of two digits", "HTTP/1.1 20 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"letters after the status", "HTTP/1.1 200OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"HTTP in lower case", "http/1.1 200 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"HTTP/2.0 in the status line", "HTTP/2.0 200 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"HTTP/1.2", "HTTP/1.2 200 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"no version", "HTTP 200 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\n" + stream + "\r\n" + chunked + "\r\n\r\n"},
		{"Transfer-Encoding twice", head(stream, chunked, chunked)},
		{"Transfer-Encoding: chunked, chunked", head(stream, "Transfer-Encoding: chunked, chunked")},
		{"Transfer-Encoding: gzip, chunked", head(stream, "Transfer-Encoding: gzip, chunked")},
		{"Transfer-Encoding: CHUNKED", head(stream, "Transfer-Encoding: CHUNKED")},
		{"Transfer-Encoding: chunked;x", head(stream, "Transfer-Encoding: chunked;x")},
		{"Content-Length beside chunks", head(stream, chunked, "Content-Length: 3")},
		{"two lengths with chunks", head(stream, chunked, "Content-Length: 3", "Content-Length: 4")},
		{"a Location in a 200", head(stream, chunked, "Location: /elsewhere")},
		{"Connection: upgrade", head(stream, chunked, "Connection: upgrade", "Upgrade: h2c")},
		{"many headers", head(append(strings.Split(strings.Repeat("X-Y: z\n", 500)+stream, "\n"), chunked)...)},
		{"Refresh and Set-Cookie2", head(stream, chunked, "Refresh: 0; url=/", "Set-Cookie2: a=b")},
		{"nosniff", head(stream, chunked, "X-Content-Type-Options: nosniff")},
		{"attachment", head(stream, chunked, "Content-Disposition: attachment")},
	} {
		list = append(list, scenario{name: "head: " + h[0], a: []string{h[1] + body, "{wait}"}, differs: map[string]string{
			"a NUL in a value": stops, "five bytes first": stops,
		}[h[0]]})
	}
	for _, h := range [][2]string{
		{"Transfer-Encoding: identity", head(stream, "Transfer-Encoding: identity")},
		{"two lengths", head(stream, "Content-Length: 5000", "Content-Length: 6000")},
		{"the same length twice", head(stream, "Content-Length: 5000", "Content-Length: 5000")},
		{"a list of the same length", head(stream, "Content-Length: 5000, 5000")},
		{"a length in words", head(stream, "Content-Length: many")},
		{"a length below 0", head(stream, "Content-Length: -1")},
		{"a length with a plus", head(stream, "Content-Length: +5000")},
		{"an empty length", head(stream, "Content-Length: ")},
	} {
		list = append(list, scenario{name: "head: " + h[0], a: []string{h[1] + event("1", "x"), "{wait}"}, differs: map[string]string{"two lengths": stops}[h[0]]})
	}
	return append(list,
		scenario{name: "head: another protocol", a: []string{"SSH-2.0-OpenSSH_9.2\r\n{close}", "{wait}"}, differs: stops},
		scenario{name: "head: no end", a: []string{"HTTP/1.1 200 OK\r\n" + stream + "\r\n{close}", "{wait}"}},
		scenario{name: "head: two redirects in one", a: []string{redirect(302, "/one", "Location: /two"), open(event("1", "x"))}, differs: stops},
	)
}

func bodies() (list []scenario) {
	first := soon + event("1", "x")
	data := fmt.Sprintf("%x", len(first))
	for _, b := range [][2]string{
		{"chunk extensions", data + ";a=b\r\n" + first + "\r\n"},
		{"a space after the size", data + " \r\n" + first + "\r\n"},
		{"a tab after the size", data + "\t\r\n" + first + "\r\n"},
		{"a space before the size", " " + data + "\r\n" + first + "\r\n"},
		{"a size in capitals", strings.ToUpper(data) + "\r\n" + first + "\r\n"},
		{"zeros before the size", "0000" + data + "\r\n" + first + "\r\n"},
		{"a size with 0x", "0x" + data + "\r\n" + first + "\r\n"},
		{"a size with a plus", "+" + data + "\r\n" + first + "\r\n"},
		{"a negative size", chunk(first) + "{wait}-1\r\n"},
		{"an empty size", chunk(first) + "{wait}\r\n"},
		{"a huge size", chunk(first) + "{wait}ffffffffffffffffff\r\n"},
		{"lines end with LF", data + "\n" + first + "\n"},
		{"a chunk longer than its size", data + "\r\n" + first + "{wait}more\r\n"},
		{"no chunks at all", first},
		{"trailers", chunk(first) + "0\r\nX: y\r\n\r\n{close}"},
		{"no blank line after the last chunk", chunk(first) + "0\r\n{close}"},
		{"data after the last chunk", chunk(first) + "0\r\n\r\ndata: more\n\n{close}"},
	} {
		list = append(list, scenario{name: "chunks: " + b[0], a: []string{head(stream, chunked) + b[1], "{wait}"}})
	}
	return append(list,
		scenario{name: "chunks without Transfer-Encoding", a: []string{head(stream, "Connection: close") + chunk(first) + chunk(event("2", "y"))}},
		scenario{name: "chunks within chunks", a: []string{head(stream, chunked) + chunk(chunk(first)) + chunk(chunk(event("2", "y")))}},
		scenario{name: "a byte at a time", a: []string{head(stream, chunked) + chunks(strings.Split("data: a\n\n", ""))}},
	)
}

func origins() []scenario {
	first := event("1", "x")
	allow := func(value string, more ...string) string {
		return head(append(more, "Access-Control-Allow-Origin: "+value, stream, chunked)...) + chunk(first)
	}
	const reads = "A page cannot read this, and its browser stops. The engine continues, so that the stream can be judged, and a finding says that a page cannot read it."
	foreign := func(name string, differs string, answers ...string) scenario {
		return scenario{name: "page of another origin: " + name, foreign: true, a: answers, differs: differs}
	}
	return []scenario{
		foreign("*", "", allow("*")), foreign("its name", "", allow("{p}")), foreign("no header", reads, open(first)), foreign("another name", reads, allow("{b}")),
		foreign("a slash at the end", reads, allow("{p}/")), foreign("null", reads, allow("null")), foreign("twice", reads, allow("*", "Access-Control-Allow-Origin: *")),
		foreign("a list", reads, allow("{p}, {b}")), foreign("a 403 without the header", "", refused("403 Forbidden")),
		foreign("a 401 with the header", "", refused("401 Unauthorized", "Access-Control-Allow-Origin: *")),
		foreign("it ends", "", head(stream, chunked, "Access-Control-Allow-Origin: *")+chunk(soon+first)+lastChunk+"{close}", allow("*")),
		{name: "page of another origin: redirect to a third, * everywhere", foreign: true, a: []string{redirect(302, "{b}/moved", "Access-Control-Allow-Origin: *")}, b: []string{allow("*")}},
		{name: "page of another origin: redirect to a third, which names it", foreign: true, differs: reads, a: []string{redirect(302, "{b}/moved", "Access-Control-Allow-Origin: *")}, b: []string{allow("{p}")}},
		{name: "page of another origin: redirect to a third, which names null", foreign: true, a: []string{redirect(302, "{b}/moved", "Access-Control-Allow-Origin: *")}, b: []string{allow("null")}},
		{name: "page of another origin: redirect without the header", foreign: true, differs: reads, a: []string{redirect(302, "{b}/moved")}, b: []string{allow("*")}},
		{name: "page of another origin: redirect within it", foreign: true, a: []string{redirect(307, "/moved", "Access-Control-Allow-Origin: *"), allow("{p}")}},
		{name: "page of another origin: third hop within the second", foreign: true, a: []string{redirect(302, "{b}/x", "Access-Control-Allow-Origin: *")}, b: []string{redirect(302, "/y", "Access-Control-Allow-Origin: *"), allow("*")}},
		{name: "page of another origin: the redirected stream ends", foreign: true, a: []string{redirect(302, "{b}/moved", "Access-Control-Allow-Origin: *")}, b: []string{
			head(stream, chunked, "Access-Control-Allow-Origin: *") + chunk(soon+first) + lastChunk + "{close}", allow("*")}},
		{name: "page of the same origin: redirect to another", differs: "The engine sends Origin only if Options.Origin is set.", a: []string{redirect(302, "{b}/moved")}, b: []string{allow("*")}},
		{name: "page of another origin: a cookie is not stored", foreign: true, a: []string{
			head(stream, chunked, "Access-Control-Allow-Origin: *", "Set-Cookie: k=v") + chunk(soon+first) + lastChunk + "{close}", allow("*")}},
	}
}

func cookies() []scenario {
	set := func(cookie string) string {
		return head(stream, chunked, "Set-Cookie: "+cookie) + chunk(soon+event("1", "x")) + lastChunk + "{close}"
	}
	again := open(event("2", "y"))
	var list []scenario
	for _, cookie := range []string{
		"k=v", "k=v; Path=/", "k=v; Path=/other", "k=v; HttpOnly", "k=v; Secure", "k=v; Max-Age=0", "k=v; Max-Age=60", "k=v; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
		"k=v; SameSite=Strict", "k=v; SameSite=None", "k=a b", "k=", "k", `k="v"`, "k=v; Domain=elsewhere.test", "k=值",
	} {
		list = append(list, scenario{name: "cookie " + cookie, top: true, a: []string{set(cookie), again}, differs: map[string]string{
			"k=a b": "net/http puts it in quotes.", "k": "net/http ignores a cookie without a name.", "k=值": "net/http ignores a cookie with such bytes, which RFC 6265 forbids.",
		}[cookie]})
	}
	return append(list,
		scenario{name: "two cookies", top: true, a: []string{head(stream, chunked, "Set-Cookie: a=1", "Set-Cookie: b=2") + chunk(soon) + lastChunk + "{close}", again}},
		scenario{name: "a cookie of a redirect", top: true, a: []string{redirect(302, "/moved", "Set-Cookie: k=v"), again}},
		scenario{name: "a cookie is changed", top: true, a: []string{set("k=v"), set("k=w"), again}},
	)
}

func addresses() (list []scenario) {
	for _, path := range []string{
		"/a+b?c+d=e+f", "/a%20b?c%20d", "/%zz?%zz", "/~!*()'?~!*()'", "/x?a=b&c&=d&&", "/x?", "/?x", "//double//", "/a;b=c?d;e", "/%7e%2F%2f?%7E", "/x?q=[1]&r={2}", "/x?a=b?c=d", "/x#y",
		"/@:$,?@:$,/", "/x?a|b", "/x|y", "/x?a`b", "/x'y?a|b", "/x^y?a^b", "/[x]", "/x?\\",
		"/a b?c d", "/流?名=值", "/\"<>/x?\"<>x", "/x`y", "/{x}?{y}", "/%?%", "/%zz",
	} {
		list = append(list, scenario{name: "URL " + path, path: path, a: []string{open(event("1", "x"))}, differs: map[string]string{
			"/~!*()'?~!*()'": "The engine sends valid URL characters as typed, and an apostrophe is one; Chromium escapes it.",
		}[path]})
	}
	return list
}
