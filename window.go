//go:build !headless

package main

import (
	"context"
	"io"

	"sseconsole/ui"
	"sseconsole/ui/cli"
)

func openWindow(ctx context.Context, demoDir string, out io.Writer) error {
	return ui.Run(ctx, ui.Options{Version: cli.Version, DemoDir: demoDir, Out: out})
}
