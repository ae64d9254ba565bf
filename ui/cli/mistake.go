package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/client/mask"
)

// unknownCommand returns the error for a subcommand that does not exist.
func unknownCommand(root *urfave.Command, name string) error {
	var names []string
	for _, c := range root.Commands {
		names = append(names, c.Name)
	}
	return usageError(fmt.Sprintf("there is no subcommand %q", mask.URL(name)) + didYouMean("", name, names))
}

// wrongFlag makes a usageError, which repeats no value, of an error of package
// urfave about a flag.
func wrongFlag(_ context.Context, cmd *urfave.Command, err error, _ bool) error {
	if cmd.IsSet(helpName) {
		return helpWanted{cmd}
	}
	text := withoutValue(err.Error())
	before, typed, unknown := strings.Cut(text, "not defined: -")
	if !unknown {
		return usageError(text)
	}
	var names []string
	for _, o := range optionsOf(cmd) {
		names = append(names, o.Names()...)
	}
	shown, joined := withoutJoinedValue(cmd, typed)
	advice := didYouMean("-", typed, names)
	if advice == "" && joined {
		advice = "; write its value as a separate argument"
	}
	return usageError(before + "not defined: -" + shown + advice)
}

// emptyBoolean returns an error for a boolean flag with an empty value, as in
// -insecure=$X with X not set. Package urfave takes that for true.
func emptyBoolean(root *urfave.Command, args []string) error {
	known := slices.Clone(root.Flags)
	for i := 0; i < len(args) && args[i] != "--"; i++ {
		if !strings.HasPrefix(args[i], "-") {
			if cmd := root.Command(args[i]); cmd != nil && len(known) == len(root.Flags) {
				known = append(known, cmd.Flags...)
			}
			continue
		}
		name, value, given := strings.Cut(strings.TrimPrefix(args[i][1:], "-"), "=")
		at := slices.IndexFunc(known, func(f urfave.Flag) bool { return slices.Contains(f.Names(), name) })
		switch {
		case at < 0:
		case known[at].(*option).TakesValue():
			if !given {
				i++
			}
		case given && value == "":
			return usageError("invalid value for flag -" + name + ": " + wantBoolean)
		}
	}
	return nil
}

// withoutValue takes the value of a flag, which may be a secret of any kind, out
// of what package urfave says about it.
func withoutValue(text string) string {
	before, value, found := strings.Cut(text, " value ")
	quoted, err := strconv.QuotedPrefix(value)
	if !found || err != nil {
		return text
	}
	return before + " value" + value[len(quoted):]
}

// withoutJoinedValue returns the name of an unknown flag without what may be a
// secret: the value behind the name of a known one, as in -HAuthorization:… or
// -tokenabc, where joined is true, or what is no name at all.
func withoutJoinedValue(cmd *urfave.Command, typed string) (shown string, joined bool) {
	known, prefix := false, ""
	_ = cmd.Root().Walk(func(c *urfave.Command) error { // never fails
		for _, o := range optionsOf(c) {
			for _, name := range o.Names() {
				known = known || name == typed
				if strings.HasPrefix(typed, name) && o.TakesValue() && len(name) > len(prefix) {
					prefix = name
				}
			}
		}
		return nil
	})
	switch {
	case known:
		return typed, false
	case prefix != "":
		return prefix + "…", true
	case strings.ContainsFunc(typed, noName):
		return "…", false
	}
	return typed, false
}

// noName reports whether r occurs in no name of a flag.
func noName(r rune) bool {
	return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// didYouMean asks whether the name nearest to typed was meant; it is empty if none
// is near.
func didYouMean(dash, typed string, names []string) string {
	best, least := "", len(typed)/3+1
	for _, name := range names {
		if d := typos(strings.ToLower(typed), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	if best == "" {
		return ""
	}
	return "; did you mean " + dash + best + "?"
}

// typos returns the edit distance of a and b, where swapping two neighbouring
// letters counts as one edit.
func typos(a, b string) int {
	const longest = 30 // of what may be a name
	if len(a) > longest || len(b) > longest {
		return max(len(a), len(b))
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			switch {
			case i == 0 || j == 0:
				rows[i][j] = i + j
			case a[i-1] == b[j-1]:
				rows[i][j] = rows[i-1][j-1]
			default:
				rows[i][j] = 1 + min(rows[i-1][j-1], rows[i-1][j], rows[i][j-1])
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					rows[i][j] = min(rows[i][j], 1+rows[i-2][j-2])
				}
			}
		}
	}
	return rows[len(a)][len(b)]
}
