// Package server is the embedded SSE server. It has the three calls of the demo,
// subscribe, send and close, over a hub of subscribers that are named by clientIds, and
// knows neither the window nor the client.
//
// This package is the HTTP surface: routes, the guard that decides who may call,
// parameters, responses, metrics and the page. Sessions are in package hub, faults and
// scenarios in packages of those names, and messages in package message.
//
// A subscribe becomes a session. Each session has a bounded queue and one writer, the
// goroutine of its request, so a slow subscriber delays nobody: a send that finds a queue
// full cuts that session off. A clientId has at most one open session; a further
// subscribe replaces it, unless the [hub.Policy] says otherwise.
//
// # Ids
//
// Every message has an id "<session>-<n>". n counts the messages of a clientId over all
// its sessions. The session's name is "<run>.<client>.<k>": a random text for the run of
// the server, a number for the clientId, and a number for the session among those of the
// clientId. A stream begins with the id block, which has only an id, so that an
// EventSource names its session when it reconnects. The automatic reconnect of a replaced
// subscriber can therefore be told from a new subscribe: it gets 204, after which an
// EventSource stays closed. docs/server.md lists clients that ignore the id block.
//
// # Reconnecting
//
// The newest messages of each clientId are stored. A subscribe with a Last-Event-ID
// continues strictly after it; a comment in the first block says which messages are
// missing. A poll is a session that ends by itself (see [hub.Mode]), and the next poll
// continues in the same way. Between two polls the clientId stays known.
//
// # Faults
//
// A [fault.Fault] makes something go wrong on purpose. It acts between a session's writer
// and the response. Sessions without faults are not slowed down.
//
// # Who may call
//
// Browsers let any page send requests to a server on this machine. Requests with a
// foreign Host (DNS rebinding) or a foreign Origin are therefore refused with 403 before
// anything else happens. See [Config] and docs/guard.md.
//
// # Subscribers that vanish
//
// A session whose peer closes or resets the connection ends at once. A peer that falls
// silent is detected by TCP keep-alive probes and, on Linux, by TCP_USER_TIMEOUT: within
// 60 s with the defaults. Other systems detect a peer in the same time only if no data is
// under way to it; otherwise they retransmit until their own limit.
//
// # Where to add
//
// A call is a line of Server.routes and a method with the signature of the others. A
// notice is a [Kind]. Package hub says where to add a policy, a mode or a setting of
// streams, package fault a fault, and package scenario a scenario or a step.
package server
