package judge

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// way is the way of a page's request through redirects (Fetch, sections 4.1, 4.4 and
// 4.10, CORS check).
type way struct {
	page    string        // the page's origin, "" for none
	url     string        // of the current request
	origin  string        // its Origin header: the page's, or null
	foreign bool          // the response must allow origin
	hop     record.Record // the latest Redirect
}

// ask starts a way.
func (w *way) ask(r *record.Record) {
	page := http.Header(r.Header).Get("Origin")
	*w = way{page: page, url: r.URL, origin: page, foreign: page != "" && !sameOrigin(r.URL, page)}
}

// follow follows a redirect.
func (w *way) follow(r *record.Record) {
	if w.page != "" && !sameOrigin(w.url, r.URL) && !sameOrigin(w.url, w.page) {
		w.origin = "null"
	}
	w.url = r.URL
	w.foreign = w.foreign || w.page != "" && !sameOrigin(r.URL, w.page)
}

// hides reports whether a browser hides a response from the page.
func (w *way) hides(header http.Header) bool {
	allowed := header.Values("Access-Control-Allow-Origin")
	return w.foreign && header != nil && (len(allowed) != 1 || allowed[0] != "*" && allowed[0] != w.origin)
}

// wayFindings are about redirects, and about what a page of another origin may read.
func wayFindings() []finding {
	allowed := func(header map[string][]string) string {
		return show([]byte(strings.Join(http.Header(header).Values("Access-Control-Allow-Origin"), ", ")))
	}
	const page = "@origin https://page.example"
	return []finding{
		{
			finding: Finding{
				Code:     "cors",
				Severity: Error,
				Source:   "Fetch (CORS check)",
				Fires:    Example{page, "@header Access-Control-Allow-Origin: https://other.example", "data: a\n\n"},
				Silent:   Example{page, "@header Access-Control-Allow-Origin: *", "data: a\n\n"},
			},
			at: atAnswer,
			is: func(s *stream) bool {
				return s.way.hides(s.answer.Header) && s.way.origin != "null" && s.answer.Status == http.StatusOK
			},
			seen: func(s *stream) string { return allowed(s.answer.Header) },
		},
		{
			finding: Finding{
				Code:     "cors_hides_status",
				Severity: Error,
				Source:   "Fetch (CORS check): a response that fails it is a network error, whatever its status",
				Fires:    Example{page, "@status 401 sign in first"},
				Silent:   Example{page, "@header Access-Control-Allow-Origin: *", "@status 401 sign in first"},
			},
			at: atAnswer,
			is: func(s *stream) bool {
				return s.way.hides(s.answer.Header) && s.answer.Status != http.StatusOK && s.answer.Failure != record.NoContent
			},
			seen: func(s *stream) string { return strconv.Itoa(s.answer.Status) },
		},
		{
			finding: Finding{
				Code:     "cors_null",
				Severity: Error,
				Source:   "Fetch, 4.4 (HTTP-redirect fetch): a redirect from one foreign origin to another taints the request; 3.2.5: its Origin is null then",
				Fires: Example{page, "@header Access-Control-Allow-Origin: *", "@redirect http://third.example/events",
					"@header Access-Control-Allow-Origin: https://page.example", "data: a\n\n"},
				Silent: Example{page, "@header Access-Control-Allow-Origin: https://page.example", "@redirect http://here/events", "data: a\n\n"},
			},
			at: atAnswer,
			is: func(s *stream) bool {
				return s.way.hides(s.answer.Header) && s.way.origin == "null" && s.answer.Status == http.StatusOK
			},
			seen: func(s *stream) string { return allowed(s.answer.Header) },
		},
		{
			finding: Finding{
				Code:     "cors_redirect",
				Severity: Error,
				Source:   "Fetch, 4.3 (HTTP fetch): a redirect that fails the CORS check is a network error",
				Fires:    Example{page, "@redirect /events", "@header Access-Control-Allow-Origin: *", "data: a\n\n"},
				Silent:   Example{page, "@header Access-Control-Allow-Origin: *", "@redirect /events", "data: a\n\n"},
			},
			at:   atRedirect,
			is:   func(s *stream) bool { return s.way.hides(s.way.hop.Header) },
			seen: func(s *stream) string { return allowed(s.way.hop.Header) },
		},
		{
			finding: Finding{
				Code:     "cors_credentials",
				Severity: Advice,
				Source:   "Fetch (CORS check): * fits no request with credentials",
				Fires:    Example{page, "@header Access-Control-Allow-Origin: *", "@header Access-Control-Allow-Credentials: true", "data: a\n\n"},
				Silent: Example{page, "@header Access-Control-Allow-Origin: https://page.example", "@header Access-Control-Allow-Credentials: true",
					"data: a\n\n"},
			},
			at: atAnswer,
			is: func(s *stream) bool {
				header := http.Header(s.answer.Header)
				return s.open && s.way.foreign && header.Get("Access-Control-Allow-Origin") == "*" && header.Get("Access-Control-Allow-Credentials") == "true"
			},
		},
		{
			finding: Finding{
				Code:     "compressed_in_pieces",
				Severity: Error,
				Source:   "RFC 1952, 2.2 allows several members; Chromium reads the first alone, as docs/oracle.md shows",
				Fires:    Example{"data: a\n\n", "@more"},
				Silent:   Example{"@header Content-Encoding: none", "data: a\n\n"},
			},
			at: atGzipEnd,
			is: always,
		},
		{
			finding: Finding{
				Code:     "odd_head",
				Severity: Advice,
				Source:   "RFC 9112, 5 and 6; Chromium reads it, as docs/oracle.md shows",
				Fires:    Example{`@odd the line "left over" has no colon`, "data: a\n\n"},
				Silent:   Example{"@header X-Note: left over", "data: a\n\n"},
			},
			at:   atAnswer,
			is:   func(s *stream) bool { return s.open && s.answer.Detail != "" },
			seen: func(s *stream) string { return show([]byte(s.answer.Detail)) },
		},
	}
}

// sameOrigin reports whether two URLs are of one origin.
func sameOrigin(address, other string) bool {
	parse := func(text string) *url.URL {
		u, err := endpoint.ParseURL(text)
		if err != nil {
			return nil
		}
		return u
	}
	a, b := parse(address), parse(other)
	return a != nil && b != nil && a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && endpoint.Port(a) == endpoint.Port(b)
}
