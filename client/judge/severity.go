package judge

import "sync"

// Severity is how much a finding matters. A higher value matters more.
type Severity uint8

// The severities. The zero value is none.
const (
	Advice  Severity = iota + 1 // something could be better, or may be intended
	Warning                     // a client will lose or misread something under usual conditions
	Error                       // a client loses or misreads something, or will
)

// String returns the severity's name in files and on the command line.
func (s Severity) String() string {
	switch s {
	case Advice:
		return "advice"
	case Warning:
		return "warning"
	case Error:
		return "error"
	}
	return ""
}

// Mark returns the shape shown before the severity's name, so that colour is not the
// only sign.
func (s Severity) Mark() string {
	switch s {
	case Advice:
		return "◇"
	case Warning:
		return "⚠"
	case Error:
		return "✗"
	}
	return ""
}

// SeverityOf returns the severity of a code, the Type of a Problem record. A code
// that this version does not know, as in a file of a newer one, is a Warning.
func SeverityOf(code string) Severity {
	if s, ok := severities()[code]; ok {
		return s
	}
	return Warning
}

// severities returns the severities of all findings, by code.
var severities = sync.OnceValue(func() map[string]Severity {
	of := make(map[string]Severity)
	for _, f := range findings() {
		of[f.finding.Code] = f.finding.Severity
	}
	return of
})
