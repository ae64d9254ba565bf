//go:build peers

package peers

import (
	"fmt"
	"slices"
	"strings"
)

func scenarios() []scenario {
	return slices.Concat(statuses(), redirects(), contentTypes(), reconnects(), fields(), codings(), heads(), bodies(), origins(), cookies(), addresses())
}

func statuses() (list []scenario) {
	for _, line := range []string{
		"201 Created", "202 Accepted", "203 Non-Authoritative", "204 No Content", "205 Reset Content", "206 Partial Content", "226 IM Used", "300 Multiple Choices",
		"304 Not Modified", "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "405 Method Not Allowed",
		"410 Gone", "412 Precondition Failed", "429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway", "503 Service Unavailable", "599 Odd",
	} {
		list = append(list, scenario{name: "status " + line[:3], a: []string{refused(line, stream)}})
	}
	return append(list,
		scenario{name: "a stream", a: []string{open(event("1", "x") + event("2", "y"))}},
		scenario{name: "a stream over HTTP/1.0", a: []string{"HTTP/1.0 200 OK\r\n" + stream + "\r\n\r\n" + event("1", "x")}},
		scenario{name: "an interim response before it", a: []string{status("103 Early Hints", "Link: </x>; rel=preload") + open(event("1", "x"))}},
		scenario{name: "status 401 with a challenge", a: []string{refused("401 Unauthorized", `WWW-Authenticate: Bearer error="invalid_token"`)}},
	)
}

func redirects() (list []scenario) {
	for _, code := range []int{301, 302, 303, 307, 308} {
		list = append(list, scenario{
			name: fmt.Sprintf("redirect %d, and the stream ends", code),
			a:    []string{redirect(code, "/moved"), ended(soon + event("1", "x")), open(event("2", "y"))},
		})
	}
	many := func(n int) (script []string) {
		for i := range n {
			script = append(script, redirect(302, fmt.Sprintf("/%d", i)))
		}
		return append(script, open(event("1", "x")))
	}
	return append(list,
		scenario{name: "redirects one after the other", a: many(3)},
		scenario{name: "20 redirects", a: many(20)},
		scenario{name: "21 redirects", a: append(many(21)[:21], refused("204 No Content")),
			differs: "Chromium keeps reconnecting, into the same redirects. The engine stops: reconnecting cannot change them."},
		scenario{name: "redirect to itself once", a: []string{redirect(302, "/stream"), open(event("1", "x"))}},
		scenario{name: "redirect without Location", a: []string{refused("302 Found")}},
		scenario{name: "redirect with an empty Location", a: []string{redirect(302, ""), refused("204 No Content")}},
		scenario{name: "redirect with a fragment", a: []string{redirect(302, "/moved#part"), ended(soon + event("1", "x")), open("")}},
		scenario{name: "redirect with a space in it", a: []string{redirect(302, "/a b?c d"), open(event("1", "x"))}},
		scenario{name: "redirect with Chinese in it", a: []string{redirect(302, "/流?名=值"), open(event("1", "x"))}},
		scenario{name: "redirect to another scheme", a: []string{redirect(302, "ftp://127.0.0.1/"), refused("204 No Content")}},
		scenario{name: "redirect at the reconnect", a: []string{ended(soon + event("1", "x")), redirect(307, "/moved"), open(event("2", "y"))}},
		scenario{name: "redirect to an error", a: []string{redirect(302, "/login"), refused("403 Forbidden")}},
		scenario{name: "redirect to a page", a: []string{redirect(302, "/login"), head("Content-Type: text/html", "Content-Length: 4") + "<p>x"}},
		scenario{name: "redirect keeps Last-Event-ID", a: []string{ended(soon + event("7", "x")), redirect(302, "/moved"), ended(soon + event("8", "y")), open("")}},
	)
}

func contentTypes() (list []scenario) {
	for _, value := range []string{
		"text/event-stream;charset=utf-8", "text/event-stream; charset=UTF-8", `text/event-stream; charset="utf-8"`, `text/event-stream; charset='utf-8'`,
		"text/event-stream; charset=utf8", "text/event-stream; charset=GBK", "text/event-stream; charset=iso-8859-1", "text/event-stream; charset=us-ascii",
		"text/event-stream; charset=", "text/event-stream; charset", "text/event-stream; charset= utf-8 ", "text/event-stream; charset =utf-8",
		"text/event-stream; charset=utf-8; charset=gbk", "text/event-stream; charset=gbk; charset=utf-8", "text/event-stream; x=y", "text/event-stream;",
		"TEXT/EVENT-STREAM", "text/event-stream foo", "text/event-stream (comment)", "text/event-stream, text/html", "text/html, text/event-stream",
		"text/event-stream, */*", "text/event-stream, bogus", "text/event-stream; charset=gbk, text/event-stream", "text/event-stream; charset=utf-8, text/event-stream; charset=gbk",
		"text/plain", "application/json", "application/x-ndjson", "text/event-streams", "text/event-stream/x", "event-stream", "", `"text/event-stream"`,
		`text/event-stream; x="a, text/html"`, "text/event-stream; charset=utf-8, text/html",
	} {
		list = append(list, scenario{name: "Content-Type: " + value, a: []string{whole("Content-Type: " + value)}})
	}
	return append(list,
		scenario{name: "no Content-Type", a: []string{whole()}},
		scenario{name: "Content-Type twice, a stream last", a: []string{whole("Content-Type: text/plain", stream)}},
		scenario{name: "Content-Type twice, a stream first", a: []string{whole(stream, "Content-Type: text/plain")}},
	)
}

func reconnects() (list []scenario) {
	first := soon + event("1", "x")
	again := open(event("2", "y"))
	for name, end := range map[string]string{
		"the last chunk": lastChunk + "{close}", "no last chunk": "{close}", "a reset": "{wait}{reset}", "a bad chunk size": "{wait}ZZ\r\n", "half a chunk": "40\r\nid: 9\ndata: half{close}",
		"half an event": chunk("id: 9\ndata: half") + lastChunk + "{close}",
	} {
		list = append(list, scenario{name: "reconnect after " + name, a: []string{open(first) + end, again}})
	}
	slices.SortFunc(list, func(a, b scenario) int { return strings.Compare(a.name, b.name) })
	for _, line := range []string{"204 No Content", "304 Not Modified", "401 Unauthorized", "404 Not Found", "500 Internal Server Error", "503 Service Unavailable"} {
		list = append(list, scenario{name: "reconnect is answered with " + line[:3], a: []string{ended(first), refused(line)}})
	}
	for _, id := range []string{"a b", "7 ", "订单-1", "\"q\"", "a:b", "é\xff", "a\tb", "a\x00b", "0", strings.Repeat("long", 1000)} {
		list = append(list, scenario{name: fmt.Sprintf("id %q", short(id)), a: []string{ended(soon + event(id, "x")), open(event("2", "y"))}})
	}
	return append(list,
		scenario{name: "reconnect is answered with a page", a: []string{ended(first), head("Content-Type: text/html", "Content-Length: 4") + "<p>x"}},
		scenario{name: "reconnect after 3 s by default", a: []string{ended(event("1", "x")), again}},
		scenario{name: "closed before an answer, three times", a: []string{ended(first), "{close}", "{close}", "{close}", again}},
		scenario{name: "reset before an answer", foreign: true, a: []string{"{reset}", refused("204 No Content")}},
		scenario{name: "Content-Length reached", a: []string{head(stream, fmt.Sprintf("Content-Length: %d", len(first))) + first + "{close}", again}},
		scenario{name: "Content-Length not reached", a: []string{head(stream, "Content-Length: 5000") + first + "{close}", again}},
		scenario{name: "closed without any length", a: []string{head(stream, "Connection: close") + first + "{close}", again}},
		scenario{name: "an empty stream", a: []string{head(stream, chunked) + lastChunk + "{close}", refused("204 No Content")}},
		scenario{name: "no id", a: []string{ended(soon + "data: x\n\n"), again}},
		scenario{name: "an empty id resets the last event ID", a: []string{ended(first + "id\ndata: y\n\n"), again}},
		scenario{name: "an id without data counts", a: []string{ended(first + "id: 5\n\n"), again}},
		scenario{name: "an unfinished id does not count", a: []string{ended(first + "id: 5\ndata: y\n"), again}},
		scenario{name: "the id persists across two reconnects", a: []string{ended(first), ended("data: y\n\n"), open("data: z\n\n")}},
		scenario{name: "events after the reconnect have the id", a: []string{ended(first), open("data: y\n\n")}},
	)
}

func fields() []scenario {
	plain := func(name, body string, types ...string) scenario {
		return scenario{name: name, a: []string{open(body)}, types: types}
	}
	retry := func(value string) scenario {
		return scenario{name: "retry:" + value, a: []string{ended("retry: 400\n\nretry:" + value + "\n\n" + event("1", "x")), open(event("2", "y"))}}
	}
	return []scenario{
		plain("line ends are LF, CR and CRLF", "data: a\r\rdata: b\r\n\r\ndata: c\n\n"),
		{name: "a CR in one piece, its LF in the next", a: []string{head(stream, chunked) + chunk("data: a\r") + "{wait}" + chunk("\n\r") + "{wait}" + chunk("\ndata: b\n\n")}},
		plain("a byte order mark first", "\ufeffdata: a\n\n"),
		plain("a byte order mark later", "data: a\n\n\ufeffdata: b\n\ndata: c\n\n"),
		plain("data over several lines", "data: a\ndata\ndata: b\n\n"), plain("data without a colon", "data\n\n"), plain("empty data", "data:\n\n"),
		plain("the first space is removed", "data:  a\n\ndata:b\n\n"), plain("comments", ": c\n:\ndata: a\n: d\n\n"), plain("unknown fields", "datum: x\nData: y\nDATA: z\ndata: a\n\n"),
		plain("a space before the colon", "data : a\n\n"), plain("an event without data", "event: t\n\ndata: a\n\n", "t"),
		plain("types", "event: t\ndata: a\n\nevent: message\ndata: b\n\nevent:\ndata: c\n\n", "t"), plain("a type that ends with a space", "event: t \ndata: a\n\n", "t ", "t"),
		plain("the last type counts", "event: s\nevent: t\ndata: a\n\n", "s", "t"), plain("a type in Chinese", "event: 订单\ndata: 已发货\n\n", "订单"),
		plain("a NUL in data", "data: a\x00b\n\n"), plain("a NUL in an id", "id: 1\x002\ndata: a\n\n"), plain("bytes that are not UTF-8", "data: \xff\xc3\x28\xe2\x82\n\n"),
		plain("half a surrogate in UTF-8", "data: \xed\xa0\x80\n\n"), plain("U+2028 and U+0085 do not end a line", "data: a\u2028b\u0085c\n\n"), plain("several ids", "id: 1\nid: 2\ndata: a\n\n"),
		plain("blank lines between", "\n\n\ndata: a\n\n\n\n"), plain("a long line", "data: "+strings.Repeat("x", 200_000)+"\n\n"),
		plain("many events", strings.Repeat("data: a\n\n", 300)), plain("an event of the type open", "event: open\ndata: a\n\nevent: t\ndata: b\n\n", "open", "t"),
		retry(" 50"), retry("50"), retry(""), retry(" "), retry(" 50x"), retry(" +50"), retry("  50"), retry(" 5.0"), retry(" 0"), retry(" 00050"), retry(" -1"), retry(" 99999999999999999999"),
		{name: "retry without a colon", a: []string{ended("retry: 400\n\nretry\n\n" + event("1", "x")), open(event("2", "y"))}},
		{name: "retry counts at once", a: []string{ended("retry: 50\ndata: x\n"), open(event("2", "y"))}},
	}
}

func short(s string) string { return s[:min(len(s), 20)] }
