package judge

// idFindings are about the ids of events.
func idFindings() []finding {
	return []finding{
		{
			finding: Finding{
				Code:     "id_backwards",
				Severity: Warning,
				Source:   "HTML, 9.2.6 and 9.2.3: the id of the latest event is sent as Last-Event-ID",
				Fires:    Example{"id: a-1\ndata\n\n", "id: a-2\ndata\n\n", "id: a-3\ndata\n\n", "id: a-1\ndata\n\n"},
				Silent:   Example{"id: a-1\ndata\n\n", "id: a-2\ndata\n\n", "id: a-3\ndata\n\n", "id: b-1\ndata\n\n"},
			},
			at:   atID,
			is:   func(s *stream) bool { return s.ids.verdict == backwards },
			seen: idsSeen,
		},
		{
			finding: Finding{
				Code:     "id_repeated",
				Severity: Warning,
				Source:   "HTML, 9.2.6 and 9.2.3: the id of the latest event is sent as Last-Event-ID",
				Fires:    Example{"id: 1\ndata\n\n", "id: 2\ndata\n\n", "id: 3\ndata\n\n", "id: 3\ndata\n\n"},
				Silent:   Example{"id: 1\ndata\n\n", "id: 2\ndata\n\n", "id: 3\ndata\n\n", "data\n\n", "id: 3\n\n"},
			},
			at:   atID,
			is:   func(s *stream) bool { return s.ids.verdict == repeated },
			seen: func(s *stream) string { return show(s.ids.latest) },
		},
		{
			finding: Finding{
				Code:     "events_missing",
				Severity: Warning,
				Source:   "HTML, 9.2.3 (Last-Event-ID)",
				Fires:    Example{"id: 1\ndata\n\n", "id: 2\ndata\n\n", "id: 3\ndata\n\n", "@end", "id: 6\ndata\n\n", "id: 7\ndata\n\n", "id: 8\ndata\n\n"},
				Silent:   Example{"id: 1\ndata\n\n", "id: 2\ndata\n\n", "id: 3\ndata\n\n", "@end", "id: 5\ndata\n\n", "id: 8\ndata\n\n", "id: 9\ndata\n\n"},
			},
			at:   atID,
			is:   func(s *stream) bool { return s.ids.verdict == skipped },
			seen: idsSeen,
		},
		{
			finding: Finding{
				Code:     "events_doubled",
				Severity: Warning,
				Source:   "HTML, 9.2.3 (Last-Event-ID)",
				Fires:    Example{"id: x\ndata\n\n", "id: y\ndata\n\n", "@end", "id: y\ndata\n\n", "id: z\ndata\n\n"},
				Silent:   Example{"id: x\ndata\n\n", "id: x\ndata\n\n", "@end", "id: x\ndata\n\n", "id: x\ndata\n\n"},
			},
			at: atID,
			is: func(s *stream) bool { return s.ids.verdict == doubled },
			seen: func(s *stream) string {
				if !s.block.hasID {
					return quote(s.block.value())
				}
				return show(s.ids.latest)
			},
		},
		{
			finding: Finding{
				Code:     "last_event_id_ignored",
				Severity: Error,
				Source:   "HTML, 9.2.3 and 9.2.4 (Last-Event-ID)",
				Fires:    Example{"id: 1\ndata\n\n", "id: 2\ndata\n\n", "@end", "id: 1\ndata\n\n", "id: 2\ndata\n\n"},
				Silent:   Example{"id: 1\ndata\n\n", "id: 2\ndata\n\n", "@end", "id: 3\ndata\n\n"},
			},
			at:   atID,
			is:   func(s *stream) bool { return s.ids.verdict == ignored },
			seen: func(s *stream) string { return show([]byte(s.sent)) + " → " + show(s.ids.to) },
		},
		{
			finding: Finding{
				Code:     "other_instance",
				Severity: Warning,
				Source:   "HTML, 9.2.3 (Last-Event-ID)",
				Fires:    Example{"id: a:7\ndata\n\n", "id: a:8\ndata\n\n", "id: a:9\ndata\n\n", "@end", "id: b:3\ndata\n\n", "id: b:4\ndata\n\n"},
				Silent:   Example{"id: a:7\ndata\n\n", "id: a:8\ndata\n\n", "id: a:9\ndata\n\n", "@end", "id: b:10\ndata\n\n", "id: b:11\ndata\n\n"},
			},
			at:   atID,
			is:   func(s *stream) bool { return s.ids.verdict == stranger },
			seen: idsSeen,
		},
		{
			finding: Finding{
				Code:     "id_gap",
				Severity: Advice,
				Source:   "the stream's own numbers",
				Fires:    Example{"id: 1\ndata\n\n", "id: 2\ndata\n\n", "id: 3\ndata\n\n", "id: 7\ndata\n\n", "id: 8\ndata\n\n"},
				Silent:   Example{"id: 1\ndata\n\n", "id: 3\ndata\n\n", "id: 7\ndata\n\n", "id: 8\ndata\n\n"},
			},
			at:   atID,
			is:   func(s *stream) bool { return s.ids.verdict == gap },
			seen: idsSeen,
		},
	}
}

// idsSeen returns the two ids that the verdict is about.
func idsSeen(s *stream) string { return show(s.ids.from) + " → " + show(s.ids.to) }
