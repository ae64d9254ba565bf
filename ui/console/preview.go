package console

import (
	"sseconsole/client/endpoint"
	"sseconsole/ui/console/embedded"
)

// Preview returns the request that a Subscribe of p would make now, with its secrets
// masked. Unlike Subscribe it does not wait for the embedded server: while that is not
// running, the error is embedded.ErrStopped.
func (c *Console) Preview(p Pair, content string) (endpoint.Request, error) {
	var spec *endpoint.Spec
	var environment *endpoint.Environment
	var err error
	if p.Embedded() {
		base, running := c.Embedded.RunningAt()
		if !running {
			return endpoint.Request{}, embedded.ErrStopped
		}
		demo := endpoint.Demo(base, c.method())
		spec = &demo
	} else if spec, environment, err = c.spec(p); err != nil {
		return endpoint.Request{}, err
	}
	r, err := spec.Request(endpoint.Subscribe, endpoint.Values{ClientID: p.ClientID, Content: content, Environment: environment})
	if err != nil {
		return endpoint.Request{}, err
	}
	return spec.Masker(environment).Request(r), nil
}
