package cli

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// The parts of SARIF 2.1.0 that an outcome has. The numbers in comments are sections
// of the standard.
type (
	sarifLog struct { // 3.13
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct { // 3.14
		Tool        sarifTool         `json:"tool"`
		Invocations []sarifInvocation `json:"invocations"`
		Results     []sarifResult     `json:"results"`
		ColumnKind  string            `json:"columnKind"`
	}
	sarifTool struct { // 3.18
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct { // 3.19
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct { // 3.49
		ID      string         `json:"id"`
		Short   sarifText      `json:"shortDescription"`
		Full    *sarifText     `json:"fullDescription,omitempty"`
		Help    *sarifText     `json:"help,omitempty"`
		Default sarifRuleLevel `json:"defaultConfiguration"`
	}
	sarifRuleLevel struct { // 3.50
		Level string `json:"level"`
	}
	sarifText struct { // 3.11, 3.12
		Text string `json:"text"`
	}
	sarifInvocation struct { // 3.20
		Successful    bool                `json:"executionSuccessful"`
		ExitCode      int                 `json:"exitCode"`
		Start         string              `json:"startTimeUtc"`
		End           string              `json:"endTimeUtc"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct { // 3.58
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct { // 3.27
		RuleID       string             `json:"ruleId"`
		RuleIndex    int                `json:"ruleIndex"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations"`
		Count        int64              `json:"occurrenceCount,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Baseline     string             `json:"baselineState,omitempty"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
	}
	sarifSuppression struct { // 3.35
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct { // 3.28
		Physical sarifPhysical `json:"physicalLocation"`
		Message  *sarifText    `json:"message,omitempty"`
	}
	sarifPhysical struct { // 3.29
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct { // 3.4
		URI string `json:"uri"`
	}
	sarifRegion struct { // 3.30, of the body of a connection
		ByteOffset int64     `json:"byteOffset"`
		ByteLength int       `json:"byteLength"`
		Snippet    sarifText `json:"snippet"`
	}
)

// sarif returns the outcome as SARIF 2.1.0: each finding that can be made and each
// further demand is a rule, and what failed or was found a result.
func (o *outcome) sarif() ([]byte, error) {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "SSE Console", Version: Version, Rules: []sarifRule{}}},
		Results:    []sarifResult{},
		ColumnKind: "unicodeCodePoints",
	}
	rules := &run.Tool.Driver.Rules
	index := map[string]int{}
	rule := func(r sarifRule) {
		index[r.ID] = len(*rules)
		*rules = append(*rules, r)
	}
	for _, f := range judge.Findings() {
		rule(sarifRule{
			ID: f.Code, Short: sarifText{o.words.Finding(&record.Record{Kind: record.Problem, Type: f.Code, Data: "…"})},
			Full: &sarifText{o.words.Why(f.Code)}, Help: &sarifText{o.words.Do(f.Code)}, Default: sarifRuleLevel{sarifLevel(f.Severity)},
		})
	}
	for _, f := range o.findings {
		result := sarifResult{
			RuleID: f.Type, RuleIndex: index[f.Type], Level: sarifLevel(judge.SeverityOf(f.Type)),
			Message: sarifText{visible.Line(o.words.Finding(&f.Record))}, Locations: o.sarifLocations(&f.Record),
			Count: f.Count, Fingerprints: map[string]string{"code/v1": f.Type},
		}
		if f.state == ignoredFinding {
			result.Suppressions = []sarifSuppression{{"external", "-ignore " + f.Type}}
		}
		run.Results = append(run.Results, result)
	}
	for _, d := range o.others {
		rule(sarifRule{ID: d.name, Short: sarifText{"-" + d.name}, Default: sarifRuleLevel{"error"}})
		if d.unmet != "" {
			run.Results = append(run.Results, sarifResult{
				RuleID: d.name, RuleIndex: index[d.name], Level: "error", Message: sarifText{visible.Line(d.unmet)},
				Locations: o.sarifLocations(nil), Fingerprints: map[string]string{"code/v1": d.name},
			})
		}
	}
	if o.compared { // then each result says it
		for i := range run.Results {
			run.Results[i].Baseline = "new"
			if i < len(o.findings) && o.findings[i].known {
				run.Results[i].Baseline = "unchanged"
			}
		}
	}
	invocation := sarifInvocation{
		Successful: o.stream, ExitCode: exitStatus(o.err()),
		Start: o.began.UTC().Format(time.RFC3339), End: o.began.Add(o.took).UTC().Format(time.RFC3339),
	}
	if !o.stream {
		invocation.Notifications = []sarifNotification{{"error", sarifText{visible.Line(o.words.NoStream(o.address, &o.last))}}}
	}
	run.Invocations = []sarifInvocation{invocation}
	out, err := json.MarshalIndent(sarifLog{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	}, "", "  ")
	return append(out, '\n'), err
}

// sarifLocations returns where a problem was seen, of nil the stream.
func (o *outcome) sarifLocations(p *record.Record) []sarifLocation {
	l := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{sarifURI(o.address)}}}
	if p != nil {
		if place := o.words.Place(p); place != "" {
			l.Message = &sarifText{place}
		}
		if len(p.Raw) > 0 {
			l.Physical.Region = &sarifRegion{p.Offset, len(p.Raw), sarifText{visible.Line(string(p.Raw))}}
		}
	}
	return []sarifLocation{l}
}

func sarifLevel(s judge.Severity) string {
	if s == judge.Advice {
		return "note"
	}
	return s.String()
}

// sarifURI returns an address, which may be no valid URI, as one.
func sarifURI(address string) string {
	var b strings.Builder
	for i, c := range []byte(address) {
		switch {
		case c == '%' && !isHex(address[i+1:]):
			b.WriteString("%25")
		case c <= ' ' || c > '~' || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// isHex reports whether a text begins with two hexadecimal digits.
func isHex(text string) bool {
	return len(text) >= 2 && strings.Trim(text[:2], "0123456789abcdefABCDEF") == ""
}
