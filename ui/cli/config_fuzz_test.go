package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/server/scenario"
)

// FuzzConfig reads any file of options for serve: the same with comments, blanks
// and other line ends, and the same as the lines given as flags; what is wrong is
// in the line that is named, and in none before it.
func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		"policy share\n\n# x\n listen  127.0.0.1:0 \r\ninsecure\nkeepalive 0", "host a\nhost b\norigin http://a\norigin null", "fault trickle client=\"a b\"\nscenario quotes\nspeed 2",
		"max-sessions -1", "replay-bytes 99999999999999999999", "colour red", "config x", "insecure maybe", "token", "policy", "speed NaN", "\ufeffpolicy share", "help", "listen :\x00",
	} {
		f.Add(text)
	}
	path := filepath.Join(f.TempDir(), "config")
	read := func(t *testing.T, text string) (serveOptions, error) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		opts := newServeOptions()
		err := readConfig(opts.options(), path)
		return *opts, err
	}
	f.Fuzz(func(t *testing.T, text string) {
		var args []string
		for line := range strings.SplitSeq(text, "\n") {
			name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
			value = strings.TrimSpace(value)
			if name == "scenario" && !slices.Contains(scenario.Names(), value) {
				return // it would open any file
			}
			if name != "" && name[0] != '#' {
				if name != "insecure" || value != "" {
					name += "=" + value
				}
				args = append(args, "-"+name)
			}
		}
		opts, err := read(t, text)
		if err != nil {
			prefix := path + ", line "
			var line int
			rest, ok := strings.CutPrefix(err.Error(), prefix)
			if _, scanErr := fmt.Sscanf(rest, "%d: ", &line); !ok || scanErr != nil {
				t.Fatalf("%q: %v", text, err)
			}
			lines := strings.SplitAfter(text, "\n")
			if line < 1 || line > len(lines) {
				t.Fatalf("%q: line %d of %d", text, line, len(lines))
			}
			if _, err := read(t, strings.Join(lines[:line-1], "")); err != nil {
				t.Fatalf("%q: line %d is said to be wrong, but %v", text, line, err)
			}
			return
		}
		for _, other := range []string{strings.ReplaceAll(text, "\n", "\r\n"), "# first\n\n" + strings.ReplaceAll(text, "\n", " \n\t\n  ")} {
			if again, err := read(t, other); err != nil || !reflect.DeepEqual(again, opts) {
				t.Fatalf("%q is %+v\n%q is %+v, %v", text, opts, other, again, err)
			}
		}
		given := newServeOptions()
		program := &Program{}
		command := &urfave.Command{Flags: flags(given.options()...), Action: func(context.Context, *urfave.Command) error { return nil }}
		program.finish(command)
		if err := command.Run(t.Context(), append([]string{"serve"}, args...)); err != nil || !reflect.DeepEqual(*given, opts) {
			t.Fatalf("%q is %+v\n%q is %+v, %v", text, opts, args, *given, err)
		}
	})
}
