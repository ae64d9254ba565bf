// Package cli is the command line: the subcommands, without the window.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"

	"sseconsole/client"
	"sseconsole/client/mask"
	"sseconsole/client/record"
	"sseconsole/client/visible"
)

const help = `SSE Console: a desktop test console for Server-Sent Events

sseconsole [-demo DIR]
    opens the window; SIGINT, SIGTERM and SIGHUP close it in order, with exit status 0
    -demo DIR       play a short demonstration in it: write screenshots to DIR, print the log, end

sseconsole serve [-listen ADDR] [-host NAME]... [-origin O]... [-token T | -insecure] [-keepalive D]
                 [-policy P] [-mode M] [-max-sessions N] [-max-per-address N] [-replay-events N] [-replay-bytes N]
                 [-max-memory N] [-tls-cert FILE -tls-key FILE]
                 [-scenario FILE]... [-speed N] [-fault LINE]... [-config FILE]
    runs the embedded server without a window until SIGINT, SIGTERM or SIGHUP, and prints its base URLs
    -listen ADDR    host and port (127.0.0.1:8080); port 0 takes a free one
    -host NAME      a further name or address that this server is called by; may be repeated
    -origin O       an origin whose pages may call, such as https://example.org, or null; may be repeated;
                    behind a reverse proxy also the public one (docs/guard.md)
    -token T        the token that every call needs; beyond loopback one is made if none is given
    -insecure       beyond loopback, go without a token
    -keepalive D    time between keep-alive comments (15s); 0 sends none
    -policy P       what a second subscriber of one clientId does: replace (default), refuse, share,
                    or spring, which races as the demo's original back end does
    -mode M         how a subscribe that does not say it is answered: streaming (default), long or short (polling)
    -max-sessions N, -max-per-address N
                    sessions at most, in all and from one remote address; 0 (default): no bound
    -replay-events N, -replay-bytes N
                    what is kept at most, for each clientId, for one that comes back (1000, 1048576)
    -max-memory N   MiB that all of that may take, with queues, subscribers and requests (512); at the bound the
                    replay of whoever is absent longest goes, then whoever has the most left to read is cut off,
                    then a send gets 503
    -tls-cert FILE, -tls-key FILE
                    serve HTTPS, with HTTP/2, with this certificate and key (PEM)
    -scenario FILE  play a scenario to each who subscribes: a file, or quotes, chat, progress, tokens, bad-day;
                    may be repeated; on standard input, pause, step, stop and the like steer it: help lists them
    -speed N        of the scenarios: 2 is twice as fast, inf goes without waits
    -fault LINE     make something go wrong on purpose, such as 'cut-after-events n=5 next=1'; may be repeated
    -config FILE    options from a file, one a line, without the dash: policy share

sseconsole check URL [-duration D] [-json] [-client-id X] [-origin O]
    reads an event stream as a browser does and says what is wrong with it, why it matters, and what to do;
    SIGINT, SIGTERM or SIGHUP ends the reading early;
    exit status 0: no problems, or advice alone, 1: errors or warnings, 2: no stream could be had, or a mistake in the arguments
    URL             of any event stream; with -client-id, the base URL of the demo's three calls
    -duration D     how long to read (10s); a silence is found after 30s
    -json           print each problem as a line of JSON
    -client-id X    subscribe as X
    -origin O       a page's origin, such as https://example.org: could that page read the stream?

sseconsole listen URL|TARGET [-client-id X] [-content C] [-json | -raw] [-engine E] [-last-event-id I]
sseconsole send   URL|TARGET -client-id X -content C [-json]
sseconsole close  URL|TARGET -client-id X [-json]
                 [-X METHOD] [-H 'NAME: VALUE']... [-d BODY] [-k] [-env NAME] [-var NAME=VALUE]...
    makes a call of a saved target, or of a URL, and prints what comes; listen goes on until the stream is over or
    SIGINT, SIGTERM or SIGHUP; exit status 0, 1 if the call failed
    URL             of a stream; with -client-id, and for send and close, the base URL of the demo's three calls
    TARGET          the name of a target that was saved in the window
                    control characters and bytes that are not UTF-8 are printed as \n, \x1b, \u202e, \xff;
                    the further lines of a text begin with a tab
    -json           print each record as a line of JSON (docs/ndjson.md)
    -raw            print the bytes of the stream as they come, and nothing else
    -engine E       read as eventsource (default), stream or go-sse
    -last-event-id I
                    the Last-Event-ID to begin with
    -X, -H, -d, -k  as curl's: method, header, body, do not verify the certificate
    -env NAME       the environment to use instead of the one that is active
    -var NAME=VALUE a value for a variable of the target

sseconsole version
    prints the version

sseconsole help
    prints this text
`

// Program is what a command line is given to.
type Program struct {
	Version string
	// OpenWindow opens the window and blocks until it is closed or ctx ends. With
	// a directory, it plays the demonstration there and prints its log to out.
	OpenWindow func(ctx context.Context, demoDir string, out io.Writer) error

	Stdin          io.Reader // nil is an empty one
	Stdout, Stderr io.Writer
}

// Run carries out one command line, without the program's name, and returns the
// exit status. It blocks until the window is closed, the server has shut down, or
// ctx ends and everything is closed. What it prints of a mistake tells no secret.
func (p Program) Run(ctx context.Context, args []string) int {
	return report(p.run(ctx, args), p.Stderr)
}

// report prints err for the person at the command line and returns the exit
// status: 0 without an error, 2 for a mistake in the arguments or a check without
// a stream, 1 otherwise.
func report(err error, stderr io.Writer) int {
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, "sseconsole:", visible.Block(err.Error()))
	if _, ok := errors.AsType[usageError](err); ok {
		fmt.Fprintln(stderr, "See `sseconsole help`.")
		return 2
	}
	if _, ok := errors.AsType[noStreamError](err); ok {
		return 2
	}
	return 1
}

// usageError is a mistake in the arguments.
type usageError string

func (e usageError) Error() string { return string(e) }

// run is Run before its error, which tells no secret, is printed.
func (p Program) run(ctx context.Context, args []string) error {
	var given []string
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=") // of a flag
		given = append(given, arg, name, value)
	}
	return mask.Error(p.perform(ctx, args), given...)
}

// perform is run before its error is masked.
func (p Program) perform(ctx context.Context, args []string) error {
	command := ""
	if len(args) > 0 && !strings.HasPrefix(args[0], "-") {
		command, args = args[0], args[1:]
	}
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	var operand *string // the argument that is no flag, which may stand before or between them
	var action func() error
	switch command {
	case "":
		demo := flags.String("demo", "", "")
		action = func() error { return p.OpenWindow(ctx, *demo, p.Stdout) }
	case "serve":
		opts := serveFlags(flags)
		action = func() error { return serve(ctx, *opts, p.Stdin, p.Stdout, p.Stderr) }
	case "listen", "send", "close":
		call := map[string]record.Kind{"listen": record.Subscribe, "send": record.Send, "close": record.Close}[command]
		opts := callFlags(flags, call)
		operand = &opts.where
		action = func() error {
			warnOfProxies(p.Stderr)
			return opts.run(ctx, p.Stdout)
		}
	case "check":
		opts := checkFlags(flags)
		operand = &opts.url
		action = func() error {
			warnOfProxies(p.Stderr)
			return check(ctx, *opts, p.Stdout)
		}
	case "version":
		action = func() error {
			fmt.Fprintln(p.Stdout, "sseconsole", p.Version, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH)
			return nil
		}
	case "help":
		action = func() error { return printHelp(p.Stdout) }
	default:
		return usageError(fmt.Sprintf("there is no subcommand %q", mask.URL(command)))
	}

	flags.SetOutput(io.Discard) // errors are reported by the caller
	err := flags.Parse(args)
	if err == nil && operand != nil && flags.NArg() > 0 {
		*operand = flags.Arg(0)
		err = flags.Parse(flags.Args()[1:])
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return printHelp(p.Stdout)
	case err != nil:
		return usageError(withoutValue(err.Error()))
	case flags.NArg() > 0:
		return usageError(fmt.Sprintf("unexpected argument %q", mask.URL(flags.Arg(0))))
	}
	return action()
}

// warnOfProxies says which variables of the environment name no proxy.
func warnOfProxies(stderr io.Writer) {
	for _, p := range client.UnreadableProxies() {
		fmt.Fprintf(stderr, "sseconsole: %s is not the address of a proxy: %s\n", p.Name, visible.Line(p.Value))
	}
}

// withoutValue takes the value of a flag, which may be a secret of any kind, out
// of what package flag says about it.
func withoutValue(text string) string {
	before, value, found := strings.Cut(text, " value ")
	quoted, err := strconv.QuotedPrefix(value)
	if !found || err != nil {
		return text
	}
	return before + " value" + value[len(quoted):]
}

func printHelp(w io.Writer) error {
	_, err := io.WriteString(w, help)
	return err
}
