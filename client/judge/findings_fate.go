package judge

import (
	"fmt"
	"slices"
	"time"

	"sseconsole/client/record"
)

// fateFindings are about how a stream ends, and whether it comes back.
func fateFindings() []finding {
	return slices.Concat(endFindings(), breachFindings(), askFindings())
}

// endFindings are about ends that have something in common, and what follows them.
func endFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     "reconnect_refused",
				Severity: Error,
				Source:   "HTML, 9.2.3: \"if res's status is not 200 … then fail the connection\", and a failed connection is never made again; 204 alone is meant for that",
				Fires:    Example{"id: 1\ndata: a\n\n", "@end", "@status 503 try later"},
				Silent:   Example{"id: 1\ndata: a\n\n", "@end", "@status 204"},
			},
			at:   atRefusal,
			is:   func(s *stream) bool { return s.fate.opened && s.answer.Failure != record.NoContent },
			seen: refusedSeen,
		},
		{
			finding: Finding{
				Code:     "reconnect_unanswered",
				Severity: Warning,
				Source:   "HTML, 9.2.3: after a network error the user agent may wait longer, and tries again",
				Fires:    Example{"id: 1\ndata: a\n\n", "@end", "@down connection refused"},
				Silent:   Example{"id: 1\ndata: a\n\n", "@end", "id: 2\ndata: b\n\n"},
			},
			at:      atNoResponse,
			is:      always,
			seen:    func(s *stream) string { return show([]byte(s.broke.Detail)) },
			lasting: true,
		},
		{
			finding: Finding{
				Code:     "cut_when_idle",
				Severity: Warning,
				Source:   "HTML, 9.2.7 (Authoring notes): a comment every 15 seconds or so; nginx, proxy_read_timeout; HAProxy, timeout server",
				Fires: Example{
					"id: 1\ndata: a\n\n", "@wait 5s", "@cut reset read: connection reset by peer",
					"id: 2\ndata: a\n\n", "@wait 2s", "id: 3\ndata: a\n\n", "@wait 5s", "@cut reset read: connection reset by peer",
					"id: 4\ndata: a\n\n", "@wait 5s", "@cut reset read: connection reset by peer",
				},
				Silent: Example{
					"id: 1\ndata: a\n\n", "@wait 5s", "@cut reset read: connection reset by peer",
					"id: 2\ndata: a\n\n", "@wait 9s", "@cut reset read: connection reset by peer",
					"id: 3\ndata: a\n\n", "@wait 2s", "@cut reset read: connection reset by peer",
				},
			},
			at:      atBreach,
			is:      func(s *stream) bool { return s.fate.regular(cutIdle) },
			seen:    func(s *stream) string { return tenths(s.fate.last().idle) },
			lasting: true,
		},
		{
			finding: Finding{
				Code:     "cut_after_same_time",
				Severity: Warning,
				Source:   "HTML, 9.2.3: reestablish the connection; nginx, send_timeout and the time limits of gateways on a whole response",
				Fires: Example{
					"id: 1\ndata: a\n\n", "@wait 6s", "id: 2\ndata: a\n\n", "@wait 4s", "@cut cut_chunks",
					"id: 3\ndata: a\n\n", "@wait 9s", "id: 4\ndata: a\n\n", "@wait 1s", "@cut cut_chunks",
					"id: 5\ndata: a\n\n", "@wait 7s", "id: 6\ndata: a\n\n", "@wait 3s", "@cut cut_chunks",
				},
				Silent: Example{
					"id: 1\ndata: a\n\n", "@wait 6s", "id: 2\ndata: a\n\n", "@wait 4s", "@cut cut_chunks",
					"id: 3\ndata: a\n\n", "@wait 9s", "id: 4\ndata: a\n\n", "@wait 1s", "@cut cut_chunks",
					"id: 5\ndata: a\n\n", "@wait 7s", "id: 6\ndata: a\n\n", "@wait 2s", "@cut cut_chunks",
				},
			},
			at:      atBreach,
			is:      func(s *stream) bool { return s.fate.regular(cutAge) && !s.fate.regular(cutIdle) },
			seen:    func(s *stream) string { return tenths(s.fate.last().age) },
			lasting: true,
		},
		{
			finding: Finding{
				Code:     "ends_after_each_event",
				Severity: Warning,
				Source:   "HTML, 9.2.3: at the end of the body the user agent waits the reconnection time and connects again",
				Fires:    Example{"id: 1\ndata: a\n\n", "@end", "id: 2\ndata: a\n\n", "@end", "id: 3\ndata: a\n\n", "@end", "id: 4\ndata: a\n\n", "@end"},
				Silent:   Example{"retry: 1000\nid: 1\ndata: a\n\n", "@end", "id: 2\ndata: a\n\n", "@end", "id: 3\ndata: a\n\n", "@end", "id: 4\ndata: a\n\n", "@end"},
			},
			at:      atPoll,
			is:      func(s *stream) bool { return !s.fate.polls.bare() },
			seen:    func(s *stream) string { return fmt.Sprint(s.fate.polls.short) },
			lasting: true,
		},
		{
			finding: Finding{
				Code:     "ends_without_events",
				Severity: Error,
				Source:   "HTML, 9.2.3: at the end of the body the user agent waits the reconnection time and connects again; 204 stops it",
				Fires:    Example{":\n\n", "@end", ":\n\n", "@end", ":\n\n", "@end"},
				Silent:   Example{":\n\n", "@end", ":\n\n", "@end", ":\n\n", "@wait 2s", "@end"},
			},
			at:      atPoll,
			is:      func(s *stream) bool { return s.fate.polls.bare() },
			seen:    func(s *stream) string { return fmt.Sprint(s.fate.polls.empty) },
			lasting: true,
		},
	}
}

// breachFindings are about a connection that broke.
func breachFindings() []finding {
	is := func(b breach) func(*stream) bool { return func(s *stream) bool { return s.breach == b } }
	return []finding{
		{
			finding: Finding{
				Code:     "connection_broken",
				Severity: Warning,
				Source:   "HTML, 9.2.3 (processResponseEndOfBody, if res is a network error): reestablish the connection; RFC 9113, 5.4 and 6.8 (RST_STREAM, GOAWAY)",
				Fires:    Example{"id: 1\ndata: a\n\n", "@cut reset read: connection reset by peer"},
				Silent:   Example{"id: 1\ndata: a\n\n", "@end"},
			},
			at:   atBreach,
			is:   is(broken),
			seen: func(s *stream) string { return show([]byte(s.broke.Detail)) },
		},
		{
			finding: Finding{
				Code:     "chunks_broken",
				Severity: Error,
				Source:   "RFC 9112, 7.1 (Chunked Transfer Coding) and 8 (Handling Incomplete Messages); Chromium: ERR_INVALID_CHUNKED_ENCODING",
				Fires:    Example{"@header Transfer-Encoding: chunked", "id: 1\ndata: a\n\n", "@cut bad_chunk ZZ"},
				Silent:   Example{"@header Transfer-Encoding: chunked", "id: 1\ndata: a\n\n", "@end"},
			},
			at:   atBreach,
			is:   is(badChunk),
			seen: func(s *stream) string { return show([]byte(s.broke.Detail)) },
		},
		{
			finding: Finding{
				Code:     "cut_off",
				Severity: Warning,
				Source:   "RFC 9112, 8 (Handling Incomplete Messages); Chromium: ERR_INCOMPLETE_CHUNKED_ENCODING; HTML, 9.2.3: reestablish the connection",
				Fires:    Example{"@header Transfer-Encoding: chunked", "id: 1\ndata: a\n\n", "@wait 2s", "@cut cut_chunks"},
				Silent:   Example{"@header Transfer-Encoding: chunked", "id: 1\ndata: a\n\n", "@wait 2s", "@end"},
			},
			at:   atBreach,
			is:   is(missingEnd),
			seen: func(s *stream) string { return tenths(s.now.Sub(s.quietSince)) },
		},
		{
			finding: Finding{
				Code:     "content_length_short",
				Severity: Error,
				Source:   "RFC 9112, 8 (Handling Incomplete Messages); Chromium: ERR_CONTENT_LENGTH_MISMATCH",
				Fires:    Example{"@header Content-Length: 5000", "id: 1\ndata: a\n\n", "@cut cut_length"},
				Silent:   Example{"@header Content-Length: 16", "id: 1\ndata: a\n\n", "@end"},
			},
			at:   atBreach,
			is:   is(missingRest),
			seen: func(s *stream) string { return fmt.Sprintf("%d / %s", s.broke.Bytes, s.header("Content-Length")) },
		},
		{
			finding: Finding{
				Code:     "coding_wrong",
				Severity: Error,
				Source:   "RFC 9110, 8.4 (Content-Encoding); Chromium: ERR_CONTENT_DECODING_FAILED",
				Fires:    Example{"@header Content-Encoding: gzip", "@cut bad_coding gzip: invalid header"},
				Silent:   Example{"@header Content-Encoding: gzip", "data: a\n\n", "@end"},
			},
			at:   atBreach,
			is:   is(badCoding),
			seen: func(s *stream) string { return s.header("Content-Encoding") },
		},
	}
}

// askFindings are about how often a client sends requests.
func askFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     "request_repeated",
				Severity: Advice,
				Source:   "HTML, 9.2.3: EventSource makes GET requests alone; RFC 9110, 9.2.2: a client does not repeat a request that is not idempotent by itself",
				Fires:    Example{"@method POST", "id: 1\ndata: a\n\n", "@end", "id: 2\ndata: a\n\n"},
				Silent:   Example{"@method GET", "id: 1\ndata: a\n\n", "@end", "id: 2\ndata: a\n\n"},
			},
			at: atAsk,
			is: func(s *stream) bool {
				return s.conn > 1 && !s.manual && s.method != "" && s.method != "GET" && s.method != "HEAD"
			},
			seen:    func(s *stream) string { return s.method },
			lasting: true,
		},
	}
}

// tenths formats a duration to a tenth of a second.
func tenths(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
