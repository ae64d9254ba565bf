package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"sync"
	"syscall"
	"time"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/intake"
	"sseconsole/client/record"
	"sseconsole/ui/wording"
)

func (p *Program) listenCommand() *urfave.Command {
	o := callOptions{requestOptions: requestOptions{call: record.Subscribe}}
	return &urfave.Command{
		Name: "listen", Usage: "subscribe to a stream and print what comes", ArgsUsage: "URL|TARGET",
		Description: `Listen goes on until the stream is over, or SIGINT, SIGTERM or SIGHUP. URL is that of a stream; with
-client-id, the base URL of the demo's three calls. TARGET is the name of a target that was saved in the window. A POST
is made once, so listen ends with its stream, unless -max-reconnects is given.
` + printed + ` Also 1 if the
event of -until did not come, and 2 if the server first responds with 204: there is no stream.`,
		Flags:  flags(append(o.options(), o.listening.options()...)...),
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
	listening // of listen alone
	json      bool
	words     wording.Words // of what is printed
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
		err := o.run(ctx, p.Stdout)
		if stopped := o.filter.Stopped(); stopped != nil {
			fmt.Fprintln(p.Stderr, "sseconsole:", stoppedJQ(stopped, o.words))
		}
		return err
	}
}

// run makes the call and prints what comes of it. A subscribe goes on until it
// is over by itself, ctx ends, or nobody reads stdout any more; the first two
// are no errors unless it failed. A send or close that ctx cut short failed.
func (o *callOptions) run(ctx context.Context, stdout io.Writer) error {
	if o.raw && (o.json || o.judge || o.filter != nil) {
		return usageError("-raw and -json, -judge or -filter exclude each other")
	}
	spec, environment, err := o.spec(ctx, o.words)
	if err != nil {
		return o.words.CallError(err)
	}
	signal.Ignore(syscall.SIGPIPE) // so that writing fails instead when whoever read has had enough
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := &printer{listening: &o.listening, json: o.json, words: o.words, out: stdout, stop: cancel}
	in := intake.New(p.take)
	c := client.Client{Record: in.Add}
	defer c.CloseIdleConnections()
	call, err := c.Resolve(&spec, o.call, endpoint.Values{ClientID: o.clientID, Content: o.content, Environment: environment})
	if err != nil {
		return o.words.CallError(err)
	}
	var last record.Record
	if o.call == record.Subscribe {
		last = o.listen(ctx, cancel, c.Subscribe(ctx, call, o.subscription(&spec, false)), in)
	} else {
		last = c.Do(ctx, call)
	}
	switch {
	case errors.Is(p.err, syscall.EPIPE): // whoever read has had enough
		return nil
	case p.err != nil:
		return p.err
	case last.Failure == record.NoContent && !p.open:
		return noStreamError(o.words.NoStream(call.Masker.URL(call.Request.URL), &last))
	case last.Kind == record.Fail && (last.By != record.ByPerson || o.call != record.Subscribe) && last.Failure != record.NoContent:
		return errors.New(o.words.Cause(&last))
	}
	if missing := o.until.missing(o.words); missing != "" {
		return errors.New(missing)
	}
	return nil
}

// listen waits until a subscription is over, or its time is, and returns how it ended.
func (o *callOptions) listen(ctx context.Context, cancel func(), subscription *client.Subscription, in *intake.Intake) record.Record {
	if o.duration > 0 {
		defer time.AfterFunc(o.duration, cancel).Stop()
	}
	if o.judge {
		var watching sync.WaitGroup
		watching.Go(func() { in.Watch(ctx) })
		defer watching.Wait()
		defer cancel()
	}
	<-subscription.Done()
	return subscription.Status().Last
}
