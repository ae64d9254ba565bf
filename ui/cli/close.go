package cli

import (
	urfave "github.com/urfave/cli/v3"

	"sseconsole/client/record"
)

func (p *Program) closeCommand() *urfave.Command {
	o := callOptions{requestOptions: requestOptions{call: record.Close}}
	return &urfave.Command{
		Name: "close", Usage: "close a subscription on the server", ArgsUsage: "URL|TARGET",
		Description: `URL is the base URL of the demo's three calls; TARGET is the name of a target that was saved in the window.
` + printed,
		Flags:  flags(o.options()...),
		Action: p.calling(&o),
	}
}
