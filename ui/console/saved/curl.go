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

// Curl returns the request of a Subscribe, Send or Close as a curl command. Without
// secrets it is the request as sent, masked. With secrets it is the request that the
// saved target would send now, and Curl fails if the target is not saved or incomplete.
// left names the connection settings that curl cannot reproduce.
func (t *Targets) Curl(r *record.Record, secrets bool) (command string, left []string, err error) {
	spec, environment, err := t.Spec(r.Target)
	if !secrets {
		request := endpoint.Request{Method: r.Method, URL: r.URL, Header: typedHeader(r)}
		if r.Body != "" {
			request.Body = []byte(r.Body)
		}
		if err != nil { // the embedded server, or a remote address
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

// typedHeader returns the headers of a request without those that curl derives from the
// URL and the body: they would be wrong once these are edited.
func typedHeader(r *record.Record) http.Header {
	header := http.Header(maps.Clone(r.Header))
	header.Del("Content-Length")
	if u, err := url.Parse(r.URL); err == nil && header.Get("Host") == u.Host {
		header.Del("Host")
	}
	return header
}
