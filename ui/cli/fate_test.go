package cli

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const (
	okHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n"
	head   = okHead + "Transfer-Encoding: chunked\r\n\r\n"
)

// served makes a recorded stream of connections, each a list of steps.
func served(duration string, connections ...[]step) *recorded {
	c := &recorded{}
	for _, steps := range connections {
		c.Connections = append(c.Connections, struct {
			When  *when
			Steps []step
		}{nil, steps})
	}
	c.Check.Args = []string{"-duration", duration}
	return c
}

// conn makes the steps of a connection: "H" is a head, "text" a chunk after a head,
// "=text" bytes as they are, "+250" milliseconds before the next one, "." the last
// chunk and the end, and "close", "reset" and "hang" are themselves.
func conn(steps ...string) (list []step) {
	wait := 0
	for _, s := range steps {
		next := step{AfterMS: wait}
		wait = 0
		switch {
		case s == "H":
			next.Text = new(head)
		case s == ".":
			list = append(list, step{AfterMS: next.AfterMS, Text: new("0\r\n\r\n")})
			next = step{Action: "close"}
		case s == "close" || s == "reset" || s == "hang":
			next.Action = s
		case s[0] == '+':
			fmt.Sscan(s[1:], &wait)
			continue
		case s[0] == '=':
			next.Text = new(s[1:])
		default:
			next.Chunk = new(s)
		}
		list = append(list, next)
	}
	return list
}

// events makes n events, numbered on from first, of a payload with a place for
// the number.
func events(first, n int, payload string) string {
	var b strings.Builder
	for i := first; i < first+n; i++ {
		fmt.Fprintf(&b, "id: %d\ndata: "+payload+"\n\n", i, i)
	}
	return b.String()
}

// refusedBy makes a connection that is answered by a status.
func refusedBy(status, header, body string) []step {
	return conn(fmt.Sprintf("=HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s", status, header, len(body), body), "close")
}

// times repeats a connection for each n up to a number.
func times(number int, make func(n int) []step) (connections [][]step) {
	for n := range number {
		connections = append(connections, make(n))
	}
	return connections
}

func TestCheckFindsTheFateOfAStream(t *testing.T) {
	start := conn("H", "retry: 400\n\n", "+200", events(1, 2, "第 %d 号"), "+200", ".")
	quiet := func(n int) []step { return conn("H", events(n+1, 1, `{"n":%d}`), "+4000", "close") }
	tests := map[string]struct {
		stream *recorded
		want   string // codes of errors and warnings
	}{
		"refused: 410":               {served("3s", start, refusedBy("410 Gone", "", "queue deleted")), "reconnect_refused"},
		"refused: 500 after a break": {served("3s", conn("H", "retry: 300\n\n", "+300", "data: a\n\n", "+100", "reset"), refusedBy("500 Internal Server Error", "Content-Type: text/html\r\n", "<h1>500</h1>")), "connection_broken reconnect_refused"},
		"refused: 200 as JSON":       {served("3s", start, refusedBy("200 OK", "Content-Type: application/json\r\n", `{"code":401}`)), "content_type not_a_stream reconnect_refused"},

		"reset: between events":            {served("3s", conn("H", "data: 1\n\n", "+700", "reset"), conn("H", "+500", "hang")), "connection_broken"},
		"reset: at once after the head":    {served("3s", conn("H", "retry: 500\n\n", "reset"), conn("H", "data: hello\n\n", "hang")), "connection_broken"},
		"reset: within a line of Chinese":  {served("3s", conn("H", "retry: 500\n\n", "data: 订", "+100", "reset"), conn("H", "data: 单\n\n", "hang")), "connection_broken"},
		"chunks: a negative size":          {served("2s", conn("H", "data: 1\n\n", "+200", "=-5\r\nabc", "hang")), "chunks_broken"},
		"chunks: text without coding":      {served("2s", conn("H", "data: 1\n\n", "+200", "=data: 2\n\n", "hang")), "chunks_broken"},
		"chunks: a size that is too large": {served("2s", conn("H", "data: 1\n\n", "+200", "=fffffffffffffffff\r\n", "hang")), "chunks_broken"},
		"cut: within a chunk":              {served("3s", conn("H", "data: 1\n\n", "+200", "=40\r\ndata: 2\n\n", "+100", "close"), conn("H", "+1", "hang")), "cut_off"},
		"cut: twice":                       {served("6s", quiet(0), conn("H", "data: 1\n\n", "+700", "close"), conn("H", "hang")), "cut_off"},
		"cut: before the first byte":       {served("3s", conn("H", "close"), conn("H", "hang")), "cut_off"},
		"short: by most":                   {served("2s", conn("="+okHead+"Content-Length: 900\r\n\r\n", "=data: 1\n\n", "+500", "close")), "content_length_short content_length"},
		"short: by a byte":                 {served("2s", conn("="+okHead+"Content-Length: 10\r\n\r\n", "=data: 1\n\n", "+500", "close")), "content_length_short content_length"},
		"short: of all":                    {served("2s", conn("="+okHead+"Content-Length: 64\r\n\r\n", "+500", "close")), "content_length_short content_length"},

		"idle: 4 s":          {served("30s", append(times(3, quiet), conn("H", "hang"))...), "cut_off cut_when_idle"},
		"idle: 12 s, resets": {served("60s", append(times(3, func(n int) []step { return conn("H", events(3*n+1, n+1, "v%d"), "+12000", "reset") }), conn("H", "hang"))...), "connection_broken cut_when_idle"},
		"idle: after different times": {served("30s", append(times(3, func(n int) []step {
			return conn("H", "retry: 500\n\n", fmt.Sprint("+", 700*(n+1)), events(n, 1, "v%d"), "+2500", "close")
		}), conn("H", "hang"))...), "cut_off cut_when_idle"},
		"same time: 3 s": {served("25s", append(times(3, func(n int) []step {
			return conn("H", fmt.Sprint("+", 400*(n+3)), events(n, 1, "v%d"), fmt.Sprint("+", 3000-400*(n+3)), "close")
		}), conn("H", "hang"))...), "cut_off cut_after_same_time"},
		"same time: 60 s": {served("200s", append(times(3, func(n int) []step {
			steps := []string{"H"}
			for i := range 20 {
				steps = append(steps, fmt.Sprint("+", 2900+n*40), events(20*n+i+1, 1, "v%d"))
			}
			return conn(append(steps, fmt.Sprint("+", 60000-20*(2900+n*40)), "close")...)
		}), conn("H", "hang"))...), "cut_off cut_after_same_time"},

		"one each: retry 250":      {served("4s", times(20, func(n int) []step { return conn("H", "retry: 250\n"+events(n, 1, "p%d"), "+30", ".") })...), "ends_after_each_event"},
		"one each: default":        {served("14s", times(20, func(n int) []step { return conn("H", events(n, 1, "早 %d"), ".") })...), "ends_after_each_event"},
		"one each: retry 10":       {served("2s", times(300, func(n int) []step { return conn("H", "retry: 10\n"+events(n, 1, "p%d"), ".") })...), "ends_after_each_event retry_in_seconds"},
		"none: head alone":         {served("10s", conn("H", ".")), "ends_without_events"},
		"none: comments":           {served("3s", conn("H", "retry: 200\n\n: hello\n\n", "+100", ".")), "ends_without_events"},
		"none: without delimiters": {served("9s", conn("="+okHead+"\r\n: nothing new\n\n", "close")), "ends_without_events"},
		"storm: two each":          {served("4s", times(60, func(n int) []step { return conn("H", "retry: 120\n"+events(2*n, 2, "p%d"), ".") })...), "reconnect_storm"},

		"again without id: JSON": {served("3s", conn("H", "retry: 300\n\n"+events(1, 2, "v%d")+"data: {\"total\":12.5}\n\n", "+99", "."), conn("H", "data: {\"total\":12.5}\n\n"+events(3, 2, "v%d"), "hang")), "events_doubled"},
		"again without id: type": {served("3s", conn("H", "retry: 300\n\n"+events(1, 2, "v%d")+"event: order\ndata: four eggs\n\n", "+99", "."), conn("H", "event: order\ndata: four eggs\n\n", "hang")), "events_doubled"},
		"again without id: cut":  {served("3s", conn("H", "retry: 300\n\n"+events(7, 2, "v%d")+"data: 四个鸡蛋和牛奶\n\n", "+99", "close"), conn("H", "data: 四个鸡蛋和牛奶\n\n", "hang")), "cut_off events_doubled"},

		"retry 1":  {served("1s", conn("H", "retry: 1\n\n", "hang")), "retry_in_seconds"},
		"retry 30": {served("1s", conn("H", "retry: 30\ndata: x\n\n", "hang")), "retry_in_seconds"},
		"retry 60": {served("1s", conn("H", "event: x\nretry: 60\ndata: x\n\n", "hang")), "retry_in_seconds"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { expectCodes(t, tt.stream, tt.want) })
	}
}

func TestCheckFindsWhatComesLate(t *testing.T) {
	lump := func(first, n int) string { return events(first, n, `{"celsius":%d}`) }
	block := func(size, n int) string {
		all := lump(1, 3000)
		return all[n*size : (n+1)*size]
	}
	var stamped strings.Builder
	for i := range 12 {
		fmt.Fprintf(&stamped, "data: {\"at\":\"2026-03-01T10:00:%02d.500Z\",\"n\":%d}\n\n", i/4, i)
	}
	tests := map[string]struct {
		stream *recorded
		want   string // codes of all findings
	}{
		"no header: 9 s":  {served("9s", conn("hang")), "no_header"},
		"no header: late": {served("12s", conn("+7000", "H", "data: x\n\n", "hang")), "head_late no_header"},

		"head late: 2.2 s":           {served("4s", conn("+2200", "H", "data: x\n\n", "hang")), "head_late"},
		"head late: with a comment":  {served("6s", conn("+4000", "H", ": ok\n\n", "hang")), "head_late"},
		"head late: with two events": {served("6s", conn("+3000", "H", lump(1, 2), "+300", lump(3, 1), "hang")), "head_late"},
		"head and events together":   {served("6s", conn("+3000", "H", lump(1, 8), "hang")), "held_back"},
		"whole: behind the head":     {served("5s", conn("H", "+2500", lump(1, 6), "."), conn("H", "hang")), "held_back"},
		"whole: with the head":       {served("8s", conn("+6000", "H", lump(1, 4), "."), conn("H", "hang")), "held_back no_header"},
		"whole: in several reads":    {served("9s", conn("H", "+7000", lump(1, 9), lump(10, 9), "+20", lump(19, 3), "."), conn("H", "hang")), "held_back"},
		"first lump: RFC 3339":       {served("6s", conn("H", "+3000", stamped.String(), "hang")), "held_back"},
		"lumps: every 2.5 s":         {served("13s", conn("H", "+2500", lump(1, 5), "+2500", lump(6, 5), "+2500", lump(11, 7), "+2500", lump(18, 5), "hang")), "buffering"},
		"lumps: at odd times":        {served("14s", conn("H", "+1100", lump(1, 5), "+4000", lump(6, 25), "+1900", lump(31, 5), lump(36, 6), "+2700", lump(42, 8), "hang")), "buffering"},
		"lumps: head late, too":      {served("14s", conn("+2100", "H", lump(1, 6), "+3000", lump(7, 6), "+2000", lump(13, 6), "+2500", lump(19, 6), "hang")), "buffering held_back"},
		"blocks of 8 KiB":            {served("9s", conn("H", "+2000", block(8192, 0), "+3000", block(8192, 1), "+2000", block(8192, 2), "hang")), "buffering"},
		"blocks of 4 KiB":            {served("9s", conn("H", "+1300", block(4096, 0), "+1800", block(4096, 1), "+1300", block(4096, 2), "hang")), "buffering"},
		"blocks of 1,400 bytes":      {served("9s", conn("H", "+1300", block(1400, 0), "+1800", block(1400, 1), "+1300", block(1400, 2), "hang")), "buffering"},
		"blocks, each 200 ms":        {served("3s", conn("H", "+200", block(4096, 0), "+200", block(4096, 1), "+200", block(4096, 2), "+200", block(4096, 3), "+200", block(4096, 4), "hang")), "buffering"},
		"blocks, fast, of 8 KiB":     {served("3s", conn("H", "+150", block(8192, 0), "+170", block(8192, 1), "+200", block(8192, 2), "+140", block(8192, 3), "+200", block(8192, 4), "hang")), "buffering"},
		"blocks, fast, of 16 KiB":    {served("3s", conn("H", block(16384, 0)[:4096], block(16384, 0)[4096:], "+170", block(16384, 1), "+200", block(16384, 2), "+140", block(16384, 3), "+200", "hang")), "buffering"},
		"behind: CRLF":               {served("4s", conn("H", "\r\ndata: a\r\n", "+700", "\r\ndata: b\r\n", "+700", "\r\ndata: c\r\n", "hang")), "one_event_behind"},
		"behind: types":              {served("6s", conn("H", "\nevent: x\ndata: 甲\n", "+1400", "\nevent: y\ndata: 乙\n", "+900", "\nevent: x\ndata: 丙\n", "hang")), "one_event_behind"},
		"behind: two lines each":     {served("9s", conn("H", "data: 1\ndata: 2\n", "+2500", "\ndata: 3\ndata: 4\n", "+2500", "\ndata: 5\ndata: 6\n", "hang")), "one_event_behind"},
		"half: a line of an id":      {served("6s", conn("H", "id: 4", "+2500", "2\ndata: x\n\n", "hang")), "half_event"},
		"half: within a character":   {served("7s", conn("H", "data: a\n\ndata: \xe8\xae", "+4000", "\xa2\n\n", "hang")), "half_event"},
		"half: for ever":             {served("9s", conn("H", "data: a\n\ndata: {\"left\":", "hang")), "half_event"},

		"no line: Engine.IO":           {served("4s", conn("H", `96:0{"sid":"x"}`, "+300", "2:40", "hang")), "no_line_end"},
		"no line: words":               {served("4s", conn("H", "pong", "+900", "pong", "hang")), "no_line_end"},
		"no line: ended by the server": {served("4s", conn("H", "3probe", "+2600", "."), conn("H", "hang")), "no_line_end"},

		"heartbeat: each second": {served("13s", conn("H", ":\n\n", "+1000", ":\n\n", "+1000", ":\n\n", "+1000", ":\n\n", "+1000", ":\n\n", "+1000", ":\n\n", "hang")), "heartbeat_stopped"},
		"heartbeat: words":       {served("12s", conn("H", "data: x\n\n", "+700", ": 心跳\n\n", "+650", ": 心跳\n\n", "+700", ": 心跳\n\n", "+720", ": 心跳\n\n", "+700", ": 心跳\n\n", "hang")), "heartbeat_stopped"},
		"heartbeat: comes back":  {served("16s", conn("H", ":\n", "+500", ":\n", "+500", ":\n", "+500", ":\n", "+500", ":\n", "+9000", ":\n", "+500", ":\n", "hang")), "heartbeat_stopped"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { expectAll(t, tt.stream, tt.want) })
	}
}

func TestCheckFindsNothingInCorrectStreams(t *testing.T) {
	one := func(first, n int) (steps []string) {
		for i := first; i < first+n; i++ {
			steps = append(steps, events(i, 1, `{"n":%d}`))
		}
		return steps
	}
	batch := func(lists ...[]string) []step { return conn(slices.Concat(lists...)...) }
	for name, stream := range map[string]*recorded{
		"long poll of 500 ms":            served("9s", times(20, func(n int) []step { return conn("+500", "H", "retry: 1500\n"+events(n, 1, "早 %d"), ".") })...),
		"long poll without a pause":      served("9s", times(20, func(n int) []step { return conn("H", "retry: 100\n\n", "+1700", events(n, 1, "m%d"), ".") })...),
		"a database asked each 1.5 s":    served("12s", batch([]string{"H", "+1500"}, one(1, 6), []string{"+1500"}, one(7, 7), []string{"+1500"}, one(14, 5), []string{"+1500"}, one(19, 6), []string{"+1500"}, one(25, 5), []string{"hang"})),
		"a backlog at the beginning":     served("9s", conn("H", events(1, 50, "old %d"), "+2000", events(51, 1, "%d"), "+3000", events(52, 1, "%d"), "hang")),
		"a backlog after a while":        served("9s", conn("H", "+2600", events(1, 50, "old %d"), "+2000", events(51, 1, "%d"), "hang")),
		"a rotation every 2 s":           served("14s", times(9, func(n int) []step { return conn("H", "retry: 500\n"+events(3*n, 3, "%d"), "+2000", ".") })...),
		"a heartbeat every 3 s":          served("20s", conn("H", ": x\n\n", "+3000", ": x\n\n", "+3000", ": x\n\n", "+3000", ": x\n\n", "+3000", ": x\n\n", "+3000", ": x\n\n", "hang")),
		"a late first event":             served("9s", conn("H", "+6000", events(1, 1, "%d"), "hang")),
		"a large event in parts":         served("5s", conn("H", "data: "+strings.Repeat("x", 5000), "+600", strings.Repeat("y", 5000), "+900", "\n\n", "hang")),
		"a large event in blocks":        served("5s", conn("H", "data: "+strings.Repeat("x", 4090), "+200", strings.Repeat("y", 4096), "+200", strings.Repeat("y", 4096), "+200", strings.Repeat("y", 4096), "+200", strings.Repeat("y", 4096), "+200", "\n\n", "hang")),
		"events of 512 bytes, by two":    served("5s", conn(strings.Split("H"+strings.Repeat("|+200|"+strings.Repeat("data: "+strings.Repeat("z", 504)+"\n\n", 2), 9)+"|hang", "|")...)),
		"one burst":                      served("9s", conn("H", events(1, 1, "%d"), "+4000", events(2, 20, "%d"), "+1000", events(22, 1, "%d"), "hang")),
		"a hello without id":             served("5s", conn("H", "retry: 400\nevent: hello\ndata: {\"v\":1}\n\n", events(1, 3, "%d"), "+100", "."), conn("H", "event: hello\ndata: {\"v\":1}\n\n", events(4, 3, "%d"), "hang")),
		"a state without id at the end":  served("5s", conn("H", "retry: 400\ndata: {\"users\":3}\n\n", events(1, 3, "%d"), "data: {\"users\":4}\n\n", "+100", "."), conn("H", "data: {\"users\":5}\n\n", events(4, 3, "%d"), "hang")),
		"204 after the end":              served("4s", conn("H", "retry: 100\n\n"+events(1, 3, "%d"), "."), refusedBy("204 No Content", "", "")),
		"two quick ends":                 served("4s", conn("H", "retry: 500\n"+events(1, 1, "%d"), "."), conn("H", events(2, 1, "%d"), "."), conn("H", events(3, 1, "%d"), "hang")),
		"an unfinished event at the end": served("3s", conn("H", events(1, 3, "%d"), "+500", "data: {\"n", "hang")),
		"close-delimited":                served("5s", conn("="+okHead+"\r\n"+events(1, 3, "%d"), "+700", "close"), conn("="+okHead+"\r\n"+events(4, 3, "%d"), "hang")),
		"a job of two events after 3 s":  served("5s", conn("H", "+3000", events(1, 2, "%d"), "."), refusedBy("204 No Content", "", "")),
		"history with times":             served("9s", conn("H", "+2500", "data: 2020-01-01T00:00:00Z a\n\ndata: 2021-01-01T00:00:00Z b\n\ndata: 2022-01-01T00:00:00Z c\n\ndata: 2023-01-01T00:00:00Z d\n\ndata: 2024-01-01T00:00:00Z e\n\n", "hang")),
	} {
		t.Run(name, func(t *testing.T) { expectAll(t, stream, "") })
	}
}

// Advice alone is no stream: what never came is not good.
func TestCheckFailsWithoutAnyResponse(t *testing.T) {
	for name, tt := range map[string]struct {
		stream *recorded
		status int
	}{
		"no response":       {served("8s", conn("hang")), 2},
		"a late one":        {served("9s", conn("+6000", "H", ": ok\n\n", "hang")), 0},
		"a refusal, cached": {served("2s", refusedBy("404 Not Found", "Age: 60\r\n", "gone")), 2},
	} {
		t.Run(name, func(t *testing.T) {
			if status, said, _ := tt.stream.play(t); status != tt.status {
				t.Errorf("exit status %d, want %d\n%s", status, tt.status, said)
			}
		})
	}
}

var foundCode = regexp.MustCompile(`(?m)^(?:◇ advice|⚠ warning|✗ error): (\w+) \(`)

// found returns the codes that check finds, by whether they are more than advice.
func found(t *testing.T, stream *recorded) (codes map[string]bool, said string) {
	t.Helper()
	_, said, _ = stream.play(t)
	codes = map[string]bool{}
	for _, m := range foundCode.FindAllStringSubmatch(said, -1) {
		codes[m[1]] = !strings.HasPrefix(m[0], "◇")
	}
	return codes, said
}

// expectCodes says which errors and warnings should be found.
func expectCodes(t *testing.T, stream *recorded, want string) {
	t.Helper()
	codes, said := found(t, stream)
	maps.DeleteFunc(codes, func(_ string, serious bool) bool { return !serious })
	compare(t, codes, want, said)
}

// expectAll says which findings there should be.
func expectAll(t *testing.T, stream *recorded, want string) {
	t.Helper()
	codes, said := found(t, stream)
	compare(t, codes, want, said)
}

func compare(t *testing.T, codes map[string]bool, want, said string) {
	t.Helper()
	wanted := strings.Fields(want)
	slices.Sort(wanted)
	if got := slices.Sorted(maps.Keys(codes)); !slices.Equal(got, wanted) {
		t.Errorf("found %q, want %q\n%s", got, wanted, said)
	}
}
