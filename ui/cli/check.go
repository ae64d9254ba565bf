package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	urfave "github.com/urfave/cli/v3"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/intake"
	"sseconsole/client/judge"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording"
)

func (p *Program) checkCommand() *urfave.Command {
	o := checkOptions{duration: 10 * time.Second}
	return &urfave.Command{
		Name: "check", Usage: "read a stream as a browser does and say what is wrong with it", ArgsUsage: "URL",
		Description: `Check says what is wrong with an event stream, why it matters, and what to do. URL is that of any event stream;
with -client-id, the base URL of the demo's three calls. SIGINT, SIGTERM or SIGHUP ends the reading early.

Exit status: 0 if nothing worse than advice was found, 1 if so, 2 if there was no stream to read, or for a mistake in the
arguments.`,
		Flags: flags(
			newOption("duration", "D", "how long to read (10s), and up to 30s more while a reconnect is pending; a silence is found after 30s", func(s string) (err error) {
				if o.duration, err = time.ParseDuration(s); err != nil || o.duration <= 0 {
					return errors.New("want a time such as 10s")
				}
				return nil
			}),
			yes(&o.json, "json", "print each finding as a line of JSON, and the verdict as the last (docs/ndjson.md)"),
			text(&o.clientID, "client-id", "X", "subscribe as X"),
			newOption("origin", "O", "a page's origin, such as https://example.org: could that page read the stream?", func(s string) error {
				o.origin = s
				return wantOrigin(s)
			})),
		Action: func(ctx context.Context, cmd *urfave.Command) error {
			p.warnOfProxies()
			o.url, o.words = cmd.Args().First(), p.words()
			o.dial = p.dial
			return check(ctx, o, p.Stdout, p.Stderr)
		},
	}
}

// checkOptions is the command line of `sseconsole check`.
type checkOptions struct {
	url      string
	duration time.Duration
	json     bool
	clientID string
	origin   string
	words    wording.Words // of what is printed
	dial     func(ctx context.Context, network, address string) (net.Conn, error)
}

// noStreamError says why there was no stream to judge.
type noStreamError string

func (e noStreamError) Error() string { return string(e) }

// check reads a stream as a browser does until its time is over, which a reconnect
// may extend, or ctx ends, and prints what is wrong with it. The error is a noStreamError if there was
// none to judge, and tells the number of problems that are more than advice.
func check(ctx context.Context, opts checkOptions, stdout, stderr io.Writer) error {
	address, spec, err := opts.target()
	if err != nil {
		return err
	}
	v := newVerdict()
	c := client.Client{Record: v.intake.Add, Dial: opts.dial}
	defer c.CloseIdleConnections()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	call, err := c.Resolve(&spec, record.Subscribe, endpoint.Values{ClientID: opts.clientID})
	if err != nil {
		return err
	}
	subscription := c.Subscribe(ctx, call, client.Options{Origin: opts.origin, Compressed: true})
	over := overtime{end: time.Now().Add(opts.duration), say: func(key string, d time.Duration) {
		fmt.Fprintln(stderr, "sseconsole:", opts.words.T(key, "Duration", opts.words.Duration(d.Round(time.Second))))
	}}
	tick, end := time.NewTicker(time.Second), time.NewTimer(opts.duration)
	defer tick.Stop()
	defer end.Stop()
	for done := false; !done; {
		select {
		case now := <-tick.C:
			v.intake.Tick(now)
		case now := <-end.C:
			if end.Reset(overtimeStep); over.over(now, subscription.Status(), v.wasOpen()) {
				cancel()
			}
		case <-subscription.Done():
			done = true
		}
	}
	v.count()

	judged := v.open || v.serious() > 0
	switch status := subscription.Status(); {
	case opts.json:
		err = v.writeJSON(stdout, address, status, judged)
	case judged || len(v.problems) > 0:
		checked := wording.Checked{Address: address, Events: status.Events, Connections: status.Conn, Problems: v.problems}
		if !v.open {
			checked.Refused = &v.last
		}
		checked.Cuts, checked.Longer = v.cuts.seldom()
		_, err = io.WriteString(stdout, opts.words.Check(checked))
	}
	switch n := v.serious(); {
	case err != nil:
		return err
	case !judged:
		return noStreamError(opts.words.NoStream(address, &v.last))
	case n > 0:
		return errors.New(opts.words.Problems(int64(n)))
	}
	return nil
}

// target returns where the options lead, and the address as it may be shown.
func (o checkOptions) target() (shown string, spec endpoint.Spec, err error) {
	if o.url == "" {
		return "", spec, usageError("check needs the URL of a stream")
	}
	parse := endpoint.ParseStream
	if o.clientID != "" {
		parse = endpoint.Parse
	}
	address, err := parse(o.url)
	if err != nil {
		return "", spec, usageError(fmt.Sprintf("%q is no URL of a stream: want one such as http://localhost:8080/events", endpoint.Mask(o.url)))
	}
	if spec = endpoint.Stream(address); o.clientID != "" {
		spec = endpoint.Demo(address, endpoint.Auto)
	}
	spec.Cookies = true // as in a browser
	return endpoint.Mask(address), spec, nil
}

// verdict is what a check finds out.
type verdict struct {
	intake *intake.Intake

	mu       sync.Mutex
	problems []record.Record
	open     bool          // some connection was a stream
	last     record.Record // how the latest connection ended
	cuts     cuts
}

func newVerdict() *verdict {
	v := &verdict{}
	v.intake = intake.New(v.take)
	return v
}

// take looks at a record that the intake has let through.
func (v *verdict) take(r record.Record) int64 {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cuts.take(&r)
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

// serious returns how many problems are more than advice.
func (v *verdict) serious() (n int) {
	for _, p := range v.problems {
		if judge.SeverityOf(p.Type) >= judge.Warning {
			n++
		}
	}
	return n
}

// verdictLine is the last line of check -json. All before it are records of
// findings, which have another kind.
type verdictLine struct {
	Kind        string         `json:"kind"`    // verdict
	Verdict     string         `json:"verdict"` // met, or failed if there is an error or a warning, or no stream
	Stream      bool           `json:"stream"`  // there was one to judge
	Failure     record.Failure `json:"failure,omitempty"`
	Findings    int            `json:"findings"` // as many lines are before this one
	Events      int64          `json:"events"`
	Connections int            `json:"connections"`
	URL         string         `json:"url"` // secrets masked
}

// writeJSON prints each finding and then the verdict, a line of JSON each.
func (v *verdict) writeJSON(w io.Writer, address string, s client.Status, judged bool) error {
	for i, p := range v.problems {
		p.Seq = int64(i) + 1
		if _, err := w.Write(visible.JSON(p.AppendNDJSON(nil))); err != nil {
			return err
		}
	}
	last := verdictLine{Kind: "verdict", Verdict: "met", Stream: judged, Findings: len(v.problems), Events: s.Events, Connections: s.Conn, URL: address}
	if !judged || v.serious() > 0 {
		last.Verdict = "failed"
	}
	if !judged {
		last.Failure = v.last.Failure
	}
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false) // the URL is to be as it was given
	if err := encoder.Encode(last); err != nil {
		return err
	}
	_, err := w.Write(visible.JSON(line.Bytes()))
	return err
}
