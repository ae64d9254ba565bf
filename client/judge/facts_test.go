package judge

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"sseconsole/client/record"
)

// facts are what happened in an example.
type facts struct {
	*player
	problem record.Record
	text    string // of the bytes that the sentence shows, "" if it shows none
}

// in reports whether an event that a browser dispatched has a text.
func (f *facts) in(text string) bool {
	return slices.ContainsFunc(f.events, func(e record.Record) bool {
		return strings.Contains(e.Data, text) || e.Type == text || e.ID == text
	})
}

// data returns the data of the latest event.
func (f *facts) data() string {
	if len(f.events) == 0 {
		return ""
	}
	return f.events[len(f.events)-1].Data
}

// ids returns how many events had an id, and how many events there were.
func (f *facts) ids() (different, all int) {
	var seen []string
	for _, e := range f.events {
		if strings.Contains("\n"+string(e.Raw), "\nid") {
			all++
			if !slices.Contains(seen, e.ID) {
				seen = append(seen, e.ID)
				different++
			}
		}
	}
	return different, all
}

// start is when a player starts.
func (f *facts) start() time.Time { return newPlayer(f.t).now }

// connections returns the number of connections with events.
func (f *facts) connections() int {
	n := 0
	for i, e := range f.events {
		if i == 0 || e.Conn != f.events[i-1].Conn {
			n++
		}
	}
	return n
}

// claims maps a pattern of what the English sentences of findings claim to a check
// whether it is true of an example.
func claims() map[string]func(f *facts) bool {
	notJSON := func(f *facts) bool { return !json.Valid([]byte(f.data())) || f.problem.Type == "json_and_text" }
	numbers := func(f *facts) (from, to int) {
		_, err := fmt.Sscanf(regexp.MustCompile(`[^\d→]`).ReplaceAllString(f.problem.Data, ""), "%d→%d", &from, &to)
		if err != nil {
			f.t.Error(err)
		}
		return from, to
	}
	return map[string]func(f *facts) bool{
		`browser discards|has no known field`:                   func(f *facts) bool { return f.text == "" || !f.in(f.text) },
		`no event was dispatched|dispatches (nothing|no event)`: func(f *facts) bool { return len(f.events) == 0 },
		`merges both into one event`: func(f *facts) bool {
			return len(f.events) == 1 && strings.Contains(f.data(), "\n") && strings.Count(string(f.body), "id:") == 2
		},
		`The page gets`:             func(f *facts) bool { return f.in(f.text) },
		`like EventSource's own`:    func(f *facts) bool { return f.events[0].Type == f.problem.Data },
		`space is part of the type`: func(f *facts) bool { return f.events[0].Type != strings.TrimSpace(f.events[0].Type) },
		`resets the last event ID`:  func(f *facts) bool { return f.subs[0].lastID == "" && f.problem.Data != "" },
		`A browser sends it as`:     func(f *facts) bool { return f.subs[0].lastID == f.problem.Data },
		`JSON.parse fails`:          notJSON,
		`JSON.parse returns a string`: func(f *facts) bool {
			var s string
			return json.Unmarshal([]byte(f.data()), &s) == nil && json.Valid([]byte(s))
		},
		`returns a different number`: func(f *facts) bool {
			n, _ := strconv.ParseFloat(f.problem.Data, 64)
			return strconv.FormatFloat(n, 'f', 0, 64) != f.problem.Data
		},
		`shows U\+FFFD|replaces it with U\+FFFD`: func(f *facts) bool {
			var t struct{ T string }
			json.Unmarshal([]byte(f.data()), &t)
			return strings.Contains(f.data()+t.T, "\uFFFD")
		},
		`prints this for any object`:                func(f *facts) bool { return f.data() == "[object Object]" },
		`The data reports an error`:                 func(f *facts) bool { return json.Valid([]byte(f.data())) && strings.Contains(f.data(), `"error":"`) },
		`sequence numbers in the data have a gap`:   func(f *facts) bool { from, to := numbers(f); return to > from+1 },
		`sequence numbers in the data go backwards`: func(f *facts) bool { from, to := numbers(f); return to < from },
		`^An id goes backwards`:                     func(f *facts) bool { from, to := numbers(f); return to < from },
		`^Ids have a gap|^Events are missing`:       func(f *facts) bool { from, to := numbers(f); return to > from+1 },
		`after the reconnect|^After the reconnect|^The stream started over|^The client reconnected`: func(f *facts) bool { return f.connections() > 1 },
		`no event so far had an id`:                        func(f *facts) bool { _, all := f.ids(); return all == 0 },
		`^Two events have the same id`:                     func(f *facts) bool { different, all := f.ids(); return different < all },
		`ids belong to another series`:                     func(f *facts) bool { from, to, _ := strings.Cut(f.problem.Data, " → "); return from[0] != to[0] },
		`without a finish reason`:                          func(f *facts) bool { return !strings.Contains(f.data(), `"stop"`) && !f.in("[DONE]") },
		`([Ll]ine feeds are written as|No line has ended)`: func(f *facts) bool { return !strings.Contains(string(f.body), "\n") },
		`The body is UTF-16`:                               func(f *facts) bool { return strings.Contains(string(f.body), "\x00") && len(f.events) == 0 },
		`The body is compressed`: func(f *facts) bool {
			return strings.HasPrefix(string(f.body), "\x1f\x8b") && f.header.Get("Content-Encoding") == ""
		},
		`byte order mark before the JSON`:                             func(f *facts) bool { return strings.HasPrefix(f.data(), "\uFEFF{") },
		`A line begins with a byte order mark`:                        func(f *facts) bool { return strings.HasPrefix(f.text, "\uFEFF") },
		`begins with #`:                                               func(f *facts) bool { return strings.HasPrefix(f.text, "#") },
		`follow a colon and are therefore comments`:                   func(f *facts) bool { return strings.HasPrefix(f.text, ":") },
		`contains chunk sizes`:                                        func(f *facts) bool { return f.problem.Data == `"9"` },
		`equals sign instead`:                                         func(f *facts) bool { return strings.Contains(f.text, "=") && !strings.Contains(f.text, ":") },
		`full-width colon`:                                            func(f *facts) bool { return strings.Contains(f.text, "：") },
		`header field in the body`:                                    func(f *facts) bool { return strings.Contains(string(f.body), f.text) },
		`^Not an event stream so far|^The body is JSON lines`:         func(f *facts) bool { return strings.HasPrefix(string(f.body), f.text) && len(f.events) == 0 },
		`There is .* (between the events|in the stream without data)`: func(f *facts) bool { return len(f.events) > 0 && !f.in(f.text) },
		`It has no colon`:                                             func(f *facts) bool { return !strings.Contains(f.text, ":") },
		`has an unknown field`:                                        func(f *facts) bool { return strings.Contains(f.text, ":") && len(f.events) == 0 },
		`lost its leading space`:                                      func(f *facts) bool { return f.data() == "b" && strings.Contains(string(f.body), "data: b") },
		`ends with CR alone`:                                          func(f *facts) bool { return !strings.Contains(string(f.body), "\n") && len(f.events) == 1 },
		`^retry`: func(f *facts) bool {
			value := strings.TrimSuffix(strings.Trim(f.problem.Data, `"`), " ms")
			return strings.HasPrefix(string(f.body), strings.TrimSuffix("retry: "+value, " "))
		},
		`does not change its reconnection time`: func(f *facts) bool { return f.subs[0].source == record.FromDefault },
		`contains a NUL`:                        func(f *facts) bool { return strings.Contains(string(f.body), "\x00") && f.subs[0].lastID == "" },
		`was not dispatched`:                    func(f *facts) bool { return !f.in(f.text) && !f.in("b") },
		`was repeated after the reconnect`:      func(f *facts) bool { return f.events[1].ID == f.problem.Data && f.events[2].ID == f.problem.Data },
		`started over instead`: func(f *facts) bool {
			from, to, _ := strings.Cut(f.problem.Data, " → ")
			return f.events[1].ID == from && f.events[2].ID == to
		},
		`^No data received`: func(f *facts) bool { return f.problem.Data == f.now.Sub(f.start()).String() },
		`in batches: `: func(f *facts) bool {
			var n int
			fmt.Sscan(f.problem.Data, &n)
			return n > 1 && len(f.events)%n == 0
		},
		`connection ended 10 times`:                 func(f *facts) bool { return f.subs[0].conn >= 10 },
		`keep disconnecting each other`:             func(f *facts) bool { return f.subs[0].conn > 1 && f.subs[1].conn > 0 },
		`^The Content-Type is|declares the charset`: func(f *facts) bool { return strings.Contains(f.header.Get("Content-Type"), f.problem.Data) },
		`^Cache-Control is`:                         func(f *facts) bool { return f.header.Get("Cache-Control") == f.problem.Data },
		`request was redirected to`:                 func(f *facts) bool { return f.redirects[len(f.redirects)-1].URL == f.problem.Data },
		`came from a cache`:                         func(f *facts) bool { return f.problem.Data == "Age: "+f.header.Get("Age") },
		`stream is compressed`:                      func(f *facts) bool { return f.header.Get("Content-Encoding") == f.problem.Data },
		`has Content-Length`:                        func(f *facts) bool { return f.header.Get("Content-Length") == f.problem.Data },
		`^The response is HTTP`:                     func(f *facts) bool { return f.proto == f.problem.Data && f.header.Get("Connection") == "" },
		`^Access-Control-Allow-Origin is`: func(f *facts) bool {
			return f.header.Get("Access-Control-Allow-Origin") == f.problem.Data && f.problem.Data != f.origin
		},
		`@:? offset in the stream`: func(f *facts) bool {
			_, at, _ := strings.Cut(f.problem.Data, " @ ")
			offset, err := strconv.Atoi(at)
			return err == nil && f.problem.Offset <= int64(offset) && offset < len(f.body)
		},
		`the first begins`:               func(f *facts) bool { return strings.HasPrefix(f.data(), f.text) },
		`framed twice`:                   func(f *facts) bool { return strings.HasPrefix(f.data(), "data:") },
		`comment was sent as data`:       func(f *facts) bool { return strings.HasPrefix(f.data(), ":") },
		`among events with JSON`:         func(f *facts) bool { return f.in("ping") && json.Valid([]byte(f.data())) },
		`Two fields are on one line`:     func(f *facts) bool { return strings.Contains(f.text, "data:") },
		`A block has a type but no data`: func(f *facts) bool { return !strings.Contains(string(f.body), "data") },
		`No blank line follows the data`: func(f *facts) bool { return !strings.Contains(string(f.body), "\n\n") },
		`No line has ended, although`: func(f *facts) bool {
			return strings.Count(string(f.body), "data:") > 1 && !strings.ContainsAny(string(f.body), "\r\n")
		},
	}
}

func TestEachSentenceIsTrueOfItsExample(t *testing.T) {
	texts := catalogue(t, "en")
	patterns := map[*regexp.Regexp]func(*facts) bool{}
	for _, claims := range []map[string]func(*facts) bool{claims(), fateClaims(), wayClaims()} {
		for pattern, holds := range claims {
			patterns[regexp.MustCompile(pattern)] = holds
		}
	}
	used := map[*regexp.Regexp]bool{}
	for _, f := range Findings() {
		p := newPlayer(t)
		p.play(f.Fires)
		i := slices.IndexFunc(p.problems, func(r record.Record) bool { return r.Type == f.Code })
		if i < 0 {
			continue // another test says so
		}
		known := &facts{player: p, problem: p.problems[i]}
		if shown := strings.TrimSuffix(strings.Split(known.problem.Data, " @ ")[0], "…"); strings.HasPrefix(shown, `"`) {
			known.text, _ = strconv.Unquote(shown)
			if !strings.Contains(string(p.body), known.text) {
				t.Errorf("%s: shows %q, which did not come", f.Code, known.text)
			}
		}
		claimed := false
		for _, part := range []string{"", ".why"} {
			sentence := word(t, texts["problem."+f.Code+part], known.problem.Data)
			for pattern, holds := range patterns {
				if !pattern.MatchString(sentence) {
					continue
				}
				claimed, used[pattern] = true, true
				if !holds(known) {
					t.Errorf("%s: %q is not true (%s)", f.Code, sentence, pattern)
				}
			}
		}
		if !claimed {
			t.Errorf("%s: nothing of its sentences is checked", f.Code)
		}
	}
	for pattern := range patterns {
		if !used[pattern] {
			t.Errorf("no sentence claims %s", pattern)
		}
	}
}
