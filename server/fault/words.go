package fault

import (
	"fmt"
	"strconv"
	"strings"
)

// Word is one argument of a line in a scenario: a text, or name=text. A text is
// bare, up to the next space, or quoted as in Go.
type Word struct {
	Name   string // "" without one
	Text   string
	Quoted bool
}

// SplitWords splits a line at spaces.
func SplitWords(line string) (words []Word, err error) {
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		var w Word
		if i := strings.IndexAny(line, "= \t\"`"); i > 0 && line[i] == '=' {
			w.Name, line = line[:i], line[i+1:]
		}
		if line != "" && (line[0] == '"' || line[0] == '`') {
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				return nil, fmt.Errorf("%s has no end, or an escape that Go does not know", line)
			}
			w.Text, _ = strconv.Unquote(quoted)
			w.Quoted, line = true, line[len(quoted):]
			if line != "" && line[0] != ' ' && line[0] != '\t' {
				return nil, fmt.Errorf("a space must follow %s", quoted)
			}
		} else {
			end := strings.IndexAny(line, " \t")
			if end < 0 {
				end = len(line)
			}
			w.Text, line = line[:end], line[end:]
		}
		words = append(words, w)
	}
	return words, nil
}
