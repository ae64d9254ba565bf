package server

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// ParseFault reads a fault as a line of text: its kind, and what goes with it as
// name=value, such as
//
//	cut-after-events n=5 client=alice next=3
//
// The names are client, next, share, delay, jitter, n, status and retry-after;
// times are those of [time.ParseDuration]. Server.SetFault checks the rest.
func ParseFault(line string) (Fault, error) {
	words, err := splitWords(line)
	if err != nil {
		return Fault{}, fmt.Errorf("server: fault: %w", err)
	}
	f, err := faultOf(words)
	if err != nil {
		return Fault{}, fmt.Errorf("server: fault: %w", err)
	}
	return f, nil
}

func faultOf(words []word) (f Fault, err error) {
	if len(words) == 0 || words[0].name != "" {
		return f, fmt.Errorf("the kind is missing; the kinds are %s", kindList())
	}
	f.Kind = FaultKind(words[0].text)
	if !slices.Contains(FaultKinds(), f.Kind) {
		return f, fmt.Errorf("there is no kind %q; the kinds are %s", f.Kind, kindList())
	}
	for _, w := range words[1:] {
		switch w.name {
		case "client":
			f.ClientID = w.text
		case "next":
			f.Next, err = strconv.Atoi(w.text)
		case "share":
			f.Share, err = strconv.ParseFloat(w.text, 64)
		case "delay":
			f.Delay, err = time.ParseDuration(w.text)
		case "jitter":
			f.Jitter, err = time.ParseDuration(w.text)
		case "n":
			f.N, err = strconv.Atoi(w.text)
		case "status":
			f.Status, err = strconv.Atoi(w.text)
		case "retry-after":
			f.RetryAfter, err = time.ParseDuration(w.text)
		case "":
			return f, fmt.Errorf("%q is no name=value", w.text)
		default:
			return f, fmt.Errorf("there is no %q; the names are client, next, share, delay, jitter, n, status, retry-after", w.name)
		}
		if err != nil {
			return f, fmt.Errorf("%s=%s is no number or time such as 100ms", w.name, w.text)
		}
	}
	return f, f.check()
}

func kindList() string {
	var names []string
	for _, k := range FaultKinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// String is the line that ParseFault reads as f, without what the server set.
func (f Fault) String() string {
	var b strings.Builder
	b.WriteString(string(f.Kind))
	add := func(name string, set bool, value any) {
		if set {
			fmt.Fprintf(&b, " %s=%v", name, value)
		}
	}
	if f.ClientID != "" {
		text := f.ClientID
		if strings.ContainsAny(text, " \t\"`\\") {
			text = strconv.Quote(text)
		}
		add("client", true, text)
	}
	add("next", f.Next != 0, f.Next)
	add("share", f.Share != 0, f.Share)
	add("delay", f.Delay != 0, f.Delay)
	add("jitter", f.Jitter != 0, f.Jitter)
	add("n", f.N != 0, f.N)
	add("status", f.Status != 0, f.Status)
	add("retry-after", f.RetryAfter != 0, f.RetryAfter)
	return b.String()
}
