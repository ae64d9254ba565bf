// Package console is what the window can do, without any window: the actions
// on subscriptions, the embedded server, the settings and the files. It drives
// the embedded server and remote ones alike through package client, and turns
// everything that happens into records of its journal.
//
// Every exported method may be called from any goroutine. Those that act start
// their work and return at once, so that a window may call them from its
// callbacks; what came of it shows in Subscriptions, Server and the journal.
package console
