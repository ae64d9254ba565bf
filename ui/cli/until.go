package cli

import (
	"errors"
	"fmt"

	"sseconsole/client/filter"
	"sseconsole/client/jq"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording"
)

// until waits for an event that a jq expression on its data is true of.
type until struct {
	of   *filter.Filter // nil: nothing is waited for
	came bool
}

// option returns the flag that sets the expression.
func (u *until) option(usage string) *option {
	return newOption("until", "JQ", usage, func(s string) error {
		const prefix = "kind:event jq:"
		return parseFilter(&u.of, prefix, s, "want a jq expression, such as '.done == true'")
	})
}

// parseFilter parses a line of the log's filter. Its error tells the place of the
// mistake and nothing of the line, which may hold a secret.
func parseFilter(to **filter.Filter, prefix, line, want string) (err error) {
	*to, err = filter.Parse(prefix + line)
	if wrong, ok := errors.AsType[*filter.ParseError](err); ok {
		return fmt.Errorf("%s; wrong at byte %d: %s", want, max(wrong.From-len(prefix), 0)+1, wrong.Code)
	}
	return err
}

// take reports whether r is the first event that is waited for.
func (u *until) take(r *record.Record) bool {
	if u.of == nil || u.came || r.Kind != record.Event || !u.of.Match(r) {
		return false
	}
	u.came = true
	return true
}

// missing says that no event came, "" if one did or none was waited for.
func (u *until) missing(words wording.Words) string {
	switch stopped := u.of.Stopped(); {
	case u.of == nil || u.came:
		return ""
	case stopped != nil:
		return words.T("until.stopped", "Why", stoppedJQ(stopped, words))
	}
	return words.T("until.missing")
}

// stoppedJQ says why an expression was stopped, and that it did not match then.
func stoppedJQ(stopped *jq.Stopped, words wording.Words) string {
	return words.T("filter.stopped."+string(stopped.Reason), "Detail", visible.Line(stopped.Detail))
}
