package cli

import (
	"encoding/xml"
	"fmt"
	"slices"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/visible"
)

// junitSuites is JUnit XML, in the form that Jenkins and GitLab read.
type junitSuites struct {
	XMLName xml.Name   `xml:"testsuites"`
	Suite   junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name      string      `xml:"name,attr"`
	Tests     int         `xml:"tests,attr"`
	Failures  int         `xml:"failures,attr"`
	Errors    int         `xml:"errors,attr"`
	Skipped   int         `xml:"skipped,attr"`
	Time      string      `xml:"time,attr"` // in seconds
	Timestamp string      `xml:"timestamp,attr"`
	Cases     []junitCase `xml:"testcase"`
}

type junitCase struct {
	Class   string       `xml:"classname,attr"`
	Name    string       `xml:"name,attr"`
	Time    string       `xml:"time,attr"`
	Failure *junitResult `xml:"failure"`
	Error   *junitResult `xml:"error"`
	Skipped *junitResult `xml:"skipped"`
	Out     string       `xml:"system-out,omitempty"`
}

type junitResult struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",chardata"`
}

// junit returns the outcome as JUnit XML. That there is a stream is a test, and so are
// each finding that can be made and each further demand: a test that passes now may
// fail at the next check, and is the same then. Without a stream there are no others
// than the findings that were made.
func (o *outcome) junit() ([]byte, error) {
	seconds := func(d time.Duration) string { return fmt.Sprintf("%.3f", d.Seconds()) }
	suite := junitSuite{Name: visible.Line(o.address), Time: seconds(o.took), Timestamp: o.began.UTC().Format("2006-01-02T15:04:05")}
	add := func(c junitCase) {
		c.Class, c.Time = "sseconsole.check", seconds(0)
		suite.Tests++
		switch {
		case c.Error != nil:
			suite.Errors++
		case c.Failure != nil:
			suite.Failures++
		case c.Skipped != nil:
			suite.Skipped++
		}
		suite.Cases = append(suite.Cases, c)
	}
	stream := junitCase{Name: "stream"}
	if !o.stream {
		stream.Error = &junitResult{Message: visible.Line(o.words.NoStream(o.address, &o.last)), Type: string(o.last.Failure)}
	}
	add(stream)
	for _, f := range judge.Findings() {
		if c := o.findingCase(f.Code); o.stream || c.Failure != nil || c.Skipped != nil || c.Out != "" {
			add(c)
		}
	}
	for _, d := range o.others {
		c := junitCase{Name: d.name}
		if d.unmet != "" {
			c.Failure = &junitResult{Message: visible.Line(d.unmet), Type: d.name}
		}
		add(c)
	}
	out, err := xml.MarshalIndent(junitSuites{Suite: suite}, "", "  ")
	return append([]byte(xml.Header), append(out, '\n')...), err
}

// findingCase returns the test of the findings of a code.
func (o *outcome) findingCase(code string) junitCase {
	c := junitCase{Name: code}
	at := slices.IndexFunc(o.findings, func(f finding) bool { return f.Type == code })
	if at < 0 {
		return c
	}
	first := &o.findings[at]
	what := o.words.CheckEntry(code, o.problems())
	result := &junitResult{Message: visible.Line(o.words.Finding(&first.Record)), Type: code, Text: what}
	switch {
	case first.fails:
		c.Failure = result
	case first.state != newFinding:
		result.Message, result.Type = first.state+": "+result.Message, ""
		c.Skipped = result
	default:
		c.Out = what
	}
	return c
}
