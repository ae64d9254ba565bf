package server_test

import (
	"errors"
	"strings"
	"testing"

	"sseconsole/server"
)

func TestMistakesInAScenarioAreToldByLine(t *testing.T) {
	for _, tt := range []struct {
		text, code string
		line       int
	}{
		{"send a\nsned b", server.BadStep, 2},
		{"# c\n\n\"send\" a", server.BadStep, 3},
		{"type=send a", server.BadStep, 1},
		{`send "a`, server.BadText, 1},
		{`send "a"b`, server.BadText, 1},
		{`send "\q"`, server.BadText, 1},
		{"send a b", server.BadArgument, 1},
		{"send", server.BadArgument, 1},
		{"send a colour=red", server.BadArgument, 1},
		{`send a type="x\ny"`, server.BadArgument, 1},
		{`send a id="x\x00y"`, server.BadArgument, 1},
		{"send a retry=soon", server.BadDuration, 1},
		{"send a retry=0s", server.BadDuration, 1},
		{"send a retry=1500us", server.BadArgument, 1},
		{"raw data:a", server.BadArgument, 1},
		{"raw", server.BadArgument, 1},
		{"wait", server.BadArgument, 1},
		{"wait 5", server.BadDuration, 1},
		{"wait -5s", server.BadDuration, 1},
		{"wait 5s 1s", server.BadArgument, 1},
		{"wait 1s 2s 3s", server.BadArgument, 1},
		{"fault", server.BadFault, 1},
		{"fault rain", server.BadFault, 1},
		{"fault crlf often=1", server.BadFault, 1},
		{"fault crlf next=many", server.BadFault, 1},
		{"fault crlf share=1.5", server.BadFault, 1},
		{"fault status status=418", server.BadFault, 1},
		{"to", server.BadArgument, 1},
		{"to a=b", server.BadArgument, 1},
		{"to \"a\\nb\"", server.BadArgument, 1},
		{"clear all", server.BadArgument, 1},
		{"close alice", server.BadArgument, 1},
		{"repeat 0", server.BadArgument, 1},
		{"repeat 2 3", server.BadArgument, 1},
		{"repeat\nsend a\nrepeat 2\nend", server.BadLoop, 1},
		{"send a\nend", server.BadLoop, 2},
		{"send \xff", server.BadEncoding, 1},
	} {
		_, err := server.ParseScenario(strings.NewReader(tt.text))
		var bad *server.ScenarioError
		if !errors.As(err, &bad) || bad.Code != tt.code || bad.Line != tt.line {
			t.Errorf("%q: %v, want %s in line %d", tt.text, err, tt.code, tt.line)
		}
	}
}
