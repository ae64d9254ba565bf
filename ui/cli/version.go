package cli

import (
	"context"
	"fmt"
	"runtime"

	urfave "github.com/urfave/cli/v3"
)

// Version is that of FyneApp.toml, too.
const Version = "0.1.0"

func (p *Program) versionCommand() *urfave.Command {
	return &urfave.Command{
		Name: "version", Usage: "print the version",
		Action: func(context.Context, *urfave.Command) error {
			_, err := fmt.Fprintln(p.Stdout, "sseconsole", Version, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
			return err
		},
	}
}
