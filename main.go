// Command sseconsole is a desktop test console for Server-Sent Events. Without
// a subcommand it opens the window; `sseconsole help` lists the rest.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"sseconsole/ui/cli"
)

// signalGrace is how long further signals are ignored after the first one. After that,
// the next signal kills a program that does not end.
const signalGrace = 5 * time.Second

func main() {
	program := cli.Program{OpenWindow: openWindow, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	os.Exit(program.Run(untilSignal(), os.Args[1:]))
}

// untilSignal returns a context that ends on SIGINT, SIGTERM or SIGHUP. SIGHUP stays
// ignored if it was ignored at the start, as under nohup.
func untilSignal() context.Context {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, _ := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, func() {
		time.AfterFunc(signalGrace, func() { signal.Reset(signals...) }) // undoes Fyne's handlers, too
	})
	return ctx
}
