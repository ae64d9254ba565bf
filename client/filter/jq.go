package filter

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/itchyny/gojq"
)

// jqTime bounds what one record may cost.
const jqTime = 10 * time.Millisecond

// query is a jq expression.
type query struct{ code *gojq.Code }

// newQuery compiles an expression. It gets neither files nor the environment
// nor further input, since the compiler is given none.
func newQuery(expr string) (*query, error) {
	parsed, err := gojq.Parse(expr)
	if err != nil {
		return nil, err
	}
	code, err := gojq.Compile(parsed)
	if err != nil {
		return nil, err
	}
	return &query{code}, nil
}

// match tells whether data is JSON for which the expression gives something
// other than false and null.
func (q *query) match(data string) bool {
	value, ok := parseJSON(data)
	if !ok {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), jqTime)
	defer cancel()
	results := q.code.RunWithContext(ctx, value)
	for {
		result, more := results.Next()
		if !more {
			return false
		}
		switch result := result.(type) {
		case nil:
		case error:
			return false
		case bool:
			if result {
				return true
			}
		default:
			return true
		}
	}
}

// parseJSON returns the value that data is, with numbers of any size, and
// whether it is one.
func parseJSON(data string) (value any, ok bool) {
	if data = strings.TrimSpace(data); data == "" || !strings.ContainsRune(`{["-0123456789tfn`, rune(data[0])) {
		return nil, false
	}
	in := json.NewDecoder(strings.NewReader(data))
	in.UseNumber()
	if in.Decode(&value) != nil || in.InputOffset() != int64(len(data)) {
		return nil, false
	}
	return value, true
}
