// Package cli is the command line: the subcommands, each in a file of its own, and
// what they share. It works without the window, which it is given as a function.
package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/client"
	"sseconsole/client/mask"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording"
	"sseconsole/ui/wording/catalogue"
)

// Program runs command lines.
type Program struct {
	// OpenWindow opens the window and blocks until it is closed or ctx ends. With
	// a directory, it plays the demonstration there and prints its log to out.
	OpenWindow func(ctx context.Context, demoDir string, out io.Writer) error

	Stdin          io.Reader // nil is an empty one
	Stdout, Stderr io.Writer

	language string // of what the subcommands print

	dial func(ctx context.Context, network, address string) (net.Conn, error) // of check; nil is the operating system's
}

// languageVariable is the environment variable that -lang overrides. LANG and the
// like change nothing, so that scripts can rely on the words.
const languageVariable = "SSECONSOLE_LANG"

// Run runs one command line, without the program's name, and returns the exit
// status. It blocks until the window is closed, the server has shut down, or
// ctx ends and everything is closed. What it prints of a mistake tells no secret.
func (p Program) Run(ctx context.Context, args []string) int {
	return report(p.run(ctx, args), p.Stderr)
}

// report prints err for the person at the command line and returns the exit
// status.
func report(err error, stderr io.Writer) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "sseconsole:", visible.Block(err.Error()))
	if _, ok := errors.AsType[usageError](err); ok {
		fmt.Fprintln(stderr, "See `sseconsole help`.")
	}
	return exitStatus(err)
}

// exitStatus returns the exit status of an error: 0 for none, 2 for a mistake in the
// arguments or where there was no stream, 1 otherwise.
func exitStatus(err error) int {
	_, usage := errors.AsType[usageError](err)
	_, noStream := errors.AsType[noStreamError](err)
	switch {
	case err == nil:
		return 0
	case usage || noStream:
		return 2
	}
	return 1
}

// usageError is a mistake in the arguments.
type usageError string

func (e usageError) Error() string { return string(e) }

// run is Run before its error, which tells no secret, is printed.
func (p Program) run(ctx context.Context, args []string) error {
	root := p.root()
	err := emptyBoolean(root, args)
	if err == nil {
		err = root.Run(ctx, append([]string{"sseconsole"}, args...))
	}
	if help, ok := errors.AsType[helpWanted](err); ok {
		return writeHelp(p.Stdout, help.of)
	}
	var given []string
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=") // of a flag
		given = append(given, arg, name, value)
	}
	return mask.Error(err, given...)
}

// root returns the command of the whole program.
func (p *Program) root() *urfave.Command {
	p.language = cmp.Or(os.Getenv(languageVariable), catalogue.English)
	lang := choice(&p.language, "lang", "L", "the language of what a subcommand prints: en (default, whatever LANG is) or zh; "+languageVariable+" sets it too", catalogue.Languages())
	lang.Local = false
	var demo string
	root := &urfave.Command{
		Name: "sseconsole", Usage: "a desktop test console for Server-Sent Events",
		Description: `Without a subcommand it opens the window; SIGINT, SIGTERM and SIGHUP close it in order, with exit status 0.`,
		Flags:       flags(text(&demo, "demo", "DIR", "play a short demonstration in the window: write screenshots to DIR, print the log, end"), lang, helpOption()),
		Commands: []*urfave.Command{
			p.serveCommand(), p.checkCommand(), p.listenCommand(), p.sendCommand(), p.closeCommand(),
			p.versionCommand(), p.helpCommand(), p.manCommand(),
		},
		Action: func(ctx context.Context, cmd *urfave.Command) error {
			if cmd.IsSet(lang.Name) {
				return usageError("-lang needs a subcommand; the window has a menu for its language")
			}
			return p.OpenWindow(ctx, demo, p.Stdout)
		},
		StopOnNthArg: new(1), // flags after an unknown subcommand are not the root's
		ArgValidator: p.validate,

		Reader: p.Stdin, Writer: p.Stdout, ErrWriter: p.Stderr,
		HideHelp:       true, // ours is helpOption and helpCommand
		ExitErrHandler: func(context.Context, *urfave.Command, error) {},

		EnableShellCompletion:           true,
		ConfigureShellCompletionCommand: p.configureCompletion,
	}
	p.finish(root)
	return root
}

// finish sets on a command and all below it what package urfave does not inherit.
func (p *Program) finish(root *urfave.Command) {
	_ = root.Walk(func(cmd *urfave.Command) error { // never fails
		cmd.OnUsageError = wrongFlag
		cmd.ShellComplete = p.complete
		return nil
	})
}

// validate checks the arguments of a command before it runs.
func (p *Program) validate(_ context.Context, cmd *urfave.Command) error {
	most := 0
	if cmd.ArgsUsage != "" {
		most = 1
	}
	switch {
	case cmd.IsSet(helpName):
		return helpWanted{cmd}
	case cmd.Root() == cmd && cmd.Args().Present():
		return unknownCommand(cmd, cmd.Args().First())
	case cmd.NArg() > most:
		return usageError(fmt.Sprintf("unexpected argument %q", mask.URL(cmd.Args().Get(most))))
	case cmd.Root() != cmd && !slices.Contains(catalogue.Languages(), p.language):
		return usageError(fmt.Sprintf("%s: want one of %v", languageVariable, catalogue.Languages()))
	}
	return nil
}

// words returns the words of what the subcommands print.
func (p *Program) words() wording.Words { return wording.New(p.language) }

// warnOfProxies says which variables of the environment name no proxy.
func (p *Program) warnOfProxies() {
	for _, proxy := range client.UnreadableProxies() {
		what := p.words().Notice(&record.Record{Type: string(record.NoticeProxyUnreadable), Subject: proxy.Name})
		fmt.Fprintln(p.Stderr, "sseconsole:", p.words().Labelled(what, visible.Line(proxy.Value)))
	}
}
