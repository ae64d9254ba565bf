package judge

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"sseconsole/client/record"
)

// fateClaims are the claims about ends and about what comes late.
func fateClaims() map[string]func(f *facts) bool {
	broke := func(why record.Failure) func(f *facts) bool {
		return func(f *facts) bool { return len(f.broken) > 0 && f.broken[0].Failure == why }
	}
	cuts := func(of func(cutAt) time.Duration) func(f *facts) bool {
		return func(f *facts) bool {
			return len(f.broken) == 3 && !slices.ContainsFunc(f.broken, func(c cutAt) bool { return tenths(of(c)) != f.problem.Data })
		}
	}
	seen := func(f *facts) (n int) {
		fmt.Sscan(f.problem.Data, &n)
		return n
	}
	return map[string]func(f *facts) bool{
		`did not come back`:                          func(f *facts) bool { return f.subs[0].conn > 1 && !f.subs[0].open && seen(f) == 503 },
		`reconnect got no response`:                  func(f *facts) bool { return f.subs[0].conn == 2 && f.problem.Data == "connection refused" },
		`connection was lost in the middle`:          func(f *facts) bool { return broke(record.Reset)(f) && f.broken[0].Detail == f.problem.Data },
		`chunked encoding of the response is broken`: broke(record.BadChunk),
		`stream was cut off`:                         func(f *facts) bool { return broke(record.CutChunks)(f) && tenths(f.broken[0].idle) == f.problem.Data },
		`fewer bytes arrived than`: func(f *facts) bool {
			return broke(record.CutLength)(f) && f.problem.Data == fmt.Sprintf("%d / %s", f.broken[0].Bytes, f.header.Get("Content-Length"))
		},
		`is not compressed with`:       func(f *facts) bool { return broke(record.BadCoding)(f) && len(f.events) == 0 },
		`cut 3 times .* the last byte`: cuts(func(c cutAt) time.Duration { return c.idle }),
		`cut 3 times .* it was opened`: cuts(func(c cutAt) time.Duration { return c.age }),
		`ends the stream after each event`: func(f *facts) bool {
			return len(f.events) == seen(f) && f.connections() == seen(f)
		},
		`ends at once, without an event`: func(f *facts) bool { return len(f.events) == 0 && f.subs[0].conn >= seen(f) },
		`request was repeated`:           func(f *facts) bool { return f.subs[0].conn > 1 && f.method == f.problem.Data },
		`^No response after`:             func(f *facts) bool { return f.opened.IsZero() && f.now.Sub(f.start()).String() == f.problem.Data },
		`headers arrived late`:           func(f *facts) bool { return tenths(f.opened.Sub(f.start())) == f.problem.Data },
		`^Events arrived all at once`:    func(f *facts) bool { return len(f.events) == seen(f) && f.connections() == 1 },
		`completed only by the next one`: func(f *facts) bool { return len(f.events) == strings.Count(string(f.body), "data:")-1 },
		`^Half a line arrived`:           func(f *facts) bool { return f.problem.Data == `"data: b" · 4.0 s` && f.in("bc") },
		`^The comments stopped`: func(f *facts) bool {
			return f.problem.Data == tenths(f.heard.Sub(f.opened)/time.Duration(strings.Count(string(f.body), ":")-1)) && f.now.After(f.heard)
		},
	}
}
