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

// Checked is the result of checking a stream.
type Checked struct {
	Address     string // as it may be shown
	Events      int64
	Connections int
	Problems    []record.Record // the findings: one for each code and connection, in the order seen

	// Refused is how the latest connection ended, if none was a stream.
	Refused *record.Record

	// Cuts is how often the network ended the stream, if that was too seldom to tell
	// whether it always does so after the same time. Longer is how long a check must
	// last to tell.
	Cuts   int
	Longer time.Duration
}

// Check returns what a check prints: how much it read, and each finding once, as first seen,
// most severe first. It is safe to print.
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

// worst returns the first finding of each code, most severe first.
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

// often says how often a finding was seen, and on how many connections.
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

// NoStream says why there was no stream to check at an address. last is how the latest
// connection ended, or the zero Record if none has ended. It includes the
// body of a refusal.
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
