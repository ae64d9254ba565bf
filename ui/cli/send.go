package cli

import (
	urfave "github.com/urfave/cli/v3"

	"sseconsole/client/record"
)

func (p *Program) sendCommand() *urfave.Command {
	o := callOptions{requestOptions: requestOptions{call: record.Send}}
	return &urfave.Command{
		Name: "send", Usage: "send a message to a subscriber", ArgsUsage: "URL|TARGET",
		Description: `URL is the base URL of the demo's three calls; TARGET is the name of a target that was saved in the window.
` + printed,
		Flags:  flags(o.options()...),
		Action: p.calling(&o),
	}
}
