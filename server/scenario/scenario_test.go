package scenario_test

import (
	"errors"
	"strings"
	"testing"

	"sseconsole/server/scenario"
)

func TestMistakesInAScenarioAreToldByLine(t *testing.T) {
	for _, tt := range []struct {
		text, code string
		line       int
	}{
		{"send a\nsned b", scenario.BadStep, 2},
		{"# c\n\n\"send\" a", scenario.BadStep, 3},
		{"type=send a", scenario.BadStep, 1},
		{`send "a`, scenario.BadText, 1},
		{`send "a"b`, scenario.BadText, 1},
		{`send "\q"`, scenario.BadText, 1},
		{"send a b", scenario.BadArgument, 1},
		{"send", scenario.BadArgument, 1},
		{"send a colour=red", scenario.BadArgument, 1},
		{`send a type="x\ny"`, scenario.BadArgument, 1},
		{`send a id="x\x00y"`, scenario.BadArgument, 1},
		{"send a retry=soon", scenario.BadDuration, 1},
		{"send a retry=0s", scenario.BadDuration, 1},
		{"send a retry=1500us", scenario.BadArgument, 1},
		{"raw data:a", scenario.BadArgument, 1},
		{"raw", scenario.BadArgument, 1},
		{"wait", scenario.BadArgument, 1},
		{"wait 5", scenario.BadDuration, 1},
		{"wait -5s", scenario.BadDuration, 1},
		{"wait 5s 1s", scenario.BadArgument, 1},
		{"wait 1s 2s 3s", scenario.BadArgument, 1},
		{"fault", scenario.BadFault, 1},
		{"fault rain", scenario.BadFault, 1},
		{"fault crlf often=1", scenario.BadFault, 1},
		{"fault crlf next=many", scenario.BadFault, 1},
		{"fault crlf share=1.5", scenario.BadFault, 1},
		{"fault status status=418", scenario.BadFault, 1},
		{"to", scenario.BadArgument, 1},
		{"to a=b", scenario.BadArgument, 1},
		{"to \"a\\nb\"", scenario.BadArgument, 1},
		{"clear all", scenario.BadArgument, 1},
		{"close alice", scenario.BadArgument, 1},
		{"repeat 0", scenario.BadArgument, 1},
		{"repeat 2 3", scenario.BadArgument, 1},
		{"repeat\nsend a\nrepeat 2\nend", scenario.BadLoop, 1},
		{"send a\nend", scenario.BadLoop, 2},
		{"send \xff", scenario.BadEncoding, 1},
	} {
		_, err := scenario.Parse(strings.NewReader(tt.text))
		var bad *scenario.Error
		if !errors.As(err, &bad) || bad.Code != tt.code || bad.Line != tt.line {
			t.Errorf("%q: %v, want %s in line %d", tt.text, err, tt.code, tt.line)
		}
	}
}
