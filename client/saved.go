package client

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"sseconsole/client/endpoint"
)

// EndpointOf returns where a call of a saved target goes, without a Jar. call
// is endpoint.Subscribe, Send or Close; the errors are those of Spec.Request.
func EndpointOf(spec *endpoint.Spec, call string, values endpoint.Values) (Endpoint, error) {
	request, err := spec.Request(call, values)
	if err != nil {
		return Endpoint{}, err
	}
	connection, err := spec.Resolve(values)
	if err != nil {
		return Endpoint{}, err
	}
	return Endpoint{Name: spec.Name, Request: request, Connection: connection, Masker: spec.Masker(values.Environment)}, nil
}

// With returns o with what a saved target says of its subscriptions.
func (o Options) With(spec *endpoint.Spec) Options {
	o.LastEventID, o.EndMarker = spec.LastEventID, spec.EndMarker
	o.ReconnectionTime = time.Duration(spec.ReconnectionTime)
	if spec.MaxReconnects != nil {
		if o.MaxReconnects = *spec.MaxReconnects; o.MaxReconnects == 0 {
			o.MaxReconnects = -1 // none
		}
	}
	return o
}

// ExpectOf judges the answer to a call as a saved target says. Its errors say
// what was expected.
func ExpectOf(expect endpoint.Expect) Expect {
	return func(status int, body []byte) error {
		verdict, err := expect.Judge(context.Background(), status, body)
		switch {
		case verdict == endpoint.Expected:
			return nil
		case verdict == endpoint.UnexpectedStatus && err == nil:
			return fmt.Errorf("status %d, want %s", status, cmp.Or(expect.Status, "2xx"))
		case verdict == endpoint.Refused:
			return fmt.Errorf("jq %s: false, null or nothing", expect.JQ)
		case verdict == endpoint.NoJSON:
			return fmt.Errorf("jq %s: the answer is not JSON", expect.JQ)
		case verdict == endpoint.QueryFailed:
			return fmt.Errorf("jq %s: %w", expect.JQ, err)
		}
		return fmt.Errorf("%s: %w", verdict, err)
	}
}
