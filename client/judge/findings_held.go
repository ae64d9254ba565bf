package judge

import (
	"fmt"
	"time"
)

const fiveEvents = "id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: c\n\nid: 4\ndata: d\n\nid: 5\ndata: e\n\n"

// heldFindings are about responses, events and lines that arrive late.
func heldFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     "no_header",
				Severity: Advice,
				Source:   "HTML, 9.2.3: the connection is announced (open) once the response has come; nginx, proxy_buffering",
				Fires:    Example{"@asked", "@wait 5s"},
				Silent:   Example{"@asked", "@wait 1s", ":\n\n"},
			},
			at:   atSlowHead,
			is:   func(s *stream) bool { return s.waiting },
			seen: func(s *stream) string { return s.now.Sub(s.asked).Truncate(time.Second).String() },
		},
		{
			finding: Finding{
				Code:     "head_late",
				Severity: Advice,
				Source:   "HTML, 9.2.3: the connection is announced (open) once the response has come",
				Fires:    Example{"@asked", "@wait 3s", "id: 1\ndata: a\n\n", "@wait 2s"},
				Silent:   Example{"@asked", "@wait 1s", "id: 1\ndata: a\n\n", "@wait 2s"},
			},
			at:   atFirstLump,
			is:   func(s *stream) bool { return s.rhythm.opened.Sub(s.rhythm.asked) >= slowHead && !s.rhythm.held(s.over) },
			seen: func(s *stream) string { return tenths(s.rhythm.opened.Sub(s.rhythm.asked)) },
		},
		{
			finding: Finding{
				Code:     "held_back",
				Severity: Warning,
				Source:   "nginx, proxy_buffering and X-Accel-Buffering; HTML, 9.2.7 (Authoring notes): buffering of chunks",
				Fires:    Example{"@wait 3s", fiveEvents, "@end"},
				Silent:   Example{"@wait 1s", fiveEvents, "@end"},
			},
			at:   atFirstLump,
			is:   func(s *stream) bool { return !s.compressed() && s.rhythm.held(s.over) },
			seen: lumpSeen,
		},
		{
			finding: Finding{
				Code:     "one_event_behind",
				Severity: Error,
				Source:   "HTML, 9.2.6: \"If the line is empty (a blank line): Dispatch the event\"",
				Fires:    Example{"\ndata: a\n", "@wait 2s", "\ndata: b\n", "@wait 2s", "\ndata: c\n"},
				Silent:   Example{"data: a\n\n", "@wait 2s", "data: b\n\n", "@wait 2s", "data: c\n\n"},
			},
			at: atBehind,
			is: always,
		},
		{
			finding: Finding{
				Code:     "half_event",
				Severity: Advice,
				Source:   "HTML, 9.2.6: \"If the line is empty (a blank line): Dispatch the event\"",
				Fires:    Example{"data: a\n\ndata: b", "@wait 4s", "c\n\n"},
				Silent:   Example{"data: a\n\ndata: b", "@wait 1s", "c\n\n"},
			},
			at:   atHalf,
			is:   always,
			seen: func(s *stream) string { return fmt.Sprintf("%s · %s", quote(s.held.half), tenths(s.held.waited)) },
		},
		{
			finding: Finding{
				Code:     "heartbeat_stopped",
				Severity: Advice,
				Source:   "HTML, 9.2.7 (Authoring notes): a comment every 15 seconds or so",
				Fires:    Example{":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 5s"},
				Silent:   Example{":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 1s", ":\n\n", "@wait 3s"},
			},
			at:   atStoppedBeat,
			is:   always,
			seen: func(s *stream) string { return tenths(s.held.beats.gap) },
		},
	}
}
