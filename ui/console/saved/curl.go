package saved

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"

	"sseconsole/client/endpoint"
	"sseconsole/client/endpoint/curl"
	"sseconsole/client/record"
)

// Curl returns the request of a Subscribe, Send or Close as a curl command: as
// it was sent with its secrets masked, or, if secrets are asked for, as its
// saved target would send it now. left names what of the connection curl cannot
// do. It fails if the target is not saved, or lacks something.
func (t *Targets) Curl(r *record.Record, secrets bool) (command string, left []string, err error) {
	spec, environment, err := t.Spec(r.Target)
	if !secrets {
		request := endpoint.Request{Method: r.Method, URL: r.URL, Header: typedHeader(r)}
		if r.Body != "" {
			request.Body = []byte(r.Body)
		}
		if err != nil { // the embedded server, or one by its address
			command, left = curl.FormatMasked(request, endpoint.Connection{}, nil)
			return command, left, nil
		}
		command, left = curl.FormatMasked(request, spec.Connection, spec.Masker(environment))
		return command, left, nil
	}
	call := map[record.Kind]string{record.Subscribe: endpoint.Subscribe, record.Send: endpoint.Send, record.Close: endpoint.Close}[r.Kind]
	if err != nil {
		return "", nil, err
	}
	if spec.Call(call) == nil {
		return "", nil, fmt.Errorf("%w: %s", ErrNoTarget, call)
	}
	request, err := spec.Request(call, endpoint.Values{ClientID: r.ClientID, Content: r.Data, Environment: environment})
	if err != nil {
		return "", nil, err
	}
	command, left = curl.Format(request, spec.Connection)
	return command, left, nil
}

// typedHeader returns the headers of a request without those that curl makes of
// the URL and the body: fixed ones would be wrong once these are changed.
func typedHeader(r *record.Record) http.Header {
	header := http.Header(maps.Clone(r.Header))
	header.Del("Content-Length")
	if u, err := url.Parse(r.URL); err == nil && header.Get("Host") == u.Host {
		header.Del("Host")
	}
	return header
}
