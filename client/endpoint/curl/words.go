package curl

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// words splits a command as sh does. A shell variable without a value becomes the
// placeholder {{NAME}}.
type words struct {
	text   string
	at     int
	lookup func(string) (string, bool)
	known  map[string]string // assigned before the command
	list   []string
	names  []string // the variables without a value
	listed map[string]bool
	grown  int // total length of expanded variables in bytes
}

// maxExpanded bounds the total expansion of variables in bytes: each may contain the
// previous one twice, so a few lines could fill the memory.
const maxExpanded = 16 << 20

// split reads the words of one command, up to the character that ends it.
func (w *words) split() error {
	for {
		w.blanks()
		if w.at == len(w.text) || strings.IndexByte("\n;|&<>()", w.text[w.at]) >= 0 {
			return nil
		}
		if w.text[w.at] == '#' {
			w.at = w.lineEnd()
			return nil
		}
		start := w.at
		word, err := w.word()
		if err != nil {
			return err
		}
		if w.at < len(w.text) && strings.IndexByte("<>", w.text[w.at]) >= 0 && isDigits(w.text[start:w.at]) {
			w.at = start // the number of a redirection
			return nil
		}
		w.list = append(w.list, word)
	}
}

// command reads the words of the command that follows assignments, on the same
// line or later ones. Strictly speaking, sh does not expand variables assigned
// on the same line; but whoever wrote it surely meant that.
func (w *words) command() error {
	for {
		w.blanks()
		at, names := w.at, len(w.names)
		size := variable(w.text[at:])
		if size == 0 || !strings.HasPrefix(w.text[at+size:], "=") {
			return w.split()
		}
		w.at += size + 1
		value, err := w.word()
		if err != nil {
			return err
		}
		w.known[w.text[at:at+size]] = value
		for _, name := range w.names[names:] {
			delete(w.listed, name)
		}
		w.names = w.names[:names]
		for w.at < len(w.text) && strings.IndexByte(" \t\r\n;", w.text[w.at]) >= 0 {
			w.at++
		}
	}
}

func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

func (w *words) lineEnd() int {
	if i := strings.IndexByte(w.text[w.at:], '\n'); i >= 0 {
		return w.at + i
	}
	return len(w.text)
}

// continued returns the length of a backslash followed by a line break, or 0 if
// there is none.
func (w *words) continued() int {
	for _, s := range []string{"\\\n", "\\\r\n"} {
		if strings.HasPrefix(w.text[w.at:], s) {
			return len(s)
		}
	}
	return 0
}

func (w *words) blanks() {
	for w.at < len(w.text) {
		n := w.continued()
		if n == 0 && strings.IndexByte(" \t\r", w.text[w.at]) >= 0 {
			n = 1
		}
		if n == 0 && strings.HasPrefix(w.text[w.at:], "\u00a0") { // as copied from web pages
			n = len("\u00a0")
		}
		if n == 0 {
			return
		}
		w.at += n
	}
}

func (w *words) word() (string, error) {
	var b strings.Builder
	for w.at < len(w.text) {
		if n := w.continued(); n > 0 {
			w.at += n
			continue
		}
		switch c := w.text[w.at]; {
		case strings.IndexByte(" \t\r\n;|&<>()", c) >= 0 || strings.HasPrefix(w.text[w.at:], "\u00a0"):
			return b.String(), nil
		case c == '\\':
			w.at++
			if w.at < len(w.text) {
				b.WriteByte(w.text[w.at])
				w.at++
			}
		case c == '\'':
			end := strings.IndexByte(w.text[w.at+1:], '\'')
			if end < 0 {
				return "", &Error{Code: OpenQuote, Offset: w.at}
			}
			b.WriteString(w.text[w.at+1 : w.at+1+end])
			w.at += end + 2
		case c == '"':
			if err := w.quoted(&b); err != nil {
				return "", err
			}
		case c == '$' || c == '`':
			if err := w.dollar(&b, false); err != nil {
				return "", err
			}
		default:
			b.WriteByte(c)
			w.at++
		}
	}
	return b.String(), nil
}

// quoted reads a text in double quotes.
func (w *words) quoted(b *strings.Builder) error {
	start := w.at
	w.at++
	for w.at < len(w.text) {
		if n := w.continued(); n > 0 {
			w.at += n
			continue
		}
		switch c := w.text[w.at]; {
		case c == '"':
			w.at++
			return nil
		case c == '\\' && w.at+1 < len(w.text) && strings.IndexByte("\\\"$`", w.text[w.at+1]) >= 0:
			b.WriteByte(w.text[w.at+1])
			w.at += 2
		case c == '$' || c == '`':
			if err := w.dollar(b, true); err != nil {
				return err
			}
		default:
			b.WriteByte(c)
			w.at++
		}
	}
	return &Error{Code: OpenQuote, Offset: start}
}

// dollar reads an expansion, which begins with $ or a backtick.
func (w *words) dollar(b *strings.Builder, quoted bool) error {
	rest := w.text[w.at+1:]
	switch {
	case w.text[w.at] == '`', strings.HasPrefix(rest, "("):
		return &Error{Code: Substitution, Offset: w.at}
	case strings.HasPrefix(rest, "'") && !quoted:
		return w.ansi(b)
	case strings.HasPrefix(rest, "\"") && !quoted:
		w.at++
		return w.quoted(b)
	case strings.HasPrefix(rest, "{"):
		name := rest[1 : 1+variable(rest[1:])]
		if name == "" || !strings.HasPrefix(rest[1+len(name):], "}") {
			return &Error{Code: Substitution, Offset: w.at}
		}
		if err := w.expand(b, name); err != nil {
			return err
		}
		w.at += len(name) + len("${}")
	case variable(rest) > 0:
		name := rest[:variable(rest)]
		if err := w.expand(b, name); err != nil {
			return err
		}
		w.at += len(name) + 1
	case rest != "" && strings.IndexByte("0123456789@*#?!-$", rest[0]) >= 0:
		return &Error{Code: Substitution, Offset: w.at}
	default:
		b.WriteByte('$')
		w.at++
	}
	return nil
}

// variable returns the length of the variable name at the beginning of s.
func variable(s string) int {
	for i, c := range []byte(s) {
		if c != '_' && (c|0x20 < 'a' || c|0x20 > 'z') && (i == 0 || c < '0' || c > '9') {
			return i
		}
	}
	return len(s)
}

func (w *words) expand(b *strings.Builder, name string) error {
	value, found := w.known[name]
	if !found && w.lookup != nil {
		value, found = w.lookup(name)
	}
	if w.grown += len(value); w.grown > maxExpanded {
		return &Error{Code: TooLong, Offset: w.at}
	}
	if found {
		b.WriteString(value)
		return nil
	}
	if !w.listed[name] {
		if w.listed == nil {
			w.listed = make(map[string]bool)
		}
		w.listed[name] = true
		w.names = append(w.names, name)
	}
	b.WriteString("{{" + name + "}}")
	return nil
}

// ansi reads $'...'.
func (w *words) ansi(b *strings.Builder) error {
	start := w.at
	w.at += 2
	for w.at < len(w.text) {
		c := w.text[w.at]
		w.at++
		switch {
		case c == '\'':
			return nil
		case c != '\\':
			b.WriteByte(c)
		case w.at == len(w.text):
			return &Error{Code: OpenQuote, Offset: start}
		default:
			w.escape(b)
		}
	}
	return &Error{Code: OpenQuote, Offset: start}
}

// escape reads what follows a backslash in $'...'.
func (w *words) escape(b *strings.Builder) {
	c := w.text[w.at]
	if i := strings.IndexByte("abefnrtvE", c); i >= 0 {
		b.WriteByte("\a\b\x1b\f\n\r\t\v\x1b"[i])
		w.at++
		return
	}
	number := func(start, longest, base int) (uint64, int) {
		end := start
		for end < len(w.text) && end < start+longest {
			if _, err := strconv.ParseUint(w.text[end:end+1], base, 8); err != nil {
				break
			}
			end++
		}
		n, err := strconv.ParseUint(w.text[start:end], base, 64)
		if err != nil {
			return 0, start
		}
		return n, end
	}
	switch {
	case c >= '0' && c <= '7':
		n, end := number(w.at, 3, 8)
		b.WriteByte(byte(n))
		w.at = end
	case c == 'x' || c == 'u' || c == 'U':
		longest := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
		n, end := number(w.at+1, longest, 16)
		switch {
		case end == w.at+1:
			b.WriteString("\\" + string(rune(c)))
		case c == 'x':
			b.WriteByte(byte(n))
		default:
			b.Write(utf8.AppendRune(nil, rune(min(n, utf8.MaxRune+1))))
		}
		w.at = end
	case c == '\\' || c == '\'' || c == '"' || c == '?':
		b.WriteByte(c)
		w.at++
	default:
		b.WriteString("\\")
	}
}
