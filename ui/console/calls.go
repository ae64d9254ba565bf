package console

import (
	"context"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// subscribe begins a subscription of p. content is for the targets whose
// subscribe carries one.
func (c *Console) subscribe(p Pair, content string) (*client.Subscription, error) {
	settings := c.Settings()
	options := client.Options{Engine: settings.Engine, Chromium: settings.Chromium, Origin: settings.Origin}
	if p.Saved == "" {
		t, err := c.target(p)
		if err != nil {
			return nil, err
		}
		return c.client.SubscribeWith(c.life.Context, t, p.ClientID, options), nil
	}
	spec, where, err := c.Targets.Endpoint(p.Saved, endpoint.Subscribe, p.ClientID, content)
	if err != nil {
		return nil, err
	}
	return c.client.SubscribeTo(c.life.Context, where, p.ClientID, options.With(spec)), nil
}

// call makes a Send or a Close of p.
func (c *Console) call(ctx context.Context, p Pair, kind record.Kind, content string) error {
	name := endpoint.Send
	if kind == record.Close {
		name = endpoint.Close
	}
	if p.Saved != "" {
		spec, where, err := c.Targets.Endpoint(p.Saved, name, p.ClientID, content)
		if err == nil {
			c.client.Call(ctx, kind, where, p.ClientID, content, client.ExpectOf(spec.Call(name).Expect))
		}
		return err
	}
	t, err := c.target(p)
	switch {
	case err != nil:
		return err
	case kind == record.Close:
		c.client.Close(ctx, t, p.ClientID, c.method())
	default:
		c.client.Send(ctx, t, p.ClientID, content, c.method())
	}
	return nil
}

// Drop breaks p's connection as a failing network would; ReconnectFrom lets it
// be made anew at once, with a Last-Event-ID. Both tell whether there is one.
func (c *Console) Drop(p Pair) bool {
	sub := c.lane(p).current()
	if sub == nil || sub.Status().ReadyState == client.Closed {
		return false
	}
	sub.Drop()
	return true
}

// ReconnectFrom is described at Drop.
func (c *Console) ReconnectFrom(p Pair, id string) bool {
	sub := c.lane(p).current()
	return sub != nil && sub.Status().ReadyState != client.Closed && sub.ReconnectFrom(id)
}
