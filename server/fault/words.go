package fault

import (
	"fmt"
	"strconv"
	"strings"
)

// Word is a word of a line: text or name=text. Text is quoted as in Go, or ends at the
// next space.
type Word struct {
	Name   string // empty if there is none
	Text   string // without quotes
	Quoted bool
}

// SplitWords splits a line into words.
func SplitWords(line string) (words []Word, err error) {
	for line = strings.TrimLeft(line, " \t"); line != ""; line = strings.TrimLeft(line, " \t") {
		var w Word
		if i := strings.IndexAny(line, "= \t\"`"); i > 0 && line[i] == '=' {
			w.Name, line = line[:i], line[i+1:]
		}
		if line != "" && (line[0] == '"' || line[0] == '`') {
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				return nil, fmt.Errorf("%s has no closing quote, or an invalid escape", line)
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
