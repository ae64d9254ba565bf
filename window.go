//go:build !headless

package main

import (
	"context"
	"io"

	"sseconsole/ui"
)

func openWindow(ctx context.Context, demoDir string, out io.Writer) error {
	return ui.Run(ctx, ui.Options{Version: version, DemoDir: demoDir, Out: out})
}
