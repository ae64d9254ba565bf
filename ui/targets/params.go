package targets

import (
	"strings"

	"sseconsole/client/endpoint"
)

// paramForm is a text format for names and values, one per line. A line that begins
// with a tab continues the value before it. Its value is the separator.
type paramForm string

// The forms.
const (
	headerLines paramForm = ":" // name: value
	paramLines  paramForm = "=" // name=value
)

func (f paramForm) hint() string {
	if f == headerLines {
		return "X-Tenant: {{tenant}}"
	}
	return "topic={clientId}"
}

func (f paramForm) problem() endpoint.ProblemCode {
	if f == headerLines {
		return noHeaderColon
	}
	return noParamEquals
}

// text formats params.
func (f paramForm) text(params []endpoint.Param) string {
	lines := make([]string, len(params))
	for i, p := range params {
		between := string(f)
		if f == headerLines {
			between += " "
		}
		lines[i] = p.Name + between + strings.ReplaceAll(p.Value, "\n", "\n\t")
	}
	return strings.Join(lines, "\n")
}

// parse parses text, ignoring empty lines. wrong is the first line without a
// separator.
func (f paramForm) parse(text string) (params []endpoint.Param, wrong string) {
	for line := range strings.SplitSeq(text, "\n") {
		rest, continued := strings.CutPrefix(line, "\t")
		if continued && len(params) > 0 {
			params[len(params)-1].Value += "\n" + rest
			continue
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, value, found := strings.Cut(line, string(f))
		name = strings.TrimSpace(name)
		if f == headerLines {
			value = strings.TrimSpace(value)
		}
		if !found && wrong == "" {
			wrong = line
		}
		params = append(params, endpoint.Param{Name: name, Value: value})
	}
	return params, wrong
}
