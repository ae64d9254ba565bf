package ui

import (
	"errors"
	"strings"

	"sseconsole/client/mask"
	"sseconsole/client/regularfile"
	"sseconsole/client/target"
)

// What can be wrong with a text before it is a value at all.
const (
	badDuration   target.ProblemCode = "bad_duration"    // no length of time
	badNumber     target.ProblemCode = "bad_number"      // no whole number
	noHeaderColon target.ProblemCode = "no_header_colon" // a line that is not "name: value"
	noParamEquals target.ProblemCode = "no_param_equals" // a line that is not "name=value"
)

// problem says what is wrong with a field.
func (w *words) problem(p *target.Problem) string {
	const long = 60
	value, why := p.Value, ""
	if runes := []rune(value); len(runes) > long {
		value = string(runes[:long]) + "…"
	}
	var refused *regularfile.Error
	if errors.As(p.Err, &refused) {
		why = w.fileError(refused)
	} else if p.Err != nil {
		why = strings.TrimPrefix(mask.Error(p.Err).Error(), "target: ")
	}
	text := w.T("target.problem."+string(p.Code), "Value", value)
	if why != "" {
		text += w.T("target.problem_why", "Why", why)
	}
	return text
}

// targetError says why targets could not be read, saved or exchanged.
func (w *words) targetError(err error) string {
	var file *target.FileError
	var parse *target.ParseError
	var problems target.Problems
	var problem *target.Problem
	var refused *regularfile.Error
	switch {
	case errors.As(err, &file):
		return w.T("target.wrong_file", "Line", file.Line, "Column", file.Column, "Field", file.Field, "What", w.problem(&file.Problem))
	case errors.As(err, &parse):
		code := target.BadAddress
		switch parse.Reason {
		case target.Empty:
			code = target.Missing
		case target.Scheme:
			code = target.BadScheme
		case target.NoHost:
			code = target.HostMissing
		}
		return w.problem(&target.Problem{Code: code, Err: parse.Err})
	case errors.As(err, &problems):
		var lines []string
		for _, p := range problems {
			lines = append(lines, p.Field+": "+w.problem(p))
		}
		return strings.Join(lines, "\n")
	case errors.As(err, &problem):
		return problem.Field + ": " + w.problem(problem)
	case errors.As(err, &refused):
		return w.fileError(refused)
	}
	return w.T("target.failed", "Why", strings.TrimPrefix(mask.Error(err).Error(), "target: "))
}
