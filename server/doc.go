// Package server is the embedded SSE server: the three calls of the demo,
// subscribe, send and close, over one hub that knows its subscribers by their
// clientId. It knows neither the window nor the client.
//
// This package is the HTTP surface: routes, who may call, parameters, answers,
// metrics and the page. The sessions are in package hub, faults and scenarios in
// packages of those names, and what is sent in package message.
//
// A subscribe becomes a session. Each session has a bounded queue and one
// writer, the goroutine of its HTTP request, so that a slow subscriber delays
// nobody: the send that finds a queue full cuts that session off. Each clientId
// has one living session at most; a further subscribe replaces it, unless the
// [hub.Policy] is another.
//
// # Ids
//
// Every message carries an id "<session>-<n>". n counts the messages of a
// clientId over all its sessions. The session part is "<run>.<client>.<k>": a
// random text for the run of the server, a number for the clientId, and which
// session of that clientId it is. A stream begins with a block that has only an
// id, so that every EventSource names its session when it reconnects. That is
// how a replaced subscriber is told from a new one: its automatic reconnect is
// answered with 204, after which an EventSource stays closed.
//
// # Coming back
//
// The newest messages of each clientId are kept. A subscribe with a Last-Event-ID
// goes on strictly behind it; what is missing in between, its first block says
// in a comment. A poll is a session that ends by itself (see [hub.Mode]), and the
// next one goes on in that same way; between them the clientId stays known.
//
// # Faults
//
// A [fault.Fault] makes something go wrong on purpose. It stands between a session's
// writer and its response; a session that none hits pays nothing for it.
//
// # Who may call
//
// A browser lets any page send requests to a server on this machine. Requests
// with a foreign Host (DNS rebinding) or from a foreign Origin are therefore
// refused with 403 before anything happens; see [Config].
//
// # Subscribers that vanish
//
// A connection that is ended or reset by its peer is gone from the hub at once.
// A peer that falls silent is found by TCP keep-alive probes and, on Linux, by
// TCP_USER_TIMEOUT: within 60 s with the defaults. Other systems find a peer
// that is silent while nothing is sent to it in the same time; one that falls
// silent with data under way is found when the system gives up resending.
package server
