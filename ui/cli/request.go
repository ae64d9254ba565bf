package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/secret"
	"sseconsole/client/record"
	"sseconsole/client/visible"
	"sseconsole/ui/wording"
)

// requestOptions say where a request goes, and what it carries.
type requestOptions struct {
	call        record.Kind // record.Subscribe, Send or Close
	where       string      // a URL, or the name of a saved target
	clientID    string
	content     string
	method      string
	header      []endpoint.Param
	body        *string
	environment string
	variables   map[string]string
	insecure    bool
	caFile      string
	cookies     *bool // nil: as the target has it

	// Of a subscribe alone.
	engine        string
	lastEventID   string
	compression   string // one of compressions; "" is as the target has it
	endMarker     string
	maxReconnects *int // nil: as the target has it
}

// What -compression takes beside what a target's connection does.
const (
	noCompression      = "none"
	browserCompression = "browser"
)

func compressions() []string {
	return append([]string{noCompression, browserCompression, endpoint.CompressionAll}, endpoint.Compressions()...)
}

// options returns the flags that set all but where, which is no flag.
func (o *requestOptions) options() []*option {
	o.variables = map[string]string{}
	engine := choice(&o.engine, "engine", "E", "read as eventsource (default), stream or go-sse", client.Engines())
	lastEventID := text(&o.lastEventID, "last-event-id", "I", "the Last-Event-ID to begin with")
	list := []*option{
		text(&o.clientID, "client-id", "X", "make the demo's call as X; the URL is then the base URL of its three calls"),
		text(&o.content, "content", "C", "what to send, where the call has a content"),
		text(&o.environment, "env", "NAME", "the environment to use instead of the one that is active"),
		newOption("var", "NAME=VALUE", "a value for a variable of the target; may be repeated", func(s string) error {
			name, value, ok := strings.Cut(s, "=")
			if !ok {
				return errors.New("want name=value")
			}
			o.variables[name] = value
			return nil
		}),
		text(&o.method, "X", "METHOD", "the request method, as in curl"),
		newOption("H", "HEADER", "a request header, as in curl, such as 'X-Tenant: a'; may be repeated", func(s string) error {
			name, value, ok := strings.Cut(s, ":")
			if !ok {
				return errors.New("want a header, such as 'Name: value'")
			}
			o.header = append(o.header, endpoint.Param{Name: name, Value: endpoint.Quote(strings.TrimSpace(value))})
			return nil
		}),
		newOption("d", "BODY", "the request body, as in curl", func(s string) error {
			o.body = &s
			return nil
		}),
		yes(&o.insecure, "k", "do not verify the certificate, as in curl"),
		text(&o.caFile, "cacert", "FILE", "trust the authorities in this file of PEM instead of the system's, as in curl"),
		newOption("cookies", "", "store and send cookies, as a browser does (default for a URL); -cookies=false does not", func(s string) error {
			keep, err := strconv.ParseBool(s)
			o.cookies = &keep
			if err != nil {
				return errors.New(wantBoolean)
			}
			return nil
		}),
		engine, lastEventID,
	}
	if o.call != record.Subscribe { // accepted, but without effect
		engine.Hidden, lastEventID.Hidden = true, true
		return list
	}
	return append(list,
		choice(&o.compression, "compression", "C", "ask for compression: none, browser (as Chromium does), all, gzip, deflate, br or zstd; whatever comes compressed is read", compressions()),
		text(&o.endMarker, "end-marker", "TEXT", "the data of the event that ends the stream for good, such as [DONE]"),
		newOption("max-reconnects", "N", "how often to reconnect in a row, without an event in between; 0 never; a POST is made again only if this is given", func(s string) error {
			n, err := strconv.Atoi(s)
			if err != nil || n < 0 {
				return errors.New("want a number from 0")
			}
			o.maxReconnects = &n
			return nil
		}))
}

// subscription returns how to read a stream: as the target says, with the compression
// of a browser if usual is true and nothing else was asked for.
func (o *requestOptions) subscription(spec *endpoint.Spec, usual bool) client.Options {
	compressed := o.compression == browserCompression || o.compression == "" && usual
	return client.Options{Engine: o.engine, Compressed: compressed}.With(spec)
}

// spec returns the target that the options name, with what they change in it,
// and the environment that goes with it.
func (o *requestOptions) spec(ctx context.Context, words wording.Words) (spec endpoint.Spec, environment *endpoint.Environment, err error) {
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
			if errors.Is(err, endpoint.ErrNotSaved) {
				err = errors.New(words.T("cli.no_environment", "Name", visible.Quote(o.environment)))
			}
			return spec, nil, err
		}
		environment = &e
	} else if saved {
		if environment, err = store.Active(ctx); err != nil {
			return spec, nil, err
		}
	}
	return spec, environment, o.change(&spec, words)
}

// fromURL makes a target for a URL: the base of the demo's calls with a
// clientId, else one stream.
func (o *requestOptions) fromURL() (endpoint.Spec, error) {
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
func (o *requestOptions) change(spec *endpoint.Spec, words wording.Words) error {
	call := spec.Call(o.call.String())
	if call == nil {
		return errors.New(words.T("cli.no_call", "Target", visible.Line(spec.Name), "Call", words.KindName(o.call)))
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
	if o.caFile != "" {
		spec.Connection.CAFile = endpoint.Quote(o.caFile)
	}
	if o.cookies != nil {
		spec.Cookies = *o.cookies
	}
	spec.LastEventID = cmp.Or(o.lastEventID, spec.LastEventID)
	spec.EndMarker = cmp.Or(o.endMarker, spec.EndMarker)
	if o.maxReconnects != nil {
		spec.MaxReconnects = o.maxReconnects
	}
	switch o.compression {
	case "":
	case noCompression, browserCompression:
		spec.Connection.Compression = ""
	default:
		spec.Connection.Compression = o.compression
	}
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
