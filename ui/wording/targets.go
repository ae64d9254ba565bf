package wording

import (
	"errors"
	"strings"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/curl"
	"sseconsole/client/mask"
	"sseconsole/client/regularfile"
	"sseconsole/client/visible"
)

// Problem says what is wrong with a field.
func (w Words) Problem(p *endpoint.Problem) string {
	const long = 60
	value, why := p.Value, ""
	if runes := []rune(value); len(runes) > long {
		value = string(runes[:long]) + "…"
	}
	var refused *regularfile.Error
	if errors.As(p.Err, &refused) {
		why = w.FileError(refused)
	} else if p.Err != nil {
		why = strings.TrimPrefix(mask.Error(p.Err).Error(), "target: ")
	}
	text := w.T("target.problem."+string(p.Code), "Value", value)
	if why != "" {
		text += w.T("target.problem_why", "Why", why)
	}
	return text
}

// TargetError says why targets could not be read, saved or exchanged.
func (w Words) TargetError(err error) string {
	var file *endpoint.FileError
	var parse *endpoint.ParseError
	var problems endpoint.Problems
	var problem *endpoint.Problem
	var refused *regularfile.Error
	var newer *endpoint.NewerError
	switch {
	case errors.As(err, &newer):
		return w.T("target.newer", "Version", newer.Version)
	case errors.As(err, &file):
		return w.T("target.wrong_file", "Line", file.Line, "Column", file.Column, "Field", visible.Line(file.Problem.Field), "What", w.Problem(&file.Problem))
	case errors.As(err, &parse):
		code := endpoint.BadAddress
		switch parse.Reason {
		case endpoint.Empty:
			code = endpoint.Missing
		case endpoint.Scheme:
			code = endpoint.BadScheme
		case endpoint.NoHost:
			code = endpoint.HostMissing
		}
		return w.Problem(&endpoint.Problem{Code: code, Err: parse.Err})
	case errors.As(err, &problems):
		var lines []string
		for _, p := range problems {
			lines = append(lines, w.Labelled(visible.Line(p.Field), w.Problem(p)))
		}
		return strings.Join(lines, "\n")
	case errors.As(err, &problem):
		return w.Labelled(visible.Line(problem.Field), w.Problem(problem))
	case errors.As(err, &refused):
		return w.FileError(refused)
	}
	return w.T("target.failed", "Why", strings.TrimPrefix(mask.Error(err).Error(), "target: "))
}

// CurlError says why a curl command could not be read, or a target not be made from it.
func (w Words) CurlError(err error) string {
	if wrong, ok := errors.AsType[*curl.Error](err); ok {
		return strings.TrimSpace(w.T("curl.error."+string(wrong.Code), "Flag", wrong.Flag, "Detail", wrong.Detail))
	}
	return w.TargetError(err)
}

// CallError returns err in words if it concerns a target or the targets file, for use
// where no form shows it. It returns other errors unchanged.
func (w Words) CallError(err error) error {
	var file *endpoint.FileError
	var problems endpoint.Problems
	var problem *endpoint.Problem
	var refused *regularfile.Error
	switch {
	case errors.As(err, &file), errors.As(err, &refused):
		return errors.New(w.T("target.not_read", "Why", w.TargetError(err)))
	case errors.As(err, &problems), errors.As(err, &problem):
		return errors.New(w.TargetError(err))
	}
	return err
}
