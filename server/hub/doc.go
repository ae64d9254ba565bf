// Package hub is the registry of a server's sessions. It queues messages for
// subscribers, stores them for replay, decides between subscribers of one clientId,
// and bounds the memory of all that.
//
// A [Session] is one subscriber. The goroutine of its request calls [Hub.Join],
// [Session.Serve], [Hub.Leave] and [Hub.Forget], in this order; other goroutines
// send to sessions, close them and cut their connections.
//
// # Words
//
// A clientId is known while a message to it would reach somebody: it has an open
// session, or its next poll is awaited. Between two polls it is away. A clientId
// that the hub remembers but that is not known is absent.
//
// # Where to add
//
// A policy is a constant, an entry of [Policies] and a case of displace, in policy.go. A
// mode is a constant, an entry of [Modes] and a case of [Session.Serve], in mode.go and
// write.go. Both have texts for the window in assets/translations (policy.NAME, mode.NAME).
// A setting of streams is a field of [Config] and two methods, like [Hub.Mode] and
// [Hub.SetMode]. A fault that changes bytes acts in faultwriter.go; its kind is declared in
// package fault.
package hub
