package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"syscall"

	"sseconsole/assets"
	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/secret"
	"sseconsole/client/intake"
	"sseconsole/client/record"
	"sseconsole/client/visible"
)

// callOptions is the command line of `sseconsole listen`, `send` and `close`.
type callOptions struct {
	call        record.Kind // record.Subscribe, Send or Close
	where       string      // a URL, or the name of a saved target
	clientID    string
	content     string
	method      string
	header      []endpoint.Param
	body        *string
	environment string
	variables   map[string]string
	engine      string
	lastEventID string
	insecure    bool
	json        bool
	raw         bool // listen alone
}

// callFlags defines the flags of listen, send and close; the options are theirs
// once they are parsed. Where to is no flag.
func callFlags(flags *flag.FlagSet, call record.Kind) *callOptions {
	o := &callOptions{call: call, variables: map[string]string{}}
	flags.StringVar(&o.clientID, "client-id", "", "")
	flags.StringVar(&o.content, "content", "", "")
	flags.StringVar(&o.method, "X", "", "")
	flags.Func("H", "", func(s string) error {
		name, value, ok := strings.Cut(s, ":")
		if !ok {
			return errors.New("want a header, such as 'Name: value'")
		}
		o.header = append(o.header, endpoint.Param{Name: name, Value: endpoint.Quote(strings.TrimSpace(value))})
		return nil
	})
	flags.Func("d", "", func(s string) error {
		o.body = &s
		return nil
	})
	flags.StringVar(&o.environment, "env", "", "")
	flags.Func("var", "", func(s string) error {
		name, value, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("want name=value")
		}
		o.variables[name] = value
		return nil
	})
	flags.Func("engine", "", func(s string) error { return choose(&o.engine, s, client.Engines()) })
	flags.StringVar(&o.lastEventID, "last-event-id", "", "")
	flags.BoolVar(&o.insecure, "k", false, "")
	flags.BoolVar(&o.json, "json", false, "")
	if call == record.Subscribe {
		flags.BoolVar(&o.raw, "raw", false, "")
	}
	return o
}

// spec returns the target that the options name, with what they change in it,
// and the environment that goes with it.
func (o *callOptions) spec(ctx context.Context) (spec endpoint.Spec, environment *endpoint.Environment, err error) {
	if o.where == "" {
		command := o.call.String()
		if o.call == record.Subscribe {
			command = "listen"
		}
		return spec, nil, usageError(command + " needs a URL, or the name of a saved target")
	}
	path, err := endpoint.DefaultPath()
	if err != nil {
		return spec, nil, err
	}
	store := endpoint.NewStore(path, secret.Open(ctx, endpoint.SecretsBeside(path)))
	saved := true
	spec, err = store.Target(ctx, o.where)
	if errors.Is(err, endpoint.ErrNotSaved) || err != nil && strings.Contains(o.where, "://") { // which needs no file
		saved = false
		spec, err = o.fromURL()
	}
	if err != nil {
		return spec, nil, err
	}
	if o.environment != "" {
		e, err := store.Environment(ctx, o.environment)
		if err != nil {
			return spec, nil, fmt.Errorf("environment %q: %w", o.environment, err)
		}
		environment = &e
	} else if saved {
		if environment, err = store.Active(ctx); err != nil {
			return spec, nil, err
		}
	}
	return spec, environment, o.change(&spec)
}

// fromURL makes a target for a URL: the base of the demo's calls with a
// clientId, else one stream.
func (o *callOptions) fromURL() (endpoint.Spec, error) {
	shape := endpoint.ShapeGET
	if o.clientID != "" || o.call != record.Subscribe {
		shape = endpoint.ShapeDemo
	}
	spec, err := endpoint.New(shape, o.where)
	if err != nil {
		return spec, usageError(fmt.Sprintf("%q is neither a saved target nor a URL such as http://localhost:8080/events", endpoint.Mask(o.where)))
	}
	return spec, nil
}

// change does to a target what the options say.
func (o *callOptions) change(spec *endpoint.Spec) error {
	call := spec.Call(o.call.String())
	if call == nil {
		return fmt.Errorf("%s: the target has no %s", spec.Name, o.call)
	}
	call.Method = cmp.Or(o.method, call.Method)
	for _, h := range o.header {
		call.Header = slices.DeleteFunc(call.Header, func(p endpoint.Param) bool { return strings.EqualFold(p.Name, h.Name) })
		call.Header = append(call.Header, h)
	}
	if o.body != nil {
		call.Body = &endpoint.Body{Kind: endpoint.BodyText, Text: endpoint.Quote(*o.body)}
		if json.Valid([]byte(*o.body)) {
			call.Body.Kind = endpoint.BodyJSON
		}
	}
	spec.Connection.Insecure = spec.Connection.Insecure || o.insecure
	spec.LastEventID = cmp.Or(o.lastEventID, spec.LastEventID)
	for name, value := range o.variables {
		at := slices.IndexFunc(spec.Variables, func(v endpoint.Variable) bool { return v.Name == name })
		if at < 0 {
			spec.Variables = append(spec.Variables, endpoint.Variable{Name: name})
			at = len(spec.Variables) - 1
		}
		spec.Variables[at].Value = value
		if !spec.Variables[at].Secret {
			spec.Variables[at].Value = endpoint.Quote(value)
		}
	}
	return nil
}

// printer writes records as they come.
type printer struct {
	json  bool
	raw   bool
	texts texts

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
		out = []byte(p.line(&r) + "\n")
	}
	if len(out) > 0 {
		_, p.err = p.out.Write(out)
	}
	if p.err != nil {
		p.stop()
	}
}

// line is a record for a reader: its time, a word and a text. Only the text may
// go on over several lines, each of which begins with a tab.
func (p *printer) line(r *record.Record) string {
	word, text := r.Kind.String(), ""
	switch r.Kind {
	case record.Event:
		word, text = r.Type, r.Data
		if r.ID != "" {
			word += " #" + r.ID
		}
	case record.Text, record.Comment, record.Retry:
		text = r.Data
	case record.Cursor:
		word, text = "id", r.ID
	case record.Subscribe, record.Send, record.Close:
		text = r.Method + " " + r.URL
	case record.Open, record.Answer:
		text = fmt.Sprintf("%d %s", r.Status, cmp.Or(r.ContentType, r.Message))
	case record.Redirect:
		text = fmt.Sprintf("%d %s %s", r.Status, r.Method, r.URL)
	case record.Reconnect:
		text = fmt.Sprintf("in %v (%s)", r.Delay, r.Source)
	case record.End, record.Fail:
		text = "by the " + string(r.By)
		if r.Failure != "" {
			text = p.why(r)
		}
	default:
		text = strings.TrimSpace(r.Type + " " + r.Data)
	}
	return r.Time.Format("15:04:05.000") + "  " + visible.Line(word) + "\t" + visible.Block(text)
}

// why says why something failed.
func (p *printer) why(r *record.Record) string {
	why := p.texts.say("failure."+string(r.Failure), map[string]any{
		"Status": r.Status, "Message": r.Message, "Type": r.ContentType, "Code": r.Code, "Method": r.Method, "Took": r.Took,
		"Detail": r.Detail,
	})
	if detail := visible.Line(r.Detail); !strings.Contains(why, detail) {
		why += " (" + detail + ")"
	}
	return why
}

// explain puts what is wrong with a target, or with the file of targets, into
// words.
func (t texts) explain(err error) error {
	problem := func(p *endpoint.Problem) string {
		text := t.say("target.problem."+string(p.Code), map[string]any{"Value": p.Value})
		if p.Err != nil {
			text += " (" + visible.Line(p.Err.Error()) + ")"
		}
		return text
	}
	var problems endpoint.Problems
	if file, ok := errors.AsType[*endpoint.FileError](err); ok {
		return fmt.Errorf("the file of targets, line %d, column %d, %s: %s", file.Line, file.Column, visible.Line(file.Problem.Field), problem(&file.Problem))
	} else if !errors.As(err, &problems) {
		return err
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, visible.Line(p.Field)+": "+problem(p))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// run makes the call and prints what comes of it. A subscribe goes on until it
// is over by itself, ctx ends, or nobody reads stdout any more; the first two
// are no errors unless it failed. A send or close that ctx cut short failed.
func (o *callOptions) run(ctx context.Context, stdout io.Writer) error {
	if o.json && o.raw {
		return usageError("-json and -raw exclude each other")
	}
	texts, err := readTexts(assets.Translation("en"))
	if err != nil {
		return err
	}
	spec, environment, err := o.spec(ctx)
	if err != nil {
		return texts.explain(err)
	}
	signal.Ignore(syscall.SIGPIPE) // so that writing fails instead when whoever read has had enough
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	p := &printer{json: o.json, raw: o.raw, texts: texts, out: stdout, stop: cancel}
	c := client.Client{Record: intake.New(p.take).Add}
	defer c.CloseIdleConnections()
	call, err := c.Resolve(&spec, o.call, endpoint.Values{ClientID: o.clientID, Content: o.content, Environment: environment})
	if err != nil {
		return texts.explain(err)
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
		return errors.New(p.why(&last))
	}
	return nil
}
