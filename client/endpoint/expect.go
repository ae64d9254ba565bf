package endpoint

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"sseconsole/client/jq"
)

// Expect says which answers to a send or close are a success. For the zero
// value these are all 2xx.
type Expect struct {
	Status string `json:"status,omitempty"` // a list such as "2xx 304 400-404"; "" means 2xx
	JQ     string `json:"jq,omitempty"`     // a jq expression for the JSON answer; success unless its first result is false or null, or it has none
}

// Verdict says whether an answer is as expected and, if not, why.
type Verdict string

// The verdicts.
const (
	Expected         Verdict = ""
	UnexpectedStatus Verdict = "status"
	NoJSON           Verdict = "no_json"   // there is a jq expression, but the answer is not JSON
	Refused          Verdict = "jq"        // the result is false or null, or there is none
	QueryFailed      Verdict = "jq_failed" // the expression failed; the error says why
)

const longestQuery = time.Second

// Judge returns whether an answer is a success. If body is cut off, it is not
// JSON. The error has details about NoJSON and QueryFailed.
func (e Expect) Judge(ctx context.Context, status int, body []byte) (Verdict, error) {
	ranges, err := e.statuses()
	if err != nil {
		return UnexpectedStatus, err
	}
	found := false
	for _, r := range ranges {
		found = found || r[0] <= status && status <= r[1]
	}
	if !found {
		return UnexpectedStatus, nil
	}
	if strings.TrimSpace(e.JQ) == "" {
		return Expected, nil
	}
	query, err := jq.Compile(e.JQ)
	if err != nil {
		return QueryFailed, err
	}
	for result, err := range query.Run(ctx, longestQuery, string(body)) {
		switch {
		case errors.Is(err, jq.ErrNotJSON):
			return NoJSON, err
		case err != nil:
			return QueryFailed, err
		case result == nil || result == false:
			return Refused, nil
		}
		return Expected, nil
	}
	return Refused, nil
}

// statuses parses Status into ranges.
func (e Expect) statuses() ([][2]int, error) {
	var ranges [][2]int
	for _, word := range strings.FieldsFunc(e.Status, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' }) {
		first, last, isRange := strings.Cut(strings.ReplaceAll(strings.ToLower(word), "xx", "00"), "-")
		from, err := strconv.Atoi(first)
		to := from
		if strings.HasSuffix(strings.ToLower(word), "xx") {
			to = from + 99
		}
		if isRange && err == nil {
			to, err = strconv.Atoi(last)
			if strings.HasSuffix(strings.ToLower(word), "xx") {
				to += 99
			}
		}
		if err != nil || from < 100 || to > 599 || from > to {
			return nil, fmt.Errorf("%q is not a status", word)
		}
		ranges = append(ranges, [2]int{from, to})
	}
	if ranges == nil {
		ranges = [][2]int{{200, 299}}
	}
	return ranges, nil
}

// Check returns what is wrong with e.
func (e Expect) Check() []*Problem {
	var problems []*Problem
	if _, err := e.statuses(); err != nil {
		problems = append(problems, &Problem{"status", BadStatus, e.Status, nil})
	}
	if strings.TrimSpace(e.JQ) != "" {
		if _, err := jq.Compile(e.JQ); err != nil {
			problems = append(problems, &Problem{"jq", BadQuery, e.JQ, withoutPosition(err)})
		}
	}
	return problems
}

// withoutPosition returns the first line of a jq error.
func withoutPosition(err error) error {
	text, _, _ := strings.Cut(err.Error(), "\n")
	return errors.New(text)
}
