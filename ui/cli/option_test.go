package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	urfave "github.com/urfave/cli/v3"
)

// quietRoot is the command of a program that carries out no subcommand.
func quietRoot(stdout, stderr io.Writer) *urfave.Command {
	p := withoutWindow(nil, stdout, stderr)
	root := p.root()
	for _, c := range root.Commands {
		if c.Name != helpName {
			c.Action = func(context.Context, *urfave.Command) error { return nil }
		}
	}
	return root
}

// commandLines calls try with each command that has a flag, and the flag.
func commandLines(try func(command *urfave.Command, o *option)) {
	root := quietRoot(io.Discard, io.Discard)
	for _, c := range root.Commands {
		for _, f := range append(c.Flags, root.Flags...) {
			if o := f.(*option); o.Name != "demo" {
				try(c, o)
			}
		}
	}
}

// valueOf returns a value that a flag takes.
func valueOf(t *testing.T, o *option) string {
	config := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(config, []byte("policy share\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	values := map[string]string{
		"listen": "127.0.0.1:0", "host": "example.org", "origin": "https://example.org", "keepalive": "3s", "duration": "3s", "speed": "2",
		"fault": "cut-after-events n=5", "config": config, "var": "a=b", "H": "X-Note: a, b",
		"until": ".done",
	}
	switch value, ok := values[o.Name]; {
	case ok:
		return value
	case len(o.choices) > 0:
		return o.choices[0]
	case o.value == "N":
		return "7"
	}
	return "text"
}

func TestEveryFlagIsTakenWithOneDashAndWithTwo(t *testing.T) {
	commandLines(func(c *urfave.Command, o *option) {
		for _, name := range o.Names() {
			for _, dash := range []string{"-", "--"} {
				forms := [][]string{{dash + name}, {dash + name + "=true"}}
				if o.TakesValue() {
					value := valueOf(t, o)
					forms = [][]string{{dash + name, value}, {dash + name + "=" + value}}
				}
				for _, form := range forms {
					lines := [][]string{form}
					if c.ArgsUsage != "" {
						lines = [][]string{append([]string{"operand"}, form...), append(form, "operand"), append(slices.Clone(form), "--", "-operand")}
					}
					for _, line := range lines {
						set, operand := false, ""
						root := quietRoot(io.Discard, io.Discard)
						command := root.Command(c.Name)
						command.Action = func(_ context.Context, cmd *urfave.Command) error {
							set, operand = cmd.IsSet(name), cmd.Args().First()
							return nil
						}
						err := root.Run(t.Context(), append([]string{"sseconsole", c.Name}, line...))
						if _, help := err.(helpWanted); help && o.Name == helpName {
							continue
						}
						if err != nil || !set || c.ArgsUsage != "" && strings.TrimPrefix(operand, "-") != "operand" {
							t.Errorf("%s %q: set %v, operand %q, %v", c.Name, line, set, operand, err)
						}
					}
				}
			}
		}
	})
}

func TestNoMistakeInAFlagRepeatsItsValue(t *testing.T) {
	const secret = "s3cr3t"
	commandLines(func(c *urfave.Command, o *option) {
		if o.Name == "scenario" || o.Name == "config" || o.Name == "fault" {
			return // the name of a file or of a fault, which is said
		}
		for _, name := range o.Names() {
			for _, line := range [][]string{
				{"-" + name, secret}, {"--" + name + "=" + secret}, {"-" + name + "=Bearer " + secret, "-nothing"}, {"-" + name + `=a "b ` + secret},
				{"-" + name, "http://u:" + secret + "@h:port/?token=" + secret}, {"-" + name + ":" + secret}, {"-" + name + " " + secret}, {"-no" + name + " " + secret},
				{"-" + name + secret},
			} {
				if last := line[len(line)-1]; !o.TakesValue() && (strings.HasSuffix(last, name+secret) || last == secret) {
					continue // a name of its own, and an operand
				}
				root := quietRoot(io.Discard, io.Discard)
				var printed strings.Builder
				report(root.Run(t.Context(), append([]string{"sseconsole", c.Name}, line...)), &printed)
				if strings.Contains(printed.String(), secret) && !strings.Contains(printed.String(), "unexpected argument") {
					t.Errorf("%s %q: %s", c.Name, line, printed.String())
				}
			}
		}
	})
}

func TestAValueIsKeptByteForByte(t *testing.T) {
	for _, value := range []string{" a, b ,c", "", "-k", "--", "a=b", "=", "\t"} {
		for _, form := range [][]string{{"-content", value}, {"--content=" + value}} {
			o := callOptions{requestOptions: requestOptions{}}
			cmd := &urfave.Command{Flags: flags(o.options()...)}
			cmd.Action = func(context.Context, *urfave.Command) error { return nil }
			if err := cmd.Run(t.Context(), append([]string{"send"}, form...)); err != nil || o.content != value {
				t.Errorf("%q: %q, %v", form, o.content, err)
			}
		}
	}
}

func TestATargetMayHaveTheNameOfACommandOrOfAFlag(t *testing.T) {
	for _, operands := range [][]string{{"help"}, {"h"}, {"serve"}, {"--", "-k"}, {"--", "--help"}, {"-"}} {
		root := quietRoot(io.Discard, io.Discard)
		got := ""
		root.Command("listen").Action = func(_ context.Context, cmd *urfave.Command) error {
			got = cmd.Args().First()
			return nil
		}
		if err := root.Run(t.Context(), append([]string{"sseconsole", "listen"}, operands...)); err != nil || got != operands[len(operands)-1] {
			t.Errorf("%q: %q, %v", operands, got, err)
		}
	}
}

func TestTheLanguageIsThatOfTheFlagOrOfOurVariable(t *testing.T) {
	bad := streamServer(t, "text/event-stream", "data: a\nb\n\n")
	const english, chinese = "What to do: Begin each", "没有"
	t.Setenv("LANG", "zh_CN.UTF-8")
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	for _, tt := range []struct {
		variable string
		args     []string
		status   int
		chinese  bool
	}{
		{"", nil, 1, false},
		{"zh", nil, 1, true},
		{"", []string{"-lang", "zh"}, 1, true},
		{"", []string{"--lang=zh"}, 1, true},
		{"zh", []string{"-lang", "en"}, 1, false},
		{"zh_CN", nil, 2, false},
		{"zh_CN", []string{"-lang", "zh"}, 1, true},
	} {
		t.Setenv(languageVariable, tt.variable)
		for _, args := range [][]string{append([]string{"check", bad, "-duration", "100ms"}, tt.args...), append(append([]string{}, tt.args...), "check", bad, "-duration", "100ms")} {
			var stdout, stderr strings.Builder
			status := report(run(t.Context(), args, nil, &stdout, &stderr), &stderr)
			inChinese := strings.ContainsFunc(stdout.String(), func(r rune) bool { return r >= 0x4e00 && r < 0xa000 })
			if status != tt.status || inChinese != tt.chinese {
				t.Errorf("%s=%s %q: status %d, %s%s", languageVariable, tt.variable, args, status, stdout.String(), stderr.String())
			}
		}
	}
}

func TestWithoutASubcommandTheWindowOpens(t *testing.T) {
	for _, args := range [][]string{nil, {"-demo", "out"}, {"--demo=out"}} {
		opened := ""
		p := Program{Stdout: io.Discard, Stderr: io.Discard, OpenWindow: func(_ context.Context, dir string, _ io.Writer) error {
			opened = fmt.Sprintf("demo %q", dir)
			return nil
		}}
		want := `demo ""`
		if args != nil {
			want = `demo "out"`
		}
		if status := p.Run(t.Context(), args); status != 0 || opened != want {
			t.Errorf("%q: status %d, %s, want %s", args, status, opened, want)
		}
	}
}
