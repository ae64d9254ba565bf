package judge

import (
	"net/http"
	"slices"
	"strings"

	"sseconsole/client/http1"
	"sseconsole/client/record"
)

// answerFindings are about the headers of a response.
func answerFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     "content_type",
				Severity: Error,
				Source:   "HTML, 9.2.3 (Processing model): \"if res's status is not 200, or if res's `Content-Type` is not `text/event-stream`, then fail the connection\"; Fetch (extract a MIME type)",
				Fires:    Example{"@header Content-Type: text/plain", "data: a\n\n"},
				Silent:   Example{"@header Content-Type: Text/Event-Stream; charset=UTF-8", "data: a\n\n"},
			},
			at:   atAnswer,
			is:   func(s *stream) bool { return !s.isStream() },
			seen: func(s *stream) string { return show([]byte(s.answer.ContentType)) },
		},
		{
			finding: Finding{
				Code:     "redirected_to_no_stream",
				Severity: Warning,
				Source:   "Fetch (HTTP-redirect fetch); HTML, 9.2.3: the type of the last response counts",
				Fires:    Example{"@redirect http://here/login", "@header Content-Type: text/html", "<html>"},
				Silent:   Example{"@redirect http://there/stream", "data: a\n\n"},
			},
			at:   atAnswer,
			is:   func(s *stream) bool { return s.led != "" && !s.isStream() },
			seen: func(s *stream) string { return show([]byte(s.led)) },
		},
		{
			finding: Finding{
				Code:     "charset",
				Severity: Error,
				Source:   "HTML, 9.2.5: event streams are always decoded as UTF-8; Chromium, event_source.cc: \"EventSource's response has a charset that is not UTF-8. Aborting the connection.\"",
				Fires:    Example{"@header Content-Type: text/event-stream; charset=GBK", "data: a\n\n"},
				Silent:   Example{`@header Content-Type: text/event-stream;charset="utf-8"`, "data: a\n\n"},
			},
			at: atAnswer,
			is: func(s *stream) bool {
				media, charset := mediaType(s.answer.ContentType)
				return media == "text/event-stream" && charset != "" && !strings.EqualFold(charset, "utf-8")
			},
			seen: func(s *stream) string { return show([]byte(s.charset())) },
		},
		{
			finding: Finding{
				Code:     "cache_control_missing",
				Severity: Advice,
				Source:   "RFC 9111, 3 and 4.2.2 (what a cache may store), 5.2.2.4 (no-cache), 5.2.2.5 (no-store); HTML, 9.2.2: EventSource requests with the cache mode no-store",
				Fires:    Example{"@header Cache-Control: public, max-age=600", "data: a\n\n"},
				Silent:   Example{"@header Cache-Control: no-transform, No-Store", "data: a\n\n"},
			},
			at: atAnswer,
			is: func(s *stream) bool {
				return s.open && s.hasHeader() && !slices.ContainsFunc(s.list("Cache-Control"), func(directive string) bool {
					switch strings.ToLower(directive) {
					case "no-cache", "no-store", "private", "max-age=0":
						return true
					}
					return false
				})
			},
			seen: func(s *stream) string { return s.header("Cache-Control") },
		},
		{
			finding: Finding{
				Code:     "from_cache",
				Severity: Advice,
				Source:   "RFC 9111, 5.1 (Age)",
				Fires:    Example{"@header Age: 312", "data: a\n\n"},
				Silent:   Example{"@header X-Cache: MISS", "data: a\n\n"},
			},
			at:   atAnswer,
			is:   func(s *stream) bool { return s.open && s.cached() != "" },
			seen: (*stream).cached,
		},
		{
			finding: Finding{
				Code:     "compressed",
				Severity: Advice,
				Source:   "RFC 9110, 8.4 (Content-Encoding)",
				Fires:    Example{"@header Content-Encoding: gzip", "data: a\n\n"},
				Silent:   Example{"@ask gzip, br", "@header Content-Encoding: gzip", "@header Vary: Accept-Encoding", "data: a\n\n"},
			},
			at:   atAnswer,
			is:   func(s *stream) bool { return s.open && s.compressed() && !s.wanted() },
			seen: func(s *stream) string { return s.header("Content-Encoding") },
		},
		{
			finding: Finding{
				Code:     "content_length",
				Severity: Warning,
				Source:   "RFC 9112, 6.3 (Message Body Length); HTML, 9.2.3: at the end of the body the user agent reestablishes the connection",
				Fires:    Example{"@header Content-Length: 9", "data: a\n\n"},
				Silent:   Example{"@header Transfer-Encoding: chunked", "data: a\n\n"},
			},
			at:   atAnswer,
			is:   func(s *stream) bool { return s.open && s.header("Content-Length") != "" },
			seen: func(s *stream) string { return s.header("Content-Length") },
		},
		{
			finding: Finding{
				Code:     "http10",
				Severity: Advice,
				Source:   "RFC 9112, 6.3, item 8 (close-delimited) and 9.3 (Persistence)",
				Fires:    Example{"@http 1.0", "data: a\n\n"},
				Silent:   Example{"@http 1.0", "@header Connection: Keep-Alive", "data: a\n\n"},
			},
			at: atAnswer,
			is: func(s *stream) bool {
				return s.open && s.answer.Proto == "HTTP/1.0" && !slices.ContainsFunc(s.list("Connection"), func(option string) bool {
					return strings.EqualFold(option, "keep-alive")
				})
			},
			seen: func(s *stream) string { return s.answer.Proto },
		},
		{
			finding: Finding{
				Code:     "ids_missing_on_reconnect",
				Severity: Advice,
				Source:   "HTML, 9.2.3: `Last-Event-ID` is sent if the last event ID string is not empty",
				Fires:    Example{"data: a\n\n", "@end", "data: b\n\n"},
				Silent:   Example{"data: a\nid: 1\n\n", "@end", "data: b\n\n"},
			},
			at: atAnswer,
			is: func(s *stream) bool { return s.open && s.ids.unnamed },
		},
	}
}

// hasHeader reports whether the response's headers are known.
func (s *stream) hasHeader() bool { return s.answer.Header != nil }

// header returns the values of a header on one line.
func (s *stream) header(name string) string {
	return show([]byte(strings.Join(http.Header(s.answer.Header).Values(name), ", ")))
}

// list returns the elements of a list header.
func (s *stream) list(name string) []string {
	elements := strings.Split(strings.Join(http.Header(s.answer.Header).Values(name), ","), ",")
	for i, e := range elements {
		elements[i] = strings.TrimSpace(e)
	}
	return elements
}

// cached returns the header that says that the response came from a cache, or "".
func (s *stream) cached() string {
	if age := s.header("Age"); age != "" && strings.Trim(age, "0") != "" {
		return "Age: " + age
	}
	if value := s.header("Cache-Status"); slices.ContainsFunc(strings.FieldsFunc(value, func(r rune) bool { return strings.ContainsRune(";, ", r) }), func(p string) bool { return p == "hit" }) {
		return "Cache-Status: " + value // RFC 9211
	}
	for _, name := range []string{"X-Cache", "X-Cache-Status", "Cf-Cache-Status"} {
		if value := s.header(name); strings.HasPrefix(strings.ToUpper(value), "HIT") {
			return name + ": " + value
		}
	}
	return ""
}

// wanted reports whether the request accepts the compression and Vary says that the
// response depends on it.
func (s *stream) wanted() bool {
	varies := slices.ContainsFunc(s.list("Vary"), func(name string) bool { return strings.EqualFold(name, "Accept-Encoding") || name == "*" })
	for _, coding := range s.list("Content-Encoding") {
		if !slices.ContainsFunc(strings.Split(s.asks, ","), func(asked string) bool { return strings.EqualFold(strings.TrimSpace(asked), coding) }) {
			return false
		}
	}
	return varies
}

// compressed reports whether the body has a compression that browsers decode. They
// leave a body with an unknown coding unchanged.
func (s *stream) compressed() bool {
	return !slices.ContainsFunc(s.list("Content-Encoding"), func(coding string) bool {
		switch strings.ToLower(coding) {
		case "gzip", "x-gzip", "deflate", "br", "zstd":
			return false
		}
		return true
	})
}

// isStream reports whether the content type is text/event-stream.
func (s *stream) isStream() bool {
	if s.answer.Kind == record.Fail {
		return s.answer.Failure != record.NotAStream
	}
	media, _ := mediaType(s.answer.ContentType)
	return media == "text/event-stream"
}

func (s *stream) charset() string {
	_, charset := mediaType(s.answer.ContentType)
	return charset
}

// mediaType reads a content type as Chromium does.
func mediaType(contentType string) (media, charset string) {
	return http1.MediaType([]string{contentType})
}
