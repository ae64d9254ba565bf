package wording

import (
	"strings"

	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// Checked is what a check of a stream found out.
type Checked struct {
	Address     string // as it may be shown
	Events      int64
	Connections int
	Problems    []record.Record // of each connection one for each code, in the order in which they were seen
}

// Check is what a check prints: how much it read, and each finding once, as it was first
// seen. It is safe to print.
func (w Words) Check(c Checked) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(visible.Line(text) + "\n") }
	line(w.T("check.read", "Address", c.Address, "Events", w.Events(c.Events), "Connections", w.Connections(int64(c.Connections))))
	told := map[string]bool{}
	for i := range c.Problems {
		p := &c.Problems[i]
		if told[p.Type] {
			continue
		}
		told[p.Type] = true
		b.WriteString("\n")
		line(w.withDetail(p.Type, w.often(p.Type, c.Problems)))
		line("  " + w.Finding(p))
		line("  " + w.labelled(w.T("report.why"), w.Why(p.Type)))
		line("  " + w.labelled(w.T("report.do"), w.Do(p.Type)))
	}
	if len(c.Problems) == 0 {
		line(w.T("report.no_problems"))
	}
	return b.String()
}

// often words how often problems of a code were seen, and on how many connections.
func (w Words) often(code string, problems []record.Record) string {
	times, connections := int64(0), int64(0)
	for _, p := range problems {
		if p.Type == code {
			times += p.Count
			connections++
		}
	}
	if connections == 1 {
		return w.Times(times)
	}
	return w.T("check.times_on", "Times", w.Times(times), "Connections", w.Connections(connections))
}

// NoStream says why there was no stream to check at an address; last is how the latest
// connection ended, the zero Record if none has.
func (w Words) NoStream(address string, last *record.Record) string {
	if last.Failure == "" {
		return w.labelled(address, w.T("failure.timeout"))
	}
	return w.labelled(address, w.Cause(last))
}
