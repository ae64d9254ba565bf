// Package console is the controller behind the window: it subscribes, sends and
// closes, runs the embedded server, and holds settings, targets and files. It reaches
// the embedded server and remote ones through package client, and records everything
// that happens in its journal.
//
// Every exported method may be called from any goroutine. Actions start their work
// and return at once, so that the window may call them from its callbacks. Their
// results appear in Subscriptions, Embedded and the journal.
package console
