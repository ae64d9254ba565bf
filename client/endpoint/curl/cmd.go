package curl

import "strings"

// isCmd reports whether a command is written for cmd of Windows, as browsers copy it:
// with ^" or a first line that ends in a caret.
func isCmd(text string) bool {
	_, args, _ := strings.Cut(text, " ")
	if strings.HasPrefix(strings.TrimLeft(args, " "), `^"`) {
		return true
	}
	return continues(text, " ^")
}

// continues reports whether the first line of a command ends in mark and is continued.
// A line within a quote of sh may end in it by chance.
func continues(text, mark string) bool {
	first, _, more := strings.Cut(text, "\n")
	first, marked := strings.CutSuffix(strings.TrimRight(first, "\r"), mark)
	return more && marked && (&words{text: first}).split() == nil
}

// splitCmd splits a command as cmd and then the C library of Windows would.
func splitCmd(text string) ([]string, error) {
	var line strings.Builder
	quoted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '"':
			quoted = !quoted
			line.WriteByte(c)
		case c == '^' && !quoted && i+1 < len(text):
			i++
			if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			if text[i] == '\n' { // the line continues, and its next byte is literal
				if i+1 < len(text) && (text[i+1] == '\n' || text[i+1] == '\r') {
					i++
					if text[i] == '\r' && i+1 < len(text) && text[i+1] == '\n' {
						i++
					}
					line.WriteByte('\n')
				}
				continue
			}
			line.WriteByte(text[i])
		case c == '\n' && !quoted:
			i = len(text)
		case c == '\r':
		default:
			line.WriteByte(c)
		}
	}
	return splitArgs(line.String())
}

// splitArgs splits a command line into arguments. Backslashes escape only before a
// quote, and two quotes within quotes are one.
func splitArgs(line string) ([]string, error) {
	var list []string
	var b strings.Builder
	quoted, started := false, false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			n := len(line[i:]) - len(strings.TrimLeft(line[i:], `\`))
			i += n - 1
			started = true
			if i+1 == len(line) || line[i+1] != '"' {
				b.WriteString(strings.Repeat(`\`, n))
				continue
			}
			b.WriteString(strings.Repeat(`\`, n/2))
			if n%2 == 1 {
				i++
				b.WriteByte('"')
			}
		case c == '"' && quoted && strings.HasPrefix(line[i+1:], `"`):
			i++
			b.WriteByte('"')
		case c == '"':
			quoted, started = !quoted, true
		case (c == ' ' || c == '\t') && !quoted:
			if started {
				list = append(list, b.String())
			}
			b.Reset()
			started = false
		default:
			b.WriteByte(c)
			started = true
		}
	}
	if quoted {
		return nil, &Error{Code: OpenQuote, Offset: len(line)}
	}
	if started {
		list = append(list, b.String())
	}
	return list, nil
}
