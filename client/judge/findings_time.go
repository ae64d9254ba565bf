package judge

import (
	"fmt"
	"time"
)

// timeFindings are about when bytes arrive and connections end.
func timeFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     "silent_30s",
				Severity: Warning,
				Source:   "HTML, 9.2.7: proxies drop silent connections; a comment every 15 seconds or so is the remedy",
				Fires:    Example{"data: a\n\n", "@wait 31s"},
				Silent:   Example{"data: a\n\n", "@wait 30s", ":\n\n", "@wait 30s"},
			},
			at:   atSilence,
			is:   always,
			seen: func(s *stream) string { return s.quiet.Truncate(time.Second).String() },
		},
		{
			finding: Finding{
				Code:     "buffering",
				Severity: Warning,
				Source:   "nginx, ngx_http_proxy_module (proxy_buffering)",
				Fires: Example{
					"@wait 5s", "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n",
					"@wait 5s", "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n",
					"@wait 5s", "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n",
					"@wait 5s", "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n",
					"@end",
				},
				Silent: Example{
					"@wait 5s", "data: 1\n\n", "data: 2\n\n", "data: 3\n\n", "data: 4\n\n", "data: 5\n\n",
					"@wait 5s", "data: 1\n\n", "data: 2\n\n", "data: 3\n\n", "data: 4\n\n", "data: 5\n\n",
					"@wait 5s", "data: 1\n\n", "data: 2\n\n", "data: 3\n\n", "data: 4\n\n", "data: 5\n\n",
					"@wait 5s", "data: 1\n\n", "data: 2\n\n", "data: 3\n\n", "data: 4\n\n", "data: 5\n\n",
					"@end",
				},
			},
			at:   atLump,
			is:   func(s *stream) bool { return !s.compressed() },
			seen: lumpSeen,
		},
		{
			finding: Finding{
				Code:     "compressed_held_back",
				Severity: Warning,
				Source:   "RFC 1951 and 1952: a compressor flushes when it is told to",
				Fires:    Example{"@header Content-Encoding: gzip", "@wait 8s", "data: 1\n\ndata: 2\n\ndata: 3\n\n", "@end"},
				Silent:   Example{"@header Content-Encoding: gzip", "data: 1\n\n", "@wait 4s", "data: 2\n\n", "@wait 4s", "data: 3\n\n", "@end"},
			},
			at:   atLump,
			is:   (*stream).compressed,
			seen: lumpSeen,
		},
		{
			finding: Finding{
				Code:     "reconnect_storm",
				Severity: Warning,
				Source:   "HTML, 9.2.3: the user agent waits the reconnection time and connects again",
				Fires:    Example{"data: a\n\ndata: b\n\n", "@again"},
				Silent:   Example{"retry: 1000\ndata: a\n\ndata: b\n\n", "@again"},
			},
			at:      atReconnect,
			is:      func(s *stream) bool { return s.fate.polls.short == 0 },
			seen:    func(s *stream) string { return s.storm.span.Truncate(time.Second).String() },
			lasting: true,
		},
		{
			finding: Finding{
				Code:     "thrown_out",
				Severity: Error,
				Source:   "HTML, 9.2.3: at the end of the body the user agent connects again; 204 stops it",
				Fires:    Example{"@rival", "@rival", "@rival"},
				Silent:   Example{"@rival", "@wait 10s", "@rival"},
			},
			at:      atEviction,
			is:      func(s *stream) bool { return s.rival.mutual(s) },
			lasting: true,
		},
	}
}

// lumpSeen returns the number of events in a lump and the time before them.
func lumpSeen(s *stream) string {
	return fmt.Sprintf("%d · %s", s.rhythm.size, s.rhythm.beat.Round(100*time.Millisecond))
}
