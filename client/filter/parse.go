package filter

import (
	"errors"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"sseconsole/client/jq"
	"sseconsole/client/record"
)

// Code says what is wrong with a line.
type Code string

// The codes.
const (
	NoValue        Code = "no_value"        // a prefix such as type: has no value
	OpenQuote      Code = "open_quote"      // a quote is not closed
	OpenExpression Code = "open_expression" // a regular expression has no closing /
	BadExpression  Code = "bad_expression"  // a regular expression is invalid; Detail says why
	UnknownKind    Code = "unknown_kind"    // there is no kind with this name; Detail is the name
	BadJQ          Code = "bad_jq"          // a jq expression is invalid; Detail says why
	TooLong        Code = "too_long"        // the line is longer than MaxLine
	NotText        Code = "not_text"        // the line is not UTF-8
)

// MaxLine is the maximum length of a line in bytes.
const MaxLine = 8 << 10

// ParseError says what is wrong with a line, and where.
type ParseError struct {
	Code     Code
	From, To int    // the bytes of the line at fault
	Detail   string // in the words of the library
}

func (e *ParseError) Error() string {
	return "filter: " + strings.TrimSpace(string(e.Code)+" "+e.Detail)
}

// Parse parses a line. Its errors are of type *ParseError.
func Parse(line string) (*Filter, error) {
	if len(line) > MaxLine {
		return nil, &ParseError{Code: TooLong, To: len(line)}
	}
	if !utf8.ValidString(line) {
		return nil, &ParseError{Code: NotText, To: len(line)}
	}
	p := parser{line: line}
	f := &Filter{line: line}
	for p.skipSpace(); p.at < len(line); p.skipSpace() {
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		f.terms = append(f.terms, t)
	}
	return f, nil
}

// parser reads a line from left to right.
type parser struct {
	line string
	at   int
}

func (p *parser) rest() string { return p.line[p.at:] }

func (p *parser) skipSpace() {
	p.at += len(p.rest()) - len(strings.TrimLeft(p.rest(), " \t\r\n\u3000"))
}

// word consumes the text up to the next space.
func (p *parser) word() string {
	rest := p.rest()
	if i := strings.IndexAny(rest, " \t\r\n\u3000"); i >= 0 {
		rest = rest[:i]
	}
	p.at += len(rest)
	return rest
}

func (p *parser) fail(code Code, from int, detail string) (term, error) {
	return term{}, &ParseError{Code: code, From: from, To: max(p.at, from), Detail: detail}
}

func (p *parser) take(prefix string) bool {
	if !strings.HasPrefix(p.rest(), prefix) {
		return false
	}
	p.at += len(prefix)
	return true
}

// term parses the next term. A single minus is text.
func (p *parser) term() (term, error) {
	start := p.at
	if p.take("-") && !strings.HasPrefix(p.line[p.at:]+" ", " ") {
		t, err := p.positive()
		t.negated = true
		return t, err
	}
	p.at = start
	return p.positive()
}

func (p *parser) positive() (term, error) {
	start := p.at
	if p.take("jq:") {
		return p.jq(start)
	}
	if p.take("kind:") {
		return p.kind(start)
	}
	for prefix, field := range map[string]Field{"type:": Type, "client:": Client, "id:": ID, "target:": Target} {
		if p.take(prefix) {
			return p.value(start, field)
		}
	}
	return p.value(start, Anywhere)
}

func (p *parser) jq(start int) (term, error) {
	expr := strings.TrimSpace(p.rest())
	from := p.at + strings.Index(p.rest(), expr)
	p.at = len(p.line)
	if expr == "" {
		return p.fail(NoValue, start, "")
	}
	q, err := newQuery(expr)
	if err != nil {
		var wrong *jq.SyntaxError
		if errors.As(err, &wrong) {
			from += wrong.From
		}
		return p.fail(BadJQ, from, err.Error())
	}
	return term{jq: q}, nil
}

func (p *parser) kind(start int) (term, error) {
	from := p.at
	names := strings.Split(p.word(), ",")
	var any []func(kind, call record.Kind) bool
	for _, name := range names {
		has, ok := kindsNamed(strings.ToLower(name))
		switch {
		case name == "" && len(names) == 1:
			return p.fail(NoValue, start, "")
		case name == "": // nothing before or after a comma: the user is still typing
			continue
		case !ok:
			return p.fail(UnknownKind, from, name)
		}
		any = append(any, has)
	}
	return term{kinds: func(kind, call record.Kind) bool {
		for _, has := range any {
			if has(kind, call) {
				return true
			}
		}
		return false
	}}, nil
}

// value parses the text, quoted text or regular expression to search for in a
// field.
func (p *parser) value(start int, field Field) (term, error) {
	t := term{field: field}
	switch {
	case strings.HasPrefix(p.rest(), "/"):
		return p.expression(t)
	case strings.HasPrefix(p.rest(), `"`):
		text, quoted, ok := p.quoted()
		if !ok {
			return p.fail(OpenQuote, start, "")
		}
		if field != Anywhere {
			t.text = whole(text, quoted)
		} else if text != "" {
			t.text = plain(text)
		} else {
			return p.fail(NoValue, start, "")
		}
		return t, nil
	}
	text := p.word()
	switch {
	case text == "":
		return p.fail(NoValue, start, "")
	case field == Anywhere:
		t.text = plain(text)
	default:
		t.text = whole(text, false)
	}
	return t, nil
}

// Quote returns text as a line says it whole, in quotes. text must be one line.
func Quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}

// quoted parses a text in quotes. If the closing quote is followed by more of the
// word, as in "price":100, the quotes are part of the text.
func (p *parser) quoted() (text string, quoted, ok bool) {
	start := p.at
	var b strings.Builder
	for p.at++; p.at < len(p.line); p.at++ {
		switch c := p.line[p.at]; {
		case c == '\\' && p.at+1 < len(p.line) && strings.IndexByte(`"\`, p.line[p.at+1]) >= 0:
			p.at++
			b.WriteByte(p.line[p.at])
		case c == '"':
			p.at++
			if p.word() == "" {
				return b.String(), true, true
			}
			return p.line[start:p.at], false, true
		default:
			b.WriteByte(c)
		}
	}
	return "", false, false
}

// expression parses a regular expression. It ends at the first / that is followed
// only by flags up to a space or the end, so /a/b/ can be a path.
func (p *parser) expression(t term) (term, error) {
	start := p.at
	for i := start + 1; i < len(p.line); i++ {
		switch p.line[i] {
		case '\\':
			i++
			continue
		case '/':
			p.at = i + 1
			flags := p.word()
			if strings.Trim(flags, "ims") != "" {
				continue
			}
			expr := p.line[start+1 : i]
			if expr == "" {
				return p.fail(NoValue, start, "")
			}
			if flags != "" {
				expr = "(?" + flags + ")" + expr
			}
			re, err := regexp.Compile(expr)
			if err != nil {
				detail := err.Error()
				var wrong *syntax.Error
				if errors.As(err, &wrong) {
					detail = wrong.Code.String() + ": " + wrong.Expr
				}
				return p.fail(BadExpression, start, detail)
			}
			t.text = &pattern{part: necessary(expr), re: re}
			return t, nil
		}
	}
	p.at = len(p.line)
	return p.fail(OpenExpression, start, "")
}
