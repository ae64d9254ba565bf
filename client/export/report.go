package export

import (
	"cmp"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// report writes the page. All values pass through html/template, which escapes
// them.
func (b *bundle) report(w io.Writer) error {
	words := b.cfg.Words
	page, err := template.New("report").Funcs(template.FuncMap{
		"T": words.T, "target": words.Target, "summary": words.Summary, "size": words.Size, "duration": words.Duration,
		"events": words.Events, "why": words.Why, "do": words.Do, "severity": words.Severity,
		"time": func(t time.Time) string { return t.Format(timeLayout) },
	}).Parse(reportPage)
	if err != nil {
		return fmt.Errorf("export: report: %w", err)
	}
	s := b.sum
	data := reportData{
		Language: words.Language(), Version: b.cfg.Version, Created: b.cfg.Created, Records: s.records,
		First: s.first, Last: s.last, Span: s.last.Sub(s.first),
		Connections: int64(len(s.connections)) + s.others, MoreConnections: s.others,
		Events: s.count[record.Event], Comments: s.count[record.Comment], Reconnects: s.count[record.Reconnect],
		Findings: s.count[record.Problem], Fails: s.count[record.Fail], Bytes: s.bytes, Sends: s.count[record.Send],
		Groups: b.groups(), MoreFindings: s.otherFindings, FirstOnes: pointers(s.firstOnes), LastOnes: pointers(s.lastOnes),
		Between:  max(0, s.count[record.Event]-int64(len(s.firstOnes)+len(s.lastOnes))),
		Timeline: s.timeline(words), Masked: b.cfg.Mask.Names(),
	}
	for _, c := range s.connections {
		data.Lines = append(data.Lines, shownLine(c, words))
	}
	var text strings.Builder // small, since a summary is bounded
	if err := page.Execute(&text, data); err != nil {
		return fmt.Errorf("export: report: %w", err)
	}
	_, err = io.WriteString(w, visible.Text(text.String()))
	return err
}

type reportData struct {
	Language, Version                                                                 string
	Created, First, Last                                                              time.Time
	Span                                                                              time.Duration
	Records, Connections, Events, Comments, Reconnects, Findings, Fails, Bytes, Sends int64
	MoreConnections, MoreFindings, Between                                            int64
	Groups                                                                            []findingGroup
	FirstOnes, LastOnes                                                               []*record.Record
	Lines                                                                             []shownConnection
	Timeline                                                                          timeline
	Masked                                                                            []string
}

func pointers(records []record.Record) []*record.Record {
	list := make([]*record.Record, len(records))
	for i := range records {
		list[i] = &records[i]
	}
	return list
}

// findingGroup are the findings with one code.
type findingGroup struct {
	Code   string
	Class  string // a CSS class of the page
	Count  int64
	First  *record.Record
	Others []*record.Record // further findings, at most 4
}

// groups returns the findings grouped by code, the most severe first.
func (b *bundle) groups() []findingGroup {
	at := map[string]int{}
	var groups []findingGroup
	for i := range b.sum.findings {
		r := &b.sum.findings[i]
		k, known := at[r.Type]
		if !known {
			at[r.Type] = len(groups)
			groups = append(groups, findingGroup{Code: r.Type, Class: class(r.Type), Count: b.sum.found[r.Type], First: r})
		} else if g := &groups[k]; len(g.Others) < 4 {
			g.Others = append(g.Others, r)
		}
	}
	slices.SortStableFunc(groups, func(a, b findingGroup) int {
		return cmp.Compare(judge.SeverityOf(b.Code), judge.SeverityOf(a.Code))
	})
	return groups
}

// class returns the CSS class for a finding's severity.
func class(code string) string {
	switch judge.SeverityOf(code) {
	case judge.Error:
		return "bad"
	case judge.Advice:
		return "soft"
	}
	return "warn"
}

type shownConnection struct {
	Name, Target, File  string
	Open                bool
	Request, Response   *record.Record
	RequestHead, Answer string
	Asked, Answered     []record.Field
	Over                string
	Events, Bytes       int64
	From                time.Time
	Took                time.Duration
}

func shownLine(c *lifeline, words Words) shownConnection {
	s := shownConnection{
		Name: shortened(c.connection.name()), Target: shortened(words.Target(c.connection.target)), File: c.file,
		Request: c.request, Response: c.response, Events: c.events, Bytes: c.bytes, From: c.from, Took: c.to.Sub(c.from),
	}
	proto := ""
	if c.response != nil {
		proto = c.response.Proto
	}
	if c.request != nil {
		s.RequestHead = c.request.Method + " " + c.request.URL
		s.Asked = shownFields(c.request.Fields(proto))
	}
	if c.response != nil {
		s.Answer = strings.TrimSpace(fmt.Sprintf("%s %d", c.response.Proto, c.response.Status))
		s.Answered = shownFields(c.response.Fields(proto))
		if c.response.Kind == record.Fail {
			s.Over = words.Summary(c.response)
		}
	}
	if c.over != nil {
		s.Over = words.Summary(c.over)
	}
	return s
}

// shownFields returns the first header fields, with shortened values.
func shownFields(fields []record.Field) []record.Field {
	shown := make([]record.Field, 0, min(len(fields), maxShownFields))
	for _, f := range fields[:cap(shown)] {
		shown = append(shown, record.Field{Name: shortened(f.Name), Value: shortened(f.Value)})
	}
	if more := len(fields) - len(shown); more > 0 {
		shown = append(shown, record.Field{Name: "…", Value: fmt.Sprintf("+%d", more)})
	}
	return shown
}
