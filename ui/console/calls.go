package console

import (
	"context"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/record"
	"sseconsole/ui/console/settings"
)

// spec returns the spec and the environment, nil for none, of p's calls. For the
// embedded server it waits as Base does.
func (c *Console) spec(p Pair) (*endpoint.Spec, *endpoint.Environment, error) {
	var base string
	var err error
	switch {
	case p.Saved != "":
		return c.Targets.Spec(p.Saved)
	case p.Embedded():
		base, err = c.Embedded.Base()
	default:
		base, err = endpoint.Parse(p.Remote)
	}
	if err != nil {
		return nil, nil, err
	}
	spec := endpoint.Demo(base, c.method())
	spec.Name = p.Target()
	return &spec, nil, nil
}

// method returns the method for the demo's sends and closes, as set in the settings.
func (c *Console) method() endpoint.Method {
	switch c.Settings().Method {
	case settings.MethodGET:
		return endpoint.GET
	case settings.MethodPOST:
		return endpoint.POST
	}
	return endpoint.Auto
}

// resolve returns a call of p, and its spec.
func (c *Console) resolve(p Pair, kind record.Kind, content string) (client.Call, *endpoint.Spec, error) {
	spec, environment, err := c.spec(p)
	if err != nil {
		return client.Call{}, nil, err
	}
	call, err := c.client.Resolve(spec, kind, endpoint.Values{ClientID: p.ClientID, Content: content, Environment: environment})
	return call, spec, err
}

// subscribe starts a subscription of p.
func (c *Console) subscribe(p Pair, content string) (*client.Subscription, error) {
	call, spec, err := c.resolve(p, record.Subscribe, content)
	if err != nil {
		return nil, err
	}
	now := c.Settings()
	options := client.Options{Engine: now.Engine, Chromium: now.Chromium, Origin: now.Origin}
	return c.client.Subscribe(c.life.Context, call, options.With(spec)), nil
}

// call makes a Send or a Close of p.
func (c *Console) call(ctx context.Context, p Pair, kind record.Kind, content string) error {
	call, _, err := c.resolve(p, kind, content)
	if err == nil {
		c.client.Do(ctx, call)
	}
	return err
}

// Drop breaks p's connection as a network failure would. It reports whether there is a
// subscription that is not closed.
func (c *Console) Drop(p Pair) bool {
	sub := c.lane(p).current()
	if sub == nil || sub.Status().ReadyState == client.Closed {
		return false
	}
	sub.Drop()
	return true
}

// ReconnectFrom lets p reconnect at once with a Last-Event-ID. It reports whether there
// is a subscription that can.
func (c *Console) ReconnectFrom(p Pair, id string) bool {
	sub := c.lane(p).current()
	return sub != nil && sub.Status().ReadyState != client.Closed && sub.ReconnectFrom(id)
}
