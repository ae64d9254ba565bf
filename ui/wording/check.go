package wording

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// Checked is what a check of a stream found out.
type Checked struct {
	Address     string // as it may be shown
	Events      int64
	Connections int
	Problems    []record.Record // of each connection one for each code, in the order in which they were seen

	Refused *record.Record // how the latest connection ended, if none was a stream

	// Cuts is how often the network ended the stream, if that is too seldom to tell
	// whether it does so after the same time; Longer is how long a check has to last
	// for that.
	Cuts   int
	Longer time.Duration
}

// Check is what a check prints: how much it read, and each finding once, as it was first
// seen, the most severe first. It is safe to print.
func (w Words) Check(c Checked) string {
	var b strings.Builder
	line := func(text string) { b.WriteString(visible.Line(text) + "\n") }
	line(w.T("check.read", "Address", c.Address, "Events", w.Events(c.Events), "Connections", w.Connections(int64(c.Connections))))
	if c.Refused != nil {
		line(w.T("check.no_stream", "Why", w.noStream(c.Refused)))
	}
	for _, p := range worst(c.Problems) {
		b.WriteString("\n")
		line(w.Labelled(w.Severity(p.Type), w.withDetail(p.Type, w.often(p.Type, c.Problems))))
		line("  " + w.Finding(&p))
		line("  " + w.Labelled(w.T("report.why"), w.Why(p.Type)))
		line("  " + w.Labelled(w.T("report.do"), w.Do(p.Type)))
	}
	if len(c.Problems) == 0 {
		line(w.T("report.no_problems"))
	}
	if c.Cuts > 0 {
		b.WriteString("\n")
		line(w.T("check.cut", "N", c.Cuts, "Longer", c.Longer))
	}
	return b.String()
}

// worst returns the first problem of each code, the most severe first.
func worst(problems []record.Record) []record.Record {
	var first []record.Record
	for _, p := range problems {
		if !slices.ContainsFunc(first, func(f record.Record) bool { return f.Type == p.Type }) {
			first = append(first, p)
		}
	}
	slices.SortStableFunc(first, func(a, b record.Record) int {
		return cmp.Compare(judge.SeverityOf(b.Type), judge.SeverityOf(a.Type))
	})
	return first
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
// connection ended, the zero Record if none has. What a refusal says in its body is told,
// too.
func (w Words) NoStream(address string, last *record.Record) string {
	return w.Labelled(address, w.noStream(last))
}

func (w Words) noStream(last *record.Record) string {
	if last.Failure == "" {
		return w.T("failure.timeout")
	}
	why := w.Cause(last)
	if body := strings.TrimSpace(last.Data); body != "" {
		why = w.Labelled(why, visible.Line(body))
	}
	return why
}
