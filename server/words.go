package server

import (
	"fmt"
	"strconv"
	"strings"
)

// word is one argument of a line in a scenario: a text, or name=text. A text is
// bare, up to the next space, or quoted as in Go.
type word struct {
	name   string // "" without one
	text   string
	quoted bool
}

// splitWords splits a line at spaces.
func splitWords(line string) (words []word, err error) {
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		var w word
		if i := strings.IndexAny(line, "= \t\"`"); i > 0 && line[i] == '=' {
			w.name, line = line[:i], line[i+1:]
		}
		if line != "" && (line[0] == '"' || line[0] == '`') {
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				return nil, fmt.Errorf("%s has no end, or an escape that Go does not know", line)
			}
			w.text, _ = strconv.Unquote(quoted)
			w.quoted, line = true, line[len(quoted):]
			if line != "" && line[0] != ' ' && line[0] != '\t' {
				return nil, fmt.Errorf("a space must follow %s", quoted)
			}
		} else {
			end := strings.IndexAny(line, " \t")
			if end < 0 {
				end = len(line)
			}
			w.text, line = line[:end], line[end:]
		}
		words = append(words, w)
	}
	return words, nil
}
