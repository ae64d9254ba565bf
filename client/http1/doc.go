// Package http1 reads HTTP/1 responses as Chromium does and hands them on in the
// strict form that net/http reads.
//
// Servers of event streams are often small programs of somebody's own, whose heads
// and chunks break RFC 9112 in ways that no browser minds. Net/http refuses them,
// and so would hide the stream that every page sees.
package http1
