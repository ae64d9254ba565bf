package wording

import (
	"fmt"
	"strings"
	"time"

	"sseconsole/client"
	"sseconsole/client/record"
)

// Connection describes a request and its response. Either may be nil.
func (w Words) Connection(request, response *record.Record) string {
	if request == nil {
		return w.T("details.no_connection")
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s\n", request.Method, request.URL)
	proto := ""
	if response != nil {
		proto = response.Proto
	}
	writeFields(&b, request.Fields(proto))
	if request.Body != "" {
		b.WriteString("\n" + request.Body + "\n")
	}
	fmt.Fprintf(&b, "\n%s\n\n", w.Labelled(w.T("detail.engine"), w.Engine(request.Engine)))
	if response == nil || response.Status == 0 {
		b.WriteString(w.T("details.no_response"))
		return b.String()
	}
	fmt.Fprintf(&b, "%s %d · %s\n", response.Proto, response.Status, w.Duration(response.Took))
	writeFields(&b, response.Fields(proto))
	if response.TLS != "" {
		version, warning := w.tls(response)
		fmt.Fprintf(&b, "\n%s\n", w.T("details.tls", "Version", w.Join(version, warning), "Expiry", response.CertExpiry.Format(time.DateOnly)))
	}
	return b.String()
}

func writeFields(b *strings.Builder, fields []record.Field) {
	for _, f := range fields {
		fmt.Fprintf(b, "%s: %s\n", f.Name, f.Value)
	}
}

// Engine returns the label of an engine, with the version of go-sse for that one.
func (w Words) Engine(name string) string {
	return w.T("engine."+name, "Version", client.GoSSEVersion)
}
