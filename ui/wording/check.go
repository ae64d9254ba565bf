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

	Known   []record.Record // further findings, which are in the baseline
	Ignored []record.Record // further findings, which are to be ignored
	Unmet   []string        // the demands that were not met, in words

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
		b.WriteString("\n" + w.CheckEntry(p.Type, c.Problems))
	}
	switch {
	case len(c.Problems) > 0:
	case len(c.Known)+len(c.Ignored) > 0:
		line(w.T("check.none_new"))
	default:
		line(w.T("report.no_problems"))
	}
	for _, list := range []struct {
		heading  string
		problems []record.Record
	}{{w.T("check.known"), c.Known}, {w.T("check.ignored"), c.Ignored}} {
		if len(list.problems) > 0 {
			b.WriteString("\n")
			line(w.Labelled(list.heading, w.codes(list.problems)))
		}
	}
	for _, text := range c.Unmet {
		b.WriteString("\n")
		line(text)
	}
	if c.Cuts > 0 {
		b.WriteString("\n")
		line(w.T("check.cut", "N", c.Cuts, "Longer", c.Longer))
	}
	return b.String()
}

// CheckEntry returns what a check prints of the findings with a code, of which there must
// be one: how often it was seen, and for the first one what, where, why and what to do.
func (w Words) CheckEntry(code string, problems []record.Record) string {
	first := problems[slices.IndexFunc(problems, func(p record.Record) bool { return p.Type == code })]
	lines := []string{w.Labelled(w.Severity(code), w.withDetail(code, w.often(code, problems))), "  " + w.Finding(&first)}
	if place := w.Place(&first); place != "" {
		lines = append(lines, "  "+w.Labelled(w.T("report.where"), place))
	}
	lines = append(lines, "  "+w.Labelled(w.T("report.why"), w.Why(code)), "  "+w.Labelled(w.T("report.do"), w.Do(code)))
	for i, line := range lines {
		lines[i] = visible.Line(line) + "\n"
	}
	return strings.Join(lines, "")
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

// codes lists the codes of findings, and how often each was seen.
func (w Words) codes(problems []record.Record) string {
	var list []string
	for _, p := range worst(problems) {
		list = append(list, w.withDetail(p.Type, w.often(p.Type, problems)))
	}
	return w.Join(list...)
}

// NoStream says why there was no stream to check at an address. last is how the latest
// connection ended, or the zero Record if none has ended. It includes the
// body of a refusal.
func (w Words) NoStream(address string, last *record.Record) string {
	return w.Labelled(address, w.noStream(last))
}

// NoStreamWhy is NoStream without address and body.
func (w Words) NoStreamWhy(last *record.Record) string {
	if last.Failure == "" {
		return w.T("failure.timeout")
	}
	return w.Cause(last)
}

func (w Words) noStream(last *record.Record) string {
	why := w.NoStreamWhy(last)
	if body := strings.TrimSpace(last.Data); body != "" {
		why = w.Labelled(why, visible.Line(body))
	}
	return why
}
