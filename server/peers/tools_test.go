//go:build peers

package peers

import (
	"os/exec"
	"strings"
	"testing"

	"sseconsole/server"
)

// Programs other than browsers can call without further headers, at any name. One that
// identifies itself as Mozilla needs the header X-SSE-Console.
func TestToolsCanCall(t *testing.T) {
	const script = `
		const answer = await fetch(process.argv[1], {method: process.argv[2]});
		console.log(await answer.text());`
	node := func(method string) []string { return []string{"node", "--input-type=module", "-e", script, "", method} }
	for _, tt := range []struct {
		name    string
		command []string // "" stands for the URL
		want    string
	}{
		{"curl", []string{"curl", "-s", ""}, "success"},
		{"curl by a name", []string{"curl", "-s", "--resolve", "console.test:PORT:127.0.0.1", "http://console.test:PORT/demo/sse/close?clientId=X"}, "success"},
		{"curl by 0.0.0.0", []string{"curl", "-s", "http://0.0.0.0:PORT/demo/sse/close?clientId=X"}, "call it at http://localhost:PORT,"},
		{"curl as Mozilla", []string{"curl", "-s", "-A", "Mozilla/5.0", ""}, "X-SSE-Console"},
		{"curl as Mozilla, with the header", []string{"curl", "-s", "-A", "Mozilla/5.0", "-H", "X-SSE-Console: 1", ""}, "success"},
		{"curl with HTTP/1.0", []string{"curl", "-s", "-0", "-H", "Host:", ""}, "success"},
		{"fetch of Node", node("GET"), "success"},
		{"fetch of Node, POST", node("POST"), "success"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tg := newTarget(t, server.Config{Hosts: []string{"console.test"}})
			var args []string
			for _, arg := range tt.command[1:] {
				if arg == "" {
					arg = tg.url("localhost", "close", "clientId", "X")
				}
				args = append(args, strings.ReplaceAll(arg, "PORT", tg.port))
			}
			out, err := exec.CommandContext(t.Context(), program(t, tt.command[0]), args...).CombinedOutput()
			if err != nil || !strings.Contains(string(out), strings.ReplaceAll(tt.want, "PORT", tg.port)) {
				t.Errorf("%v %s, want %q", err, out, tt.want)
			}
		})
	}
}
