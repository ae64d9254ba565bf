package fault

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Parse parses a fault in the form of a line of text: its kind, followed by parameters
// as name=value, such as
//
//	cut-after-events n=5 client=alice next=3
//
// The names are client, next, share, delay, jitter, n, status and retry-after.
// Durations are in the form of [time.ParseDuration].
func Parse(line string) (Fault, error) {
	words, err := SplitWords(line)
	if err != nil {
		return Fault{}, fmt.Errorf("server: fault: %w", err)
	}
	f, err := FromWords(words)
	if err != nil {
		return Fault{}, fmt.Errorf("server: fault: %w", err)
	}
	return f, nil
}

// FromWords is like [Parse], for the words of a line. Its errors have no prefix.
func FromWords(words []Word) (f Fault, err error) {
	if len(words) == 0 || words[0].Name != "" {
		return f, fmt.Errorf("the kind is missing; the kinds are %s", kindList())
	}
	f.Kind = Kind(words[0].Text)
	if !slices.Contains(Kinds(), f.Kind) {
		return f, fmt.Errorf("there is no kind %q; the kinds are %s", f.Kind, kindList())
	}
	for _, w := range words[1:] {
		switch w.Name {
		case "client":
			f.ClientID = w.Text
		case "next":
			f.Next, err = strconv.Atoi(w.Text)
		case "share":
			f.Share, err = strconv.ParseFloat(w.Text, 64)
		case "delay":
			f.Delay, err = time.ParseDuration(w.Text)
		case "jitter":
			f.Jitter, err = time.ParseDuration(w.Text)
		case "n":
			f.N, err = strconv.Atoi(w.Text)
		case "status":
			f.Status, err = strconv.Atoi(w.Text)
		case "retry-after":
			f.RetryAfter, err = time.ParseDuration(w.Text)
		case "":
			return f, fmt.Errorf("%q does not have the form name=value", w.Text)
		default:
			return f, fmt.Errorf("there is no %q; the names are client, next, share, delay, jitter, n, status, retry-after", w.Name)
		}
		if err != nil {
			return f, fmt.Errorf("%s=%s is not a number, or not a duration such as 100ms", w.Name, w.Text)
		}
	}
	return f, f.check()
}

func kindList() string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

// String returns the line that Parse parses as f, without ID and Hits.
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
