package filter

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"
)

// pattern is a text to search for. A plain text is searched by part alone; others
// by a regular expression, and part is a text that every match contains.
type pattern struct {
	part needle
	re   *regexp.Regexp // nil for plain text
}

// in reports whether s matches.
func (p *pattern) in(s string) bool {
	if p.re == nil {
		return p.part.index(s) >= 0
	}
	if p.part.text != "" && p.part.index(s) < 0 {
		return false
	}
	return p.re.MatchString(s)
}

// find returns the first match in s, and whether there is one.
func (p *pattern) find(s string) (from, to int, ok bool) {
	if p.re != nil {
		if loc := p.re.FindStringIndex(s); loc != nil {
			return loc[0], loc[1], true
		}
		return 0, 0, false
	}
	from = p.part.index(s)
	return from, from + len(p.part.text), from >= 0
}

// plain returns the pattern for a text that may be anywhere. Without a capital
// letter it matches in any case.
func plain(text string) *pattern {
	fold := text == strings.ToLower(text)
	if fold && hasForeignCase(text) {
		re := regexp.MustCompile("(?i)" + regexp.QuoteMeta(text))
		return &pattern{part: necessary(re.String()), re: re}
	}
	return &pattern{part: newNeedle(text, fold)}
}

// whole returns the pattern for a text that must be the whole field. A * matches
// anything unless the text was quoted.
func whole(text string, quoted bool) *pattern {
	expr := regexp.QuoteMeta(text)
	if !quoted {
		expr = strings.ReplaceAll(expr, `\*`, `.*`)
	}
	flags := "(?s)"
	if text == strings.ToLower(text) {
		flags = "(?is)"
	}
	re := regexp.MustCompile(flags + `\A(?:` + expr + `)\z`)
	return &pattern{part: necessary(re.String()), re: re}
}

// hasForeignCase reports whether text has letters outside ASCII that have a case.
func hasForeignCase(text string) bool {
	for _, r := range text {
		if r >= utf8.RuneSelf && unicode.SimpleFold(r) != r {
			return true
		}
	}
	return false
}

// necessary returns a text that is part of every match of a regular expression, the
// longest that it can find.
func necessary(expr string) needle {
	tree, err := syntax.Parse(expr, syntax.Perl)
	if err != nil {
		return needle{}
	}
	return longest(tree.Simplify())
}

func longest(re *syntax.Regexp) (best needle) {
	switch re.Op {
	case syntax.OpLiteral:
		return longestLiteral(re.Rune, re.Flags&syntax.FoldCase != 0)
	case syntax.OpCapture, syntax.OpPlus:
		return longest(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return longest(re.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if n := longest(sub); len(n.text) > len(best.text) {
				best = n
			}
		}
	}
	return best
}

// longestLiteral returns the longest part of a literal that can be searched for
// bytewise. It leaves out U+FFFD, which also matches invalid UTF-8, and if case
// does not matter, letters with cases outside ASCII. K and S are among them: their
// cases include the Kelvin sign and the long s.
func longestLiteral(literal []rune, fold bool) (best needle) {
	for start := 0; start < len(literal); {
		end := start
		for end < len(literal) && steady(literal[end], fold) {
			end++
		}
		if text := string(literal[start:end]); len(text) > len(best.text) {
			best = newNeedle(text, fold)
		}
		start = end + 1
	}
	return best
}

func steady(r rune, fold bool) bool {
	if r == utf8.RuneError {
		return false
	}
	if !fold {
		return true
	}
	for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
		if other >= utf8.RuneSelf || r >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
