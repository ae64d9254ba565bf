package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	urfave "github.com/urfave/cli/v3"
)

func (p *Program) manCommand() *urfave.Command {
	return &urfave.Command{
		Name: "man", Usage: "print the manual page",
		Description: "To read it:\n\n    sseconsole man | man -l -",
		Action: func(_ context.Context, cmd *urfave.Command) error {
			return writeManPage(p.Stdout, cmd.Root())
		},
	}
}

// writeManPage writes the manual page of the program in roff.
func writeManPage(w io.Writer, root *urfave.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, ".TH SSECONSOLE 1 \"\" \"SSE Console %s\"\n", Version)
	fmt.Fprintf(&b, ".SH NAME\nsseconsole \\- %s\n.SH SYNOPSIS\n", roff(root.Usage))
	for _, cmd := range append([]*urfave.Command{root}, root.Commands...) {
		fmt.Fprintf(&b, ".B %s\n%s\n.br\n", cmd.FullName(), roff(strings.TrimPrefix(usageLine(cmd), cmd.FullName()+" ")))
	}
	b.WriteString(".SH DESCRIPTION\n")
	manText(&b, root.Description+"\n\nEach flag may be written with one dash or two, before or after the other arguments, and its value after a space or an equals sign. "+
		"No argument after two dashes alone is a flag.")
	manOptions(&b, root)
	b.WriteString(".SH SUBCOMMANDS\n")
	for _, cmd := range root.Commands {
		fmt.Fprintf(&b, ".SS %s\n", roff(strings.TrimSpace(cmd.Name+" "+cmd.ArgsUsage)))
		manText(&b, upperFirst(cmd.Usage)+".\n\n"+cmd.Description)
		manOptions(&b, cmd)
	}
	b.WriteString(".SH ENVIRONMENT\n.TP\n.B " + languageVariable + "\nThe language of what the subcommands print, unless \\-lang is given.\n")
	b.WriteString(".TP\n.BR HTTP_PROXY \", \" HTTPS_PROXY \", \" NO_PROXY\nThe proxies of check, listen, send and close.\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// manOptions writes the flags of a command; those of all commands go with the root.
func manOptions(b *strings.Builder, cmd *urfave.Command) {
	for _, o := range optionsOf(cmd) {
		if o.Hidden || !o.Local && cmd != cmd.Root() {
			continue
		}
		names := `\fB` + roff("-"+strings.Join(o.Names(), ", -")) + `\fR`
		if o.value != "" {
			names += ` \fI` + roff(o.value) + `\fR`
		}
		fmt.Fprintf(b, ".TP\n%s\n%s\n", names, roff(o.Usage))
	}
}

// manText writes paragraphs; one that is indented keeps its lines.
func manText(b *strings.Builder, text string) {
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if strings.HasPrefix(paragraph, " ") {
			fmt.Fprintf(b, ".PP\n.nf\n%s\n.fi\n", roff(paragraph))
		} else {
			fmt.Fprintf(b, ".PP\n%s\n", roff(strings.TrimSpace(paragraph)))
		}
	}
}

// roff escapes what troff would obey.
func roff(text string) string {
	text = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\n.", "\n\\&.", "\n'", "\n\\&'").Replace(text)
	if strings.HasPrefix(text, ".") || strings.HasPrefix(text, "'") {
		text = `\&` + text
	}
	return text
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
