package cli

import (
	"context"
	"errors"
	"io"
	"os/signal"
	"sync"
	"syscall"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/intake"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording"
)

func (p *Program) listenCommand() *urfave.Command {
	o := callOptions{requestOptions: requestOptions{call: record.Subscribe}}
	return &urfave.Command{
		Name: "listen", Usage: "subscribe to a stream and print what comes", ArgsUsage: "URL|TARGET",
		Description: `Listen goes on until the stream is over, or SIGINT, SIGTERM or SIGHUP. URL is that of a stream; with
-client-id, the base URL of the demo's three calls. TARGET is the name of a target that was saved in the window.
` + printed,
		Flags:  flags(append(o.options(), yes(&o.raw, "raw", "print the bytes of the stream as they come, and nothing else"))...),
		Action: p.calling(&o),
	}
}

// printed is how listen, send and close print.
const printed = `
Control characters and bytes that are not UTF-8 are printed as \n, \x1b, \u202e, \xff; the further lines of a
text begin with a tab.

Exit status: 0, 1 if the call failed, 2 for a mistake in the arguments.`

// callOptions is the command line of `sseconsole listen`, `send` and `close`.
type callOptions struct {
	requestOptions
	json  bool
	raw   bool          // listen alone
	words wording.Words // of what is printed
}

func (o *callOptions) options() []*option {
	return append(o.requestOptions.options(), yes(&o.json, "json", "print each record as a line of JSON (docs/ndjson.md)"))
}

// calling makes the call of the options.
func (p *Program) calling(o *callOptions) urfave.ActionFunc {
	return func(ctx context.Context, cmd *urfave.Command) error {
		p.warnOfProxies()
		o.where, o.words = cmd.Args().First(), p.words()
		if o.where == "" {
			return usageError(cmd.Name + " needs a URL, or the name of a saved target")
		}
		return o.run(ctx, p.Stdout)
	}
}

// printer writes records as they come.
type printer struct {
	json  bool
	raw   bool
	words wording.Words

	mu   sync.Mutex
	out  io.Writer
	seq  int64
	err  error // of writing
	stop func()
}

// take prints a record that the intake has let through. Findings are for check.
func (p *printer) take(r record.Record) int64 {
	if r.Kind != record.Problem {
		p.add(r)
	}
	return 0 // nobody asks for its number
}

func (p *printer) add(r record.Record) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err != nil {
		return
	}
	p.seq++
	r.Seq = p.seq
	var out []byte
	switch {
	case p.raw && r.Kind == record.Chunk:
		out = r.Raw
	case p.raw:
	case p.json:
		out = visible.JSON(r.AppendNDJSON(nil))
	case r.Kind != record.Chunk: // the data of events shows what is in it
		out = []byte(p.words.ListenLine(&r) + "\n")
	}
	if len(out) > 0 {
		_, p.err = p.out.Write(out)
	}
	if p.err != nil {
		p.stop()
	}
}

// run makes the call and prints what comes of it. A subscribe goes on until it
// is over by itself, ctx ends, or nobody reads stdout any more; the first two
// are no errors unless it failed. A send or close that ctx cut short failed.
func (o *callOptions) run(ctx context.Context, stdout io.Writer) error {
	if o.json && o.raw {
		return usageError("-json and -raw exclude each other")
	}
	spec, environment, err := o.spec(ctx, o.words)
	if err != nil {
		return o.words.CallError(err)
	}
	signal.Ignore(syscall.SIGPIPE) // so that writing fails instead when whoever read has had enough
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := &printer{json: o.json, raw: o.raw, words: o.words, out: stdout, stop: cancel}
	c := client.Client{Record: intake.New(p.take).Add}
	defer c.CloseIdleConnections()
	call, err := c.Resolve(&spec, o.call, endpoint.Values{ClientID: o.clientID, Content: o.content, Environment: environment})
	if err != nil {
		return o.words.CallError(err)
	}
	var last record.Record
	if o.call == record.Subscribe {
		subscription := c.Subscribe(ctx, call, client.Options{Engine: o.engine}.With(&spec))
		<-subscription.Done()
		last = subscription.Status().Last
	} else {
		last = c.Do(ctx, call)
	}
	switch {
	case errors.Is(p.err, syscall.EPIPE): // whoever read has had enough
		return nil
	case p.err != nil:
		return p.err
	case last.Kind == record.Fail && (last.By != record.ByPerson || o.call != record.Subscribe) && last.Failure != record.NoContent:
		return errors.New(o.words.Cause(&last))
	}
	return nil
}
