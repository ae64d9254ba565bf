package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/regularfile"
	"sseconsole/ui/wording"
)

// demands are what a check has to meet, beside that there is a stream.
type demands struct {
	failOn    judge.Severity // of findings that fail it, and those that are more severe
	ignored   []string       // the codes of findings that do not
	baseline  string         // a file with what an earlier check found; "" is none
	known     []string       // the codes in it
	minEvents int64
	until     until
}

func (d *demands) options() []*option {
	d.failOn = judge.Warning
	severities := []judge.Severity{judge.Error, judge.Warning, judge.Advice}
	failOn := newOption("fail-on", "SEVERITY", "fail at findings of this severity and above: error, warning (default) or advice", func(s string) error {
		at := slices.IndexFunc(severities, func(v judge.Severity) bool { return v.String() == s })
		if at < 0 {
			return fmt.Errorf("want one of %v", severities)
		}
		d.failOn = severities[at]
		return nil
	})
	for _, s := range severities {
		failOn.choices = append(failOn.choices, s.String())
	}
	var codes []string
	for _, f := range judge.Findings() {
		codes = append(codes, f.Code)
	}
	return []*option{
		failOn,
		newOption("ignore", "CODE", "do not fail at findings with this code (docs/findings.md); may be repeated", func(s string) error {
			d.ignored = append(d.ignored, s)
			if !slices.Contains(codes, s) {
				return errors.New("want the code of a finding" + didYouMean("", s, codes))
			}
			return nil
		}).offering(codes...),
		text(&d.baseline, "baseline", "FILE", "do not fail at findings with a code that this output of an earlier check -json has"),
		newOption("min-events", "N", "fail if fewer events came", func(s string) (err error) {
			if d.minEvents, err = strconv.ParseInt(s, 10, 64); err != nil || d.minEvents < 1 {
				return errors.New("want a number from 1")
			}
			return nil
		}),
		d.until.option("end after the first event whose data this jq expression is true of; fail if none comes"),
	}
}

// maxBaseline bounds the file of a baseline. A finding takes less than 2 KiB.
const maxBaseline = 16 << 20

// read reads the baseline, if there is one.
func (d *demands) read(words wording.Words) error {
	if d.baseline == "" {
		return nil
	}
	data, err := regularfile.Read(d.baseline, maxBaseline)
	if err != nil {
		return usageError("-baseline: " + words.OpenError(err))
	}
	lines := record.NewReader(bytes.NewReader(data), 0)
	for {
		r, err := lines.Read()
		switch {
		case err == nil && r.Kind == record.Problem:
			d.known = append(d.known, r.Type)
		case err == nil:
			return usageError("-baseline: " + words.T("check.no_baseline"))
		case err != io.EOF:
			return usageError("-baseline: " + words.OpenError(err))
		case lines.Skipped().Records == 0: // the verdict is one that no reader of records knows
			return usageError("-baseline: " + words.T("check.no_baseline"))
		default:
			return nil
		}
	}
}

// What a demand says of a finding: it is new, known from the baseline, or ignored.
const (
	newFinding     = "new"
	knownFinding   = "known"
	ignoredFinding = "ignored"
)

// finding is a Problem, and whether it fails the check.
type finding struct {
	record.Record
	state string
	known bool // the baseline has it, whatever its state
	fails bool
}

// weigh says of each problem whether it fails the check.
func (d *demands) weigh(problems []record.Record) []finding {
	var list []finding
	for _, p := range problems {
		f := finding{Record: p, state: newFinding, known: slices.Contains(d.known, p.Type)}
		switch {
		case slices.Contains(d.ignored, p.Type):
			f.state = ignoredFinding
		case f.known:
			f.state = knownFinding
		default:
			f.fails = judge.SeverityOf(p.Type) >= d.failOn
		}
		list = append(list, f)
	}
	return list
}

// demanded is a demand beside the findings, and in words what is amiss; "" if it is
// met.
type demanded struct{ name, unmet string }

// others returns the demands beside the findings, for a stream of so many events.
func (d *demands) others(events int64, words wording.Words) (list []demanded) {
	if d.minEvents > 0 {
		few := demanded{name: "min-events"}
		if events < d.minEvents {
			few.unmet = words.T("check.too_few", "Events", words.Events(events), "N", d.minEvents)
		}
		list = append(list, few)
	}
	if d.until.of != nil {
		list = append(list, demanded{"until", d.until.missing(words)})
	}
	return list
}
