package jq

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// Bounds of a regular expression.
const (
	maxRegexp       = 1 << 10 // bytes
	maxInstructions = 20_000
)

// expression holds what the cost of a regular expression depends on.
type expression struct {
	instructions float64
	groups       float64
	re           *regexp.Regexp
}

// match charges for matching a regular expression with v. For each match gojq
// counts all characters before it.
func (m *machine) match(v, pattern, flags, testing any) {
	s, ok := v.(string)
	p, ok2 := pattern.(string)
	if !ok || !ok2 {
		return
	}
	f, _ := flags.(string)
	e := m.expression(p, f)
	if e == nil || m.meter.stopped != nil {
		return
	}
	m.meter.spend(e.instructions * float64(len(s)))
	matches := 1.0
	each := (e.groups + 1) * (float64(len(s))/2 + 1000)
	if strings.Contains(f, "g") && testing != true && m.meter.stopped == nil {
		most := int(m.meter.left/each) + 1
		matches = float64(len(e.re.FindAllStringIndex(s, most)))
	}
	if testing != true {
		m.meter.spend(matches * each)
	}
}

// expression returns the properties of a regular expression, or nil if it is invalid.
func (m *machine) expression(pattern, flags string) *expression {
	key := [2]string{pattern, flags}
	if e, ok := m.regexps[key]; ok {
		return e
	}
	if len(pattern) > maxRegexp || len(flags) > 16 {
		m.meter.stop(TooBig)
		return nil
	}
	whole := pattern
	if strings.Contains(flags, "i") {
		whole = "(?i)" + whole
	}
	if strings.Contains(flags, "m") {
		whole = "(?s)" + whole
	}
	parsed, err := syntax.Parse(whole, syntax.Perl)
	if err != nil {
		m.meter.spend(objectSize + float64(len(pattern)))
		return nil // gojq reports the error
	}
	e := &expression{instructions: instructions(parsed), groups: float64(parsed.MaxCap())}
	if e.instructions > maxInstructions {
		m.meter.stop(TooBig)
		return nil
	}
	m.meter.spend(400 * e.instructions) // gojq compiles it twice
	if e.re, err = regexp.Compile(whole); err != nil {
		return nil
	}
	m.regexps[key] = e
	return e
}

// instructions estimates the number of instructions that a regular expression is
// compiled to.
func instructions(re *syntax.Regexp) float64 {
	n := 2.0
	for _, sub := range re.Sub {
		n += instructions(sub)
	}
	switch re.Op {
	case syntax.OpLiteral:
		n += float64(len(re.Rune))
	case syntax.OpRepeat:
		n *= float64(max(1, re.Min, re.Max))
	}
	return n
}
