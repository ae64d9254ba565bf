package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	urfave "github.com/urfave/cli/v3"
)

const helpName = "help"

// helpOption returns the flag that asks for the help of any command.
func helpOption() *option {
	o := newOption(helpName, "", "show the help of the command", func(string) error { return nil })
	o.Aliases = []string{"h"}
	o.Local = false
	return o
}

// helpWanted is the error of a command whose help was asked for.
type helpWanted struct{ of *urfave.Command }

func (helpWanted) Error() string { return "help is wanted" }

func (p *Program) helpCommand() *urfave.Command {
	return &urfave.Command{
		Name: helpName, Usage: "show the help of a command", ArgsUsage: "[COMMAND]",
		Action: func(_ context.Context, cmd *urfave.Command) error {
			root, name := cmd.Root(), cmd.Args().First()
			if name == "" {
				return writeHelp(p.Stdout, root)
			}
			if of := root.Command(name); of != nil {
				return writeHelp(p.Stdout, of)
			}
			return unknownCommand(root, name)
		},
	}
}

// width is how many columns the help takes at most.
const width = 100

// writeHelp writes the help of a command; that of the root lists the subcommands.
func writeHelp(w io.Writer, cmd *urfave.Command) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n  %s\n\n%s\n", cmd.FullName(), cmd.Usage, usageLine(cmd), wrapped(cmd.Description, 0))
	if cmd == cmd.Root() {
		b.WriteString("\nSubcommands:\n")
		for _, c := range cmd.Commands {
			entry(&b, c.Name, c.Usage)
		}
	}
	b.WriteString("\nFlags, each with one dash or two:\n")
	for _, o := range optionsOf(cmd) {
		if !o.Hidden {
			entry(&b, o.synopsis(), o.Usage)
		}
	}
	if cmd == cmd.Root() {
		b.WriteString("\n`sseconsole help COMMAND` shows the help of a subcommand, `sseconsole man` the manual page.\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// usageLine is how a command is typed.
func usageLine(cmd *urfave.Command) string {
	parts := []string{cmd.FullName()}
	if cmd == cmd.Root() {
		parts = append(parts, "[SUBCOMMAND]")
	} else if cmd.ArgsUsage != "" {
		parts = append(parts, cmd.ArgsUsage)
	}
	return strings.Join(append(parts, "[FLAG]..."), " ")
}

// synopsis is how the flag is typed.
func (o *option) synopsis() string {
	s := "-" + strings.Join(o.Names(), ", -")
	if o.value != "" {
		s += " " + o.value
	}
	return s
}

// entry writes a name and what it means, in two columns.
func entry(b *strings.Builder, name, meaning string) {
	const column = 22
	lead := fmt.Sprintf("  %-*s", column-2, name)
	if len(lead) > column {
		lead += "\n" + strings.Repeat(" ", column)
	}
	b.WriteString(lead + strings.TrimLeft(wrapped(meaning, column), " ") + "\n")
}

// wrapped breaks the lines of a text between words, and indents them. An empty
// line of the text, and the lines of a block that is indented, stay as they are.
func wrapped(text string, indent int) string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		if strings.HasPrefix(paragraph, " ") {
			lines = append(lines, paragraph, "")
			continue
		}
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			if line != "" && indent+len(line)+1+len(word) > width {
				lines = append(lines, line)
				line = ""
			}
			line = strings.TrimPrefix(line+" "+word, " ")
		}
		lines = append(lines, line, "")
	}
	return strings.TrimSuffix(indented(lines, indent), "\n")
}

func indented(lines []string, by int) string {
	var b strings.Builder
	for i, line := range lines {
		if line != "" {
			b.WriteString(strings.Repeat(" ", by) + line)
		}
		if i < len(lines)-1 {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
