// Package http1 reads HTTP/1 responses as Chromium does and rewrites them in the
// strict form that net/http accepts.
//
// Servers of event streams are often small home-made programs whose heads and chunks
// break RFC 9112 in ways that browsers tolerate. net/http refuses them, and so would
// hide a stream that every page can read.
package http1
