package record

import (
	"slices"
	"testing"
)

func TestFieldsAreThoseOfTheVersionOfHTTP(t *testing.T) {
	header := map[string][]string{"Host": {"h:8443"}, "Accept": {"text/event-stream"}, "Connection": {"keep-alive"}, "X-A": {"1", "2"}}
	request := Record{Kind: Subscribe, Method: "POST", URL: "https://u:•••@h:8443/a/b?c=d#e", Header: header}
	response := Record{Kind: Open, Proto: "HTTP/2.0", Header: map[string][]string{"Content-Type": {"text/event-stream"}}}
	for _, tt := range []struct {
		name  string
		of    Record
		proto string
		want  []Field
	}{
		{"a request over HTTP/1.1", request, "HTTP/1.1", []Field{{"Accept", "text/event-stream"}, {"Connection", "keep-alive"}, {"Host", "h:8443"}, {"X-A", "1"}, {"X-A", "2"}}},
		{"a request without a response", request, "", []Field{{"Accept", "text/event-stream"}, {"Connection", "keep-alive"}, {"Host", "h:8443"}, {"X-A", "1"}, {"X-A", "2"}}},
		{"a request over HTTP/2", request, "HTTP/2.0", []Field{
			{":authority", "h:8443"}, {":method", "POST"}, {":path", "/a/b?c=d"}, {":scheme", "https"},
			{"accept", "text/event-stream"}, {"x-a", "1"}, {"x-a", "2"},
		}},
		{"one without path and header", Record{Method: "GET", URL: "https://u@h?x"}, "HTTP/2.0", []Field{
			{":authority", "h"}, {":method", "GET"}, {":path", "/?x"}, {":scheme", "https"},
		}},
		{"a response over HTTP/2", response, "HTTP/2.0", []Field{{"content-type", "text/event-stream"}}},
		{"a response over HTTP/1.1", response, "HTTP/1.1", []Field{{"Content-Type", "text/event-stream"}}},
	} {
		if got := tt.of.Fields(tt.proto); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
