package filter

import (
	"slices"

	"sseconsole/client/record"
)

// Kinds returns the words that may follow kind: the names of the groups, then of
// all kinds.
func Kinds() []string {
	var names []string
	for _, g := range groups() {
		names = append(names, g.name)
	}
	for k := record.Subscribe; k.String() != ""; k++ {
		names = append(names, k.String())
	}
	return names
}

// group is a named set of kinds.
type group struct {
	name string
	has  func(kind, call record.Kind) bool
}

func groups() []group {
	in := func(kinds ...record.Kind) func(kind, call record.Kind) bool {
		return func(kind, _ record.Kind) bool { return slices.Contains(kinds, kind) }
	}
	return []group{
		{"connection", func(kind, call record.Kind) bool {
			switch kind {
			case record.Subscribe, record.Open, record.End, record.Reconnect:
				return true
			}
			return (kind == record.Fail || kind == record.Redirect) && call == record.Subscribe
		}},
		{"call", func(kind, call record.Kind) bool {
			switch kind {
			case record.Send, record.Close, record.Answer:
				return true
			}
			return (kind == record.Fail || kind == record.Redirect) && call != record.Subscribe
		}},
		{"wire", in(record.Event, record.Comment, record.Retry, record.Cursor, record.Chunk, record.Text, record.Discarded)},
		{"finding", in(record.Problem, record.Difference)},
	}
}

// response is what the window calls an answer.
const response = "response"

// kindsNamed returns the kinds that one of Kinds, or response, stands for.
func kindsNamed(name string) (has func(kind, call record.Kind) bool, ok bool) {
	if name == response {
		name = record.Answer.String()
	}
	for _, g := range groups() {
		if g.name == name {
			return g.has, true
		}
	}
	for k := record.Subscribe; k.String() != ""; k++ {
		if k.String() == name {
			return func(kind, _ record.Kind) bool { return kind == k }, true
		}
	}
	return nil, false
}
