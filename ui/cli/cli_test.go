package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"strings"
	"testing"

	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// TestMain lets a test run the whole command line, as a process of its own.
func TestMain(m *testing.M) {
	if os.Getenv("SSECONSOLE_RUN_CLI") != "" {
		ctx, _ := signal.NotifyContext(context.Background(), os.Interrupt)
		os.Exit(withoutWindow(os.Stdin, os.Stdout, os.Stderr).Run(ctx, os.Args[1:]))
	}
	os.Exit(m.Run())
}

// withoutWindow is a program that has none.
func withoutWindow(stdin io.Reader, stdout, stderr io.Writer) Program {
	openWindow := func(context.Context, string, io.Writer) error { return errors.New("the tests have no window") }
	return Program{OpenWindow: openWindow, Stdin: stdin, Stdout: stdout, Stderr: stderr}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	return withoutWindow(stdin, stdout, stderr).run(ctx, args)
}

func TestCommandLine(t *testing.T) {
	const seeHelp = "See `sseconsole help`."
	tests := []struct {
		args   string
		status int
		stdout string // a part of it; empty: nothing
		stderr string
	}{
		{"version", 0, "sseconsole " + Version, ""},
		{"help", 0, "  serve               run the embedded server", ""},
		{"-h", 0, "  serve               run the embedded server", ""},
		{"help serve", 0, "  -listen ADDR        host and port", ""},
		{"serve --help", 0, "  -listen ADDR        host and port", ""},
		{"-h serve", 0, "  -listen ADDR        host and port", ""},
		{"listen http://h -h", 0, "  -H HEADER", ""},
		{"check now and then -help", 0, "  -duration D", ""},
		{"serve -help -port 1", 0, "  -listen ADDR", ""},
		{"help completion", 0, "source <(sseconsole completion bash)", ""},
		{"help sevre", 2, "", `there is no subcommand "sevre"; did you mean serve?`},
		{"help serve now", 2, "", `unexpected argument "now"`},
		{"sevre", 2, "", `there is no subcommand "sevre"; did you mean serve?`},
		{"lisen http://h -client-id a", 2, "", `there is no subcommand "lisen"; did you mean listen?`},
		{"http://h", 2, "", `there is no subcommand "http://h"` + "\n"},
		{"-verbose", 2, "", "not defined: -verbose\n" + seeHelp},
		{"version -x", 2, "", "-x\n"},
		{"serve -port 1", 2, "", "-port\n"},
		{"serve --lisetn :0", 2, "", "not defined: -lisetn; did you mean -listen?\n"},
		{"listen http://h -x POST", 2, "", "not defined: -x; did you mean -X?\n"},
		{"send http://h -duration 3s", 2, "", "not defined: -duration\n"},
		{"listen http://h -XPOST", 2, "", "not defined: -X…; write its value as a separate argument\n"},
		{"check http://h -durations 3s", 2, "", "not defined: -duration…; did you mean -duration?\n"},
		{"-" + strings.Repeat("a", 200), 2, "", strings.Repeat("a", 200) + "\n" + seeHelp},
		{"check http://h -duration", 2, "", "flag needs an argument: -duration\n"},
		{"check http://h -json=maybe", 2, "", "invalid value for flag -json: want true or false"},
		{"serve -- -k", 2, "", `unexpected argument "-k"`},
		{"serve -insecure=", 2, "", "invalid value for flag -insecure: want true or false"},
		{"-lang=en listen http://h -X -k --json=", 2, "", "invalid value for flag -json: want true or false"},
		{"-help= serve", 2, "", "invalid value for flag -help: want true or false"},
		{"send -content -k= -help", 0, "sseconsole send", ""},
		{"send -help -- -k=", 0, "sseconsole send", ""},
		{"listen http://h -1 -json", 2, "", `unexpected argument "-1"`},
		{"check http://h -lang fr", 2, "", "invalid value for flag -lang: want one of [en zh]"},
		{"-lang zh", 2, "", "-lang needs a subcommand"},
		{"", 1, "", "the tests have no window"},
		{"serve now", 2, "", `unexpected argument "now"`},
		{"serve -listen 8080", 2, "", "want host:port"},
		{"serve -host http://example.org", 2, "", "want a host's name alone"},
		{"serve -origin example.org", 2, "", "want scheme://host"},
		{"serve -origin https://example.org/", 2, "", "want scheme://host"},
		{"serve -token=", 2, "", "at least one character"},
		{"serve -keepalive 5", 2, "", "want a time such as 15s"},
		{"serve -keepalive -5s", 2, "", "want a time such as 15s"},
		{"serve -token secret -insecure", 2, "", "exclude each other"},
		{"serve -policy kick", 2, "", "want one of [replace refuse share spring]"},
		{"serve -mode slow", 2, "", "want one of [streaming long short]"},
		{"serve -max-sessions few", 2, "", "want a number"},
		{"serve -replay-events 0", 2, "", "want a number from 1"},
		{"serve -max-per-address -1", 2, "", "want a number"},
		{"serve -tls-cert cert.pem", 2, "", "-tls-cert and -tls-key belong together"},
		{"serve -tls-cert /none.pem -tls-key /none.pem", 1, "", "cannot serve TLS: open /none.pem"},
		{"serve -listen 127.0.0.1:70000", 1, "", "cannot listen at 127.0.0.1:70000"},
	}
	for _, tt := range tests {
		t.Run(tt.args, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			err := run(t.Context(), strings.Fields(tt.args), nil, &stdout, &stderr)
			if status := report(err, &stderr); status != tt.status {
				t.Errorf("exit status %d, want %d", status, tt.status)
			}
			expectPart(t, "stdout", stdout.String(), tt.stdout)
			expectPart(t, "stderr", stderr.String(), tt.stderr)
		})
	}
}

func expectPart(t *testing.T, name, got, part string) {
	t.Helper()
	if !strings.Contains(got, part) || part == "" && got != "" {
		t.Errorf("%s is %q, want %q in it", name, got, part)
	}
}

func TestAnUnreadableProxyOfTheEnvironmentIsSaid(t *testing.T) {
	for _, command := range []string{"listen", "check", "send", "close"} {
		t.Setenv("HTTP_PROXY", "http://u:s3cret@proxy:port")
		var stderr bytes.Buffer
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		run(ctx, []string{command, "http://127.0.0.1:9/"}, nil, io.Discard, &stderr)
		if got := stderr.String(); !strings.Contains(got, "HTTP_PROXY") || !strings.Contains(got, "proxy:port") || strings.Contains(got, "s3cret") {
			t.Errorf("%s says %q", command, got)
		}
	}
}

// full is an output that takes nothing, such as /dev/full.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWhatCannotBePrintedIsAnError(t *testing.T) {
	for _, args := range []string{"version", "help", "help serve", "serve -h", "man", "completion bash", "completion zsh"} {
		var stderr bytes.Buffer
		if status := withoutWindow(nil, full{}, &stderr).Run(t.Context(), strings.Fields(args)); status != 1 || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("%s: status %d, %s", args, status, stderr.String())
		}
	}
}

var english = wording.New(catalogue.English)
