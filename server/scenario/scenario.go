package scenario

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"sseconsole/server/fault"
	"sseconsole/server/message"
)

// Scenario is a list of steps. [Parse] and [Repeat] return one.
type Scenario struct {
	Title   string // in English; may be empty
	TitleZH string // in Chinese; may be empty
	Lines   int    // number of lines of the text

	steps    []step
	repeated bool // made by [Repeat]
}

// Steps returns the number of steps. A step in a loop counts once.
func (sc *Scenario) Steps() int { return len(sc.steps) }

// Bounds of a scenario. Recorded streams have long lines and many steps.
const (
	maxLine  = 64 << 20
	maxSteps = 1_000_000
)

// Error is a mistake in a scenario.
type Error struct {
	Line int    // from 1
	Code string // one of the constants
	Text string // what was found, or what is allowed
}

// Codes of an Error.
const (
	BadStep     = "step"     // unknown step
	BadText     = "text"     // text that is not quoted as in Go
	BadArgument = "argument" // missing, superfluous or invalid argument
	BadDuration = "duration" // invalid duration
	BadFault    = "fault"    // invalid fault
	BadLoop     = "loop"     // repeat without end, or end without repeat
	BadLength   = "length"   // too long a line, or too many steps
	BadEncoding = "encoding" // not UTF-8
)

func (e *Error) Error() string {
	return fmt.Sprintf("server: scenario: line %d: %s: %s", e.Line, e.Code, e.Text)
}

// step is one step. Which fields are used depends on do.
type step struct {
	line int
	do   stepKind

	message message.Message // of send; its texts may contain placeholders
	raw     []byte
	least   time.Duration // of wait, which takes a random time from least to most
	most    time.Duration
	fault   fault.Fault
	to      []string // nil means the recipients of Play
	count   int      // of repeat; 0 means for ever
}

type stepKind uint8

const (
	doSend stepKind = iota
	doRaw
	doWait
	doFault
	doClear
	doTo
	doClose
	doDrop
	doRepeat
	doEnd
)

// Parse reads a scenario from r. If there is a mistake in it, the error is an [*Error].
func Parse(r io.Reader) (*Scenario, error) {
	sc := &Scenario{}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	var loops []int // line numbers of the open loops
	for lines.Scan() {
		sc.Lines++
		line := lines.Text()
		if sc.Lines == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		line = strings.TrimSpace(line)
		if title, ok := strings.CutPrefix(line, "title:"); ok {
			sc.Title = strings.TrimSpace(title)
			continue
		}
		if title, ok := strings.CutPrefix(line, "title-zh:"); ok {
			sc.TitleZH = strings.TrimSpace(title)
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		st, bad := parseStep(line)
		if bad == nil && len(sc.steps) >= maxSteps {
			bad = &Error{Code: BadLength, Text: fmt.Sprintf("more than %d steps", maxSteps)}
		}
		if bad == nil {
			st.line = sc.Lines
			switch st.do {
			case doRepeat:
				loops = append(loops, sc.Lines)
			case doEnd:
				if len(loops) == 0 {
					bad = &Error{Code: BadLoop, Text: "end without repeat"}
					break
				}
				loops = loops[:len(loops)-1]
			}
			sc.steps = append(sc.steps, st)
		}
		if bad != nil {
			bad.Line = sc.Lines
			return nil, bad
		}
	}
	switch {
	case lines.Err() == bufio.ErrTooLong:
		return nil, &Error{sc.Lines + 1, BadLength, fmt.Sprintf("a line of more than %d bytes", maxLine)}
	case lines.Err() != nil:
		return nil, fmt.Errorf("server: scenario: %w", lines.Err())
	case len(loops) > 0:
		return nil, &Error{loops[len(loops)-1], BadLoop, "repeat without end"}
	}
	return sc, nil
}

func parseStep(line string) (st step, bad *Error) {
	if !utf8.ValidString(line) {
		return st, &Error{Code: BadEncoding, Text: strconv.Quote(message.Beginning(line))}
	}
	words, err := fault.SplitWords(line)
	if err != nil {
		return st, &Error{Code: BadText, Text: err.Error()}
	}
	name, args := words[0].Text, words[1:]
	argument := func(text string) *Error { return &Error{Code: BadArgument, Text: name + ": " + text} }
	none := func(do stepKind) (step, *Error) {
		if len(args) > 0 {
			return st, argument("takes no arguments")
		}
		return step{do: do}, nil
	}
	if words[0].Name != "" || words[0].Quoted {
		name = line
	}
	switch name {
	case "send":
		return parseSend(args)
	case "raw":
		if len(args) != 1 || args[0].Name != "" || !args[0].Quoted {
			return st, argument(`takes one text in quotes, such as "data: hello\n\n"`)
		}
		return step{do: doRaw, raw: []byte(args[0].Text)}, nil
	case "wait":
		return parseWait(args)
	case "fault":
		f, err := fault.FromWords(args)
		if err != nil {
			return st, &Error{Code: BadFault, Text: err.Error()}
		}
		return step{do: doFault, fault: f}, nil
	case "clear":
		return none(doClear)
	case "to":
		return parseTo(args)
	case "close":
		return none(doClose)
	case "drop":
		return none(doDrop)
	case "repeat":
		st = step{do: doRepeat}
		if len(args) == 0 {
			return st, nil
		}
		st.count, err = strconv.Atoi(args[0].Text)
		if len(args) > 1 || err != nil || st.count < 1 {
			return st, argument("takes a number from 1, or nothing for an endless loop")
		}
		return st, nil
	case "end":
		return none(doEnd)
	}
	return st, &Error{Code: BadStep, Text: message.Beginning(name)}
}

func parseSend(args []fault.Word) (st step, bad *Error) {
	argument := func(text string) *Error { return &Error{Code: BadArgument, Text: "send: " + text} }
	m := message.Message{NoData: true}
	for _, a := range args {
		switch a.Name {
		case "":
			if !m.NoData {
				return st, argument("a text of several words needs quotes")
			}
			m.Data, m.NoData = a.Text, false
		case "type":
			m.Type = a.Text
		case "id":
			m.ID = a.Text
		case "comment":
			m.Comment = a.Text
		case "retry":
			d, err := time.ParseDuration(a.Text)
			if err != nil || d <= 0 {
				return st, &Error{Code: BadDuration, Text: strconv.Quote(message.Beginning(a.Text))}
			}
			m.Retry = d
		default:
			return st, argument(fmt.Sprintf("there is no %q; the names are type, id, comment, retry", a.Name))
		}
	}
	if m.NoData && m.Comment == "" && m.Retry == 0 {
		return st, argument("needs a text, a comment or a retry")
	}
	if err := m.Check(); err != nil {
		return st, argument(strings.TrimPrefix(err.Error(), "server: "))
	}
	return step{do: doSend, message: m}, nil
}

func parseWait(args []fault.Word) (st step, bad *Error) {
	if len(args) != 1 && len(args) != 2 {
		return st, &Error{Code: BadArgument, Text: "wait: takes one duration such as 100ms, or two for a random one between them"}
	}
	var times []time.Duration
	for _, a := range args {
		d, err := time.ParseDuration(a.Text)
		if a.Name != "" || err != nil || d < 0 {
			return st, &Error{Code: BadDuration, Text: strconv.Quote(message.Beginning(a.Text))}
		}
		times = append(times, d)
	}
	least, most := times[0], times[len(times)-1]
	if most < least {
		return st, &Error{Code: BadArgument, Text: "wait: the second duration is shorter than the first"}
	}
	return step{do: doWait, least: least, most: most}, nil
}

func parseTo(args []fault.Word) (st step, bad *Error) {
	st.do = doTo
	if len(args) == 1 && args[0].Text == message.Everybody && !args[0].Quoted {
		return st, nil
	}
	for _, a := range args {
		if why := message.CheckClientID(a.Text); a.Name != "" || why != "" {
			return st, &Error{Code: BadArgument, Text: "to: a clientId " + why}
		}
		st.to = append(st.to, a.Text)
	}
	if st.to == nil {
		return st, &Error{Code: BadArgument, Text: "to: takes clientIds, or * for everybody"}
	}
	return st, nil
}
