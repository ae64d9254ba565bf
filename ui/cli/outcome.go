package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"sseconsole/client"
	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording"
)

// outcome is what a check found out, and whether that is what it demands.
type outcome struct {
	words    wording.Words
	address  string // as it may be shown
	began    time.Time
	took     time.Duration
	status   client.Status
	stream   bool          // some connection was one
	last     record.Record // how the latest connection ended
	cuts     cuts
	findings []finding
	compared bool // with a baseline
	others   []demanded
}

// problems returns the records of all findings.
func (o *outcome) problems() (list []record.Record) {
	for _, f := range o.findings {
		list = append(list, f.Record)
	}
	return list
}

// failing returns how many findings fail the check.
func (o *outcome) failing() (n int) {
	for _, f := range o.findings {
		if f.fails {
			n++
		}
	}
	return n
}

// unmet returns what is demanded beside the findings and was not met.
func (o *outcome) unmet() (list []string) {
	for _, d := range o.others {
		if d.unmet != "" {
			list = append(list, d.unmet)
		}
	}
	return list
}

// err is nil if all demands are met. It is a noStreamError if there was no stream and
// nothing else to say of it.
func (o *outcome) err() error {
	failing := o.failing()
	if !o.stream && failing == 0 {
		return noStreamError(o.words.NoStream(o.address, &o.last))
	}
	var why []string
	if failing > 0 {
		why = append(why, o.words.Problems(int64(failing)))
	}
	if why = append(why, o.unmet()...); len(why) == 0 {
		return nil
	}
	return errors.New(strings.Join(why, "\n"))
}

// write prints the outcome, in text or as lines of JSON.
func (o *outcome) write(w io.Writer, asJSON bool) error {
	if asJSON {
		return o.writeJSON(w)
	}
	if !o.stream && len(o.findings) == 0 {
		return nil // the error says all
	}
	checked := wording.Checked{Address: o.address, Events: o.status.Events, Connections: o.status.Conn, Unmet: o.unmet()}
	for _, f := range o.findings {
		list := map[string]*[]record.Record{newFinding: &checked.Problems, knownFinding: &checked.Known, ignoredFinding: &checked.Ignored}[f.state]
		*list = append(*list, f.Record)
	}
	if !o.stream {
		checked.Refused = &o.last
	}
	checked.Cuts, checked.Longer = o.cuts.seldom()
	_, err := io.WriteString(w, o.words.Check(checked))
	return err
}

// explained is what a line of JSON says of a finding beside the fields of its record.
type explained struct {
	Severity string `json:"severity"`
	State    string `json:"state,omitempty"` // in a check: new, known or ignored
	Sentence string `json:"sentence"`
	Why      string `json:"why,omitempty"`
	Do       string `json:"do,omitempty"`
	Place    string `json:"place,omitempty"`
}

// findingLine returns a finding as a line of JSON.
func findingLine(p *record.Record, state string, words wording.Words) ([]byte, error) {
	more, err := line(explained{
		Severity: judge.SeverityOf(p.Type).String(), State: state,
		Sentence: words.Finding(p), Why: words.Why(p.Type), Do: words.Do(p.Type), Place: words.Place(p),
	})
	if err != nil {
		return nil, err
	}
	own := bytes.TrimSuffix(p.AppendNDJSON(nil), []byte("}\n"))
	more[0] = ','
	return visible.JSON(append(own, more...)), nil
}

// line returns v as a line of JSON, in which a URL is as it was given.
func line(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return b.Bytes(), err
}

// verdictLine is the last line of check -json. All before it are records of
// findings, which have another kind.
type verdictLine struct {
	Kind        string         `json:"kind"`    // verdict
	Verdict     string         `json:"verdict"` // met, or failed if a finding or a demand failed, or there was no stream
	Stream      bool           `json:"stream"`  // there was one to judge
	Failure     record.Failure `json:"failure,omitempty"`
	Why         string         `json:"why,omitempty"`          // there was no stream, in words
	Status      int            `json:"status,omitempty"`       // of the response that was none
	ContentType string         `json:"content_type,omitempty"` // of it
	RetryAfter  string         `json:"retry_after,omitempty"`  // of it, as it came
	Body        string         `json:"body,omitempty"`         // of it, the beginning, secrets masked
	Findings    int            `json:"findings"`               // as many lines are before this one
	Failing     int            `json:"failing,omitempty"`      // of them
	Unmet       []string       `json:"unmet,omitempty"`        // demands, in words
	Events      int64          `json:"events"`
	Connections int            `json:"connections"`
	URL         string         `json:"url"` // secrets masked
}

func (o *outcome) writeJSON(w io.Writer) error {
	for i, f := range o.findings {
		f.Seq = int64(i) + 1
		out, err := findingLine(&f.Record, f.state, o.words)
		if err != nil {
			return err
		}
		if _, err := w.Write(out); err != nil {
			return err
		}
	}
	last := verdictLine{
		Kind: "verdict", Verdict: "met", Stream: o.stream, Findings: len(o.findings), Failing: o.failing(), Unmet: o.unmet(),
		Events: o.status.Events, Connections: o.status.Conn, URL: o.address,
	}
	if o.err() != nil {
		last.Verdict = "failed"
	}
	if !o.stream {
		last.Failure, last.Why, last.Status, last.ContentType = o.last.Failure, o.words.NoStreamWhy(&o.last), o.last.Status, o.last.ContentType
		last.RetryAfter, last.Body = http.Header(o.last.Header).Get("Retry-After"), o.last.Data
	}
	out, err := line(last)
	if err != nil {
		return err
	}
	_, err = w.Write(visible.JSON(out))
	return err
}

// writeFiles writes the outcome to those files that are named.
func (o *outcome) writeFiles(junit, sarif string) error {
	for _, file := range []struct {
		flag, path string
		make       func() ([]byte, error)
	}{{"-junit", junit, o.junit}, {"-sarif", sarif, o.sarif}} {
		if file.path == "" {
			continue
		}
		data, err := file.make()
		if err != nil {
			return err
		}
		if err := os.WriteFile(file.path, data, 0o666); err != nil {
			return usageError(file.flag + ": " + err.Error())
		}
	}
	return nil
}
