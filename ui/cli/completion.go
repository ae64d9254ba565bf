package cli

import (
	"context"
	_ "embed"
	"fmt"
	"io"
	"slices"
	"strings"

	urfave "github.com/urfave/cli/v3"
)

//go:embed completion.bash
var bashCompletion string

// configureCompletion adapts package urfave's completion command. Its script for
// bash needs the package bash-completion and evaluates what was typed; ours does
// neither.
func (p *Program) configureCompletion(cmd *urfave.Command) {
	cmd.Hidden = false
	cmd.Usage = "print the script that completes commands and flags in a shell"
	cmd.ArgsUsage = "bash|zsh|fish|pwsh"
	cmd.Description = `Where to put it:

    ~/.bashrc     source <(sseconsole completion bash)
    ~/.zshrc      source <(sseconsole completion zsh), after compinit
    fish          sseconsole completion fish > ~/.config/fish/completions/sseconsole.fish
    PowerShell    sseconsole completion pwsh > sseconsole.ps1, and run that in $PROFILE`
	cmd.Action = func(_ context.Context, cmd *urfave.Command) error {
		if cmd.Args().Present() {
			return usageError("completion supports bash, zsh, fish and pwsh")
		}
		return usageError("completion needs the name of a shell: bash, zsh, fish or pwsh")
	}
	cmd.Command("pwsh").Aliases = []string{"powershell"}
	cmd.Command("bash").Action = func(context.Context, *urfave.Command) error {
		_, err := io.WriteString(p.Stdout, bashCompletion)
		return err
	}
	p.finish(cmd)
}

// complete prints the candidates for the word that a shell completes, one a line,
// as word:meaning. Flags have as many dashes as were typed.
func (p *Program) complete(_ context.Context, cmd *urfave.Command) {
	last := ""
	if n := cmd.NArg(); n > 0 {
		last = cmd.Args().Get(n - 1)
	}
	name := strings.TrimPrefix(strings.TrimPrefix(last, "-"), "-")
	dashes := last[:len(last)-len(name)]
	if dashes == "" {
		if cmd.Name == helpName {
			cmd = cmd.Root()
		}
		for _, c := range cmd.Commands {
			fmt.Fprintf(p.Stdout, "%s:%s\n", c.Name, c.Usage)
		}
		return
	}
	options := optionsOf(cmd)
	for _, o := range options {
		if o.TakesValue() && slices.Contains(o.Names(), name) { // the next word is its value
			for _, c := range o.choices {
				fmt.Fprintln(p.Stdout, c)
			}
			return
		}
	}
	for _, o := range options {
		for _, n := range o.Names() {
			if strings.HasPrefix(n, name) && !o.Hidden {
				fmt.Fprintf(p.Stdout, "%s%s:%s\n", dashes, n, o.Usage)
			}
		}
	}
}
