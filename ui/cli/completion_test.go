package cli

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// completed returns the words that a shell offers, of a command line whose last
// word is not finished.
func completed(t *testing.T, words ...string) (offered []string) {
	t.Helper()
	if last := len(words) - 1; !strings.HasPrefix(words[last], "-") {
		words = words[:last] // as the scripts do
	}
	var stdout, stderr bytes.Buffer
	if err := run(t.Context(), append(words, "--generate-shell-completion"), nil, &stdout, &stderr); err != nil || stderr.Len() > 0 {
		t.Fatalf("%q: %v, %s", words, err, stderr.String())
	}
	for line := range strings.Lines(stdout.String()) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		offered = append(offered, word)
	}
	return offered
}

func completionCases() []struct {
	words []string
	want  []string
} {
	return []struct{ words, want []string }{
		{[]string{"-d"}, []string{"-demo"}},
		{[]string{"check", "-du"}, []string{"-duration"}},
		{[]string{"check", "http://h/", "--du"}, []string{"--duration"}},
		{[]string{"serve", "-tls"}, []string{"-tls-cert", "-tls-key"}},
		{[]string{"listen", "--la"}, []string{"--last-event-id", "--lang"}},
		{[]string{"listen", "-k", "-eng"}, []string{"-engine"}},
		{[]string{"send", "-eng"}, nil},
		{[]string{"check", "--", "-du"}, nil},
	}
}

func TestFlagsAreCompletedWithAsManyDashesAsWereTyped(t *testing.T) {
	for _, c := range completionCases() {
		if got := completed(t, c.words...); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.words, got, c.want)
		}
	}
}

func TestCommandsShellsAndValuesAreCompleted(t *testing.T) {
	for _, c := range []struct{ words, want []string }{
		{[]string{""}, []string{"serve", "check", "listen", "send", "close", "version", "help", "man", "completion"}},
		{[]string{"help", ""}, []string{"serve", "check", "listen", "send", "close", "version", "help", "man", "completion"}},
		{[]string{"completion", ""}, []string{"bash", "zsh", "fish", "pwsh"}},
		{[]string{"serve", "-policy", ""}, []string{"replace", "refuse", "share", "spring"}},
		{[]string{"serve", "--scenario", ""}, []string{"quotes", "chat", "progress", "tokens", "bad-day"}},
		{[]string{"check", "--lang", ""}, []string{"en", "zh"}},
		{[]string{"check", ""}, nil},
		{[]string{"check", "-duration", ""}, nil},
	} {
		if got := completed(t, c.words...); !slices.Equal(got, c.want) {
			t.Errorf("%q: %q, want %q", c.words, got, c.want)
		}
	}
}

func TestTheScriptOfBashCompletes(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("there is no bash")
	}
	cases := append(completionCases(), []struct{ words, want []string }{
		{[]string{"li"}, []string{"listen"}},
		{[]string{"serve", "-policy", "s"}, []string{"share", "spring"}},
		{[]string{"check", "$(touch ran)", "-du"}, []string{"-duration"}},
		{[]string{"check", "a b'", "-or"}, []string{"-origin"}},
		{[]string{"listen", "http://h/", "x"}, nil},
	}...)
	for _, c := range cases {
		// Without completion of the package bash-completion, and in a directory of its own.
		script := `source /dev/stdin; COMP_WORDS=(sseconsole "$@"); COMP_CWORD=$#; _sseconsole "$0"; ((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"`
		cmd := exec.CommandContext(t.Context(), bash, append([]string{"--norc", "--noprofile", "-c", script, os.Args[0]}, c.words...)...)
		cmd.Dir = t.TempDir()
		cmd.Env = append(os.Environ(), "SSECONSOLE_RUN_CLI=1")
		cmd.Stdin = strings.NewReader(bashCompletion)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if got := strings.Fields(string(out)); err != nil || !slices.Equal(got, c.want) || stderr.Len() > 0 {
			t.Errorf("%q: %q, want %q; %v, %s", c.words, got, c.want, err, stderr.String())
		}
		if files, _ := os.ReadDir(cmd.Dir); len(files) > 0 {
			t.Errorf("%q: what was typed ran", c.words)
		}
	}
}

func TestEachShellHasAScript(t *testing.T) {
	for shell, part := range map[string]string{
		"bash": "complete -o bashdefault", "zsh": "#compdef sseconsole", "fish": "complete -c sseconsole", "pwsh": "Register-ArgumentCompleter",
		"powershell": "Register-ArgumentCompleter",
	} {
		var stdout bytes.Buffer
		if err := run(t.Context(), []string{"completion", shell}, nil, &stdout, &stdout); err != nil || !strings.Contains(stdout.String(), part) {
			t.Errorf("%s: %v, %s", shell, err, stdout.String())
		}
	}
	var stderr bytes.Buffer
	for _, args := range [][]string{{"completion"}, {"completion", "tcsh"}} {
		if status := report(run(t.Context(), args, nil, &stderr, &stderr), &stderr); status != 2 || !strings.Contains(stderr.String(), "bash, zsh, fish") {
			t.Errorf("%q: status %d, %s", args, status, stderr.String())
		}
	}
}
