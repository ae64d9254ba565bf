package cli

import (
	"bytes"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	urfave "github.com/urfave/cli/v3"
)

// shown returns how the manual page is read.
func shown(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("man"); err != nil {
		t.Skip("there is no man")
	}
	var page bytes.Buffer
	if err := run(t.Context(), []string{"man"}, nil, &page, &page); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "man", "--warnings", "--no-hyphenation", "-l", "-")
	cmd.Env = append(cmd.Environ(), "MANWIDTH=120", "LC_ALL=C.UTF-8", "PAGER=cat", "MANPAGER=cat")
	cmd.Stdin = &page
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("man: %v, %s", err, stderr.String())
	}
	return string(out)
}

func TestTheManualPageAndTheHelpTellOfEveryFlag(t *testing.T) {
	page := strings.Join(strings.Fields(shown(t)), " ")
	commandLines(func(c *urfave.Command, o *option) {
		var help bytes.Buffer
		if err := run(t.Context(), []string{"help", c.Name}, nil, &help, &help); err != nil {
			t.Fatal(err)
		}
		flag := regexp.MustCompile(`(^|\s)` + regexp.QuoteMeta(o.synopsis()) + `\s`)
		if inHelp := flag.MatchString(help.String()); inHelp == o.Hidden {
			t.Errorf("%s %s is in the help: %v", c.Name, o.synopsis(), inHelp)
		}
		if !o.Hidden && !flag.MatchString(page) {
			t.Errorf("%s %s is not in the manual page", c.Name, o.synopsis())
		}
		if !o.Hidden && !strings.Contains(page, o.Usage) {
			t.Errorf("%s %s: the manual page has not %q", c.Name, o.synopsis(), o.Usage)
		}
	})
	for _, part := range []string{"sseconsole - a desktop test console", `\n, \x1b, \u202e, \xff`, "source <(sseconsole completion bash)", languageVariable} {
		if !strings.Contains(page, part) {
			t.Errorf("the manual page has not %q:\n%s", part, page)
		}
	}
}
