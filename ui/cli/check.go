package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/intake"
	"sseconsole/client/record"
	"sseconsole/ui/wording"
)

func (p *Program) checkCommand() *urfave.Command {
	o := checkOptions{requestOptions: requestOptions{call: record.Subscribe}, duration: 10 * time.Second}
	return &urfave.Command{
		Name: "check", Usage: "read a stream as a browser does and say what is wrong with it", ArgsUsage: "URL|TARGET",
		Description: `Check says what is wrong with an event stream, why it matters, and what to do. URL is that of any event stream;
with -client-id, the base URL of the demo's three calls. TARGET is the name of a target that was saved in the window.
SIGINT, SIGTERM or SIGHUP ends the reading early.

Exit status: 0 if the check passed, 1 if a finding or a demand such as -min-events failed it, 2 if there was no stream to read,
or for a mistake in the arguments.`,
		Flags: flags(slices.Concat(
			[]*option{
				duration(&o.duration, "how long to read (10s), and up to 25s more while a reconnect is pending; a silence is found after 30s"),
				yes(&o.reconnect, "reconnect", "reconnect once on purpose, halfway through -duration, unless the stream has reconnected by then"),
				newOption("origin", "O", "a page's origin, such as https://example.org: could that page read the stream?", func(s string) error {
					o.origin = s
					return wantOrigin(s)
				}),
				yes(&o.json, "json", "print each finding as a line of JSON, and the verdict as the last (docs/ndjson.md)"),
				text(&o.junit, "junit", "FILE", "also write JUnit XML, with a test for each finding"),
				text(&o.sarif, "sarif", "FILE", "also write SARIF 2.1.0"),
			},
			o.demands.options(), o.requestOptions.options())...),
		Action: func(ctx context.Context, cmd *urfave.Command) error {
			p.warnOfProxies()
			o.where, o.words, o.dial = cmd.Args().First(), p.words(), p.dial
			return o.run(ctx, p.Stdout, p.Stderr)
		},
	}
}

// duration returns a flag whose value is a time.
func duration(to *time.Duration, usage string) *option {
	return newOption("duration", "D", usage, func(s string) (err error) {
		if *to, err = time.ParseDuration(s); err != nil || *to <= 0 {
			return errors.New("want a time such as 10s")
		}
		return nil
	})
}

// checkOptions is the command line of `sseconsole check`.
type checkOptions struct {
	requestOptions
	demands
	duration  time.Duration
	reconnect bool
	origin    string
	json      bool
	junit     string // a file; "" is none
	sarif     string
	words     wording.Words // of what is printed
	dial      func(ctx context.Context, network, address string) (net.Conn, error)
}

// noStreamError says why there was no stream to judge.
type noStreamError string

func (e noStreamError) Error() string { return string(e) }

// run checks the stream, prints the outcome and writes the files of it. The error says
// which demands were not met; it is a noStreamError if there was no stream.
func (o *checkOptions) run(ctx context.Context, stdout, stderr io.Writer) error {
	switch {
	case o.where == "":
		return usageError("check needs the URL of a stream, or the name of a saved target")
	case o.reconnect && o.engine == client.Stream:
		return usageError("-reconnect needs an engine that reconnects; stream does not")
	}
	if err := o.demands.read(o.words); err != nil {
		return err
	}
	outcome, err := o.check(ctx, stderr)
	if err != nil {
		return err
	}
	if err := outcome.write(stdout, o.json); err != nil {
		return err
	}
	if err := outcome.writeFiles(o.junit, o.sarif); err != nil {
		return err
	}
	return outcome.err()
}

// check reads a stream as a browser does until its time is over, which a reconnect may
// extend, or ctx ends, and returns what is wrong with it. The error says why it could
// not be requested; it is a usageError or a noStreamError.
func (o *checkOptions) check(ctx context.Context, stderr io.Writer) (*outcome, error) {
	spec, environment, err := o.spec(ctx, o.words)
	if _, usage := errors.AsType[usageError](err); usage {
		return nil, err
	}
	if err != nil {
		return nil, noStreamError(o.words.CallError(err).Error())
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	v := newVerdict(&o.until, cancel)
	c := client.Client{Record: v.intake.Add, Dial: o.dial}
	defer c.CloseIdleConnections()
	call, err := c.Resolve(&spec, o.call, endpoint.Values{ClientID: o.clientID, Content: o.content, Environment: environment})
	if err != nil {
		return nil, noStreamError(o.words.CallError(err).Error())
	}
	began, options := time.Now(), o.subscription(&spec, true)
	options.Origin = o.origin
	subscription := c.Subscribe(ctx, call, options)
	over := overtime{end: began.Add(o.duration), say: func(key string, d time.Duration) {
		fmt.Fprintln(stderr, "sseconsole:", o.words.T(key, "Duration", o.words.Duration(d.Round(time.Second))))
	}}
	tick, half, end := time.NewTicker(time.Second), time.NewTimer(o.duration/2), time.NewTimer(o.duration)
	defer tick.Stop()
	defer half.Stop()
	defer end.Stop()
	for done := false; !done; {
		select {
		case now := <-tick.C:
			v.intake.Tick(now)
		case <-half.C:
			if s := subscription.Status(); o.reconnect && s.ReadyState == client.Open && s.Reconnects == 0 {
				subscription.ReconnectFrom(s.LastEventID)
			}
		case now := <-end.C:
			if end.Reset(overtimeStep); over.over(now, subscription.Status(), v.wasOpen()) {
				cancel()
			}
		case <-subscription.Done():
			done = true
		}
	}
	v.count()
	status := subscription.Status()
	return &outcome{
		words: o.words, address: call.Masker.URL(call.Request.URL), began: began, took: time.Since(began), status: status,
		stream: v.open, last: v.last, cuts: v.cuts,
		findings: o.weigh(v.problems), compared: o.baseline != "", others: o.others(status.Events, o.words),
	}, nil
}

// verdict is what a check finds out.
type verdict struct {
	intake *intake.Intake

	mu       sync.Mutex
	problems []record.Record
	open     bool          // some connection was a stream
	last     record.Record // how the latest connection ended
	cuts     cuts
	until    *until
	enough   func() // ends the reading once what is waited for has come
}

func newVerdict(until *until, enough func()) *verdict {
	v := &verdict{until: until, enough: enough}
	v.intake = intake.New(v.take)
	return v
}

// take looks at a record that the intake has let through.
func (v *verdict) take(r record.Record) int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cuts.take(&r)
	if v.until.take(&r) {
		v.enough()
	}
	switch r.Kind {
	case record.Problem:
		v.problems = append(v.problems, r)
	case record.Open:
		v.open = true
	case record.End, record.Fail:
		if r.By != record.ByPerson || v.last.Kind == 0 { // the time is over: what came before tells more
			v.last = r
		}
	}
	return 0 // nobody asks for its number
}

func (v *verdict) wasOpen() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.open
}

// count gives each problem its final count.
func (v *verdict) count() {
	for _, c := range v.intake.Counts() {
		for i := range v.problems {
			if p := &v.problems[i]; p.Type == c.Code && p.Conn == c.Conn {
				p.Count = c.N
			}
		}
	}
}
