package console

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"slices"
	"sync"

	"sseconsole/client"
	"sseconsole/client/record"
	"sseconsole/client/target"
	"sseconsole/client/target/secret"
)

// targets are those that are saved, and what goes with them. What is asked on
// the UI thread is answered from memory; files and keyrings are for the console's
// goroutines.
type targets struct {
	opened   chan struct{} // closed once there is a store; nil without a file
	store    *target.Store
	changing sync.Mutex // held while what is saved is changed, and read anew

	mu     sync.Mutex
	keeper *secret.Keeper            // nil until opened
	loaded target.File               // with the values of secrets
	failed error                     // why nothing could be loaded
	jars   map[string]http.CookieJar // by target, for those that keep cookies
}

// openTargets loads what is saved in the file at path, "" for none, in the
// background.
func (c *Console) openTargets(path string) {
	if path == "" {
		return
	}
	t := &c.targets
	t.opened = make(chan struct{})
	c.life.run(func() {
		t.changing.Lock()
		defer t.changing.Unlock()
		keeper := secret.Open(c.life.context, target.SecretsBeside(path)) // may take two seconds
		t.store = target.NewStore(path, keeper)
		t.mu.Lock()
		t.keeper = keeper
		t.mu.Unlock()
		close(t.opened)
		c.reloadTargets()
	})
}

// reloadTargets reads everything anew. It blocks; t.changing is held.
func (c *Console) reloadTargets() {
	t := &c.targets
	file, err := t.store.Load()
	for i := range file.Targets {
		if spec, secretErr := t.store.Target(c.life.context, file.Targets[i].Name); secretErr == nil {
			file.Targets[i] = spec
		} else {
			err = errors.Join(err, secretErr)
		}
	}
	for i := range file.Environments {
		if e, secretErr := t.store.Environment(c.life.context, file.Environments[i].Name); secretErr == nil {
			file.Environments[i] = e
		} else {
			err = errors.Join(err, secretErr)
		}
	}
	t.mu.Lock()
	t.loaded, t.failed = file, err
	t.mu.Unlock()
	if err != nil {
		c.life.notice("targets_not_read", "", plain(err))
	}
	c.life.changed()
}

// Targets returns the saved targets and the environments, with the values of
// their secrets, and why they could not all be read.
func (c *Console) Targets() (target.File, error) {
	c.targets.mu.Lock()
	defer c.targets.mu.Unlock()
	f := c.targets.loaded
	f.Targets, f.Environments = slices.Clone(f.Targets), slices.Clone(f.Environments)
	for i, s := range f.Targets {
		f.Targets[i] = s.Clone()
	}
	for i, e := range f.Environments {
		f.Environments[i] = e.Clone()
	}
	return f, c.targets.failed
}

// TargetNames returns the names of the saved targets and of the environments,
// and of those the active one, "" if none is.
func (c *Console) TargetNames() (targets, environments []string, active string) {
	c.targets.mu.Lock()
	defer c.targets.mu.Unlock()
	for _, s := range c.targets.loaded.Targets {
		targets = append(targets, s.Name)
	}
	for _, e := range c.targets.loaded.Environments {
		environments = append(environments, e.Name)
	}
	return targets, environments, c.targets.loaded.Active
}

// ActivateEnvironment makes an environment the one in use, "" none.
func (c *Console) ActivateEnvironment(name string) {
	c.EditTargets(func(ctx context.Context, s *target.Store) error { return s.Activate(ctx, name) }, func(err error) {
		if err != nil {
			c.life.notice("targets_not_saved", "", plain(err))
		}
	})
}

// Unverified tells whether nobody verifies the certificate of a saved target.
func (c *Console) Unverified(name string) bool {
	spec, _, err := c.targets.spec(name)
	return err == nil && spec.Connection.Insecure
}

// SecretsFile returns the file in which secrets are kept because there is no
// keyring, and why there is none; "" if there is one.
func (c *Console) SecretsFile() (path string, why error) {
	c.targets.mu.Lock()
	defer c.targets.mu.Unlock()
	if k := c.targets.keeper; k != nil && k.Kind == secret.InFile {
		return k.Path, k.Why
	}
	return "", nil
}

// EditTargets changes what is saved, in the background, and then calls done,
// there too, with the error of change.
func (c *Console) EditTargets(change func(context.Context, *target.Store) error, done func(error)) {
	if c.life.isClosing() {
		return
	}
	c.life.run(func() {
		t := &c.targets
		if t.opened == nil {
			done(errNoTargets)
			return
		}
		<-t.opened
		t.changing.Lock()
		err := change(c.life.context, t.store)
		c.reloadTargets()
		t.changing.Unlock()
		done(err)
	})
}

var (
	errNoTarget  = errors.New("console: no such target")
	errNoTargets = errors.New("console: targets are not kept")
)

// spec returns the target that is saved under a name, and the active
// environment, nil if there is none.
func (t *targets) spec(name string) (*target.Spec, *target.Environment, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := slices.IndexFunc(t.loaded.Targets, func(s target.Spec) bool { return s.Name == name })
	if at < 0 {
		return nil, nil, fmt.Errorf("%w: %s", errNoTarget, name)
	}
	spec := t.loaded.Targets[at].Clone()
	for _, e := range t.loaded.Environments {
		if e.Name == t.loaded.Active {
			e = e.Clone()
			return &spec, &e, nil
		}
	}
	return &spec, nil, nil
}

// jar returns the cookies of a target that keeps them, or nil.
func (t *targets) jar(spec *target.Spec) http.CookieJar {
	if !spec.Cookies {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.jars == nil {
		t.jars = map[string]http.CookieJar{}
	}
	if t.jars[spec.Name] == nil {
		t.jars[spec.Name], _ = cookiejar.New(nil) // its error is always nil
	}
	return t.jars[spec.Name]
}

// saved returns p's saved target, and where a call of it goes.
func (c *Console) saved(p Pair, call, content string) (*target.Spec, client.Endpoint, error) {
	spec, environment, err := c.targets.spec(p.Saved)
	if err != nil {
		return nil, client.Endpoint{}, err
	}
	endpoint, err := client.EndpointOf(spec, call, target.Values{ClientID: p.ClientID, Content: content, Environment: environment})
	endpoint.Jar = c.targets.jar(spec)
	return spec, endpoint, err
}

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
		return c.client.SubscribeWith(c.life.context, t, p.ClientID, options), nil
	}
	spec, endpoint, err := c.saved(p, target.Subscribe, content)
	if err != nil {
		return nil, err
	}
	return c.client.SubscribeTo(c.life.context, endpoint, p.ClientID, options.With(spec)), nil
}

// call makes a Send or a Close of p.
func (c *Console) call(ctx context.Context, p Pair, kind record.Kind, content string) error {
	name := target.Send
	if kind == record.Close {
		name = target.Close
	}
	if p.Saved != "" {
		spec, endpoint, err := c.saved(p, name, content)
		if err == nil {
			c.client.Call(ctx, kind, endpoint, p.ClientID, content, client.ExpectOf(spec.Call(name).Expect))
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

// Missing returns what a call of a saved target needs and does not have, such
// as variables that are not defined; nothing for other pairs.
func (c *Console) Missing(p Pair, call string) []*target.Problem {
	if p.Saved == "" {
		return nil
	}
	spec, environment, err := c.targets.spec(p.Saved)
	if err != nil {
		return nil
	}
	return spec.Missing(call, target.Values{ClientID: p.ClientID, Environment: environment})
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
