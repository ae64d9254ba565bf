package server

import (
	"log/slog"
	"strings"
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
)

// Kind says what a Notice is about.
type Kind string

const (
	// Subscribed: a session has begun.
	Subscribed Kind = "subscribed"

	// Every session ends with one of the next eight.

	// Replaced: another subscriber with this clientId took over.
	Replaced Kind = Kind(hub.Replaced)
	// Closed: by a close call, or because the server shuts down.
	Closed Kind = Kind(hub.Closed)
	// Left: the subscriber ended the connection, or vanished.
	Left Kind = Kind(hub.Left)
	// CutOff: the subscriber did not keep up; Err says how it was noticed. If it
	// is hub.ErrMemoryFull, it had more to read yet than any other when room was
	// needed.
	CutOff Kind = Kind(hub.CutOff)
	// Dropped: [hub.Hub.DropSession] cut the connection.
	Dropped Kind = Kind(hub.Dropped)
	// Faulted: a fault ended the stream, or stood in its place: then there is no
	// Session.
	Faulted Kind = Kind(hub.Faulted)
	// Polled: the answer to a poll is complete.
	Polled Kind = Kind(hub.Polled)
	// Raced: under the policy Spring, the end of the session before it ended
	// this one.
	Raced Kind = Kind(hub.Raced)

	// Expired: a clientId that polled did not come back in time, and is not
	// known any more.
	Expired Kind = "expired"

	// FaultOn and FaultOff: a fault was turned on; it was turned off, or is over
	// as it has hit its last connection.
	FaultOn  Kind = "fault on"
	FaultOff Kind = "fault off"
	// PlayBegan and PlayEnded: a scenario, or a repeat, which has no Title.
	PlayBegan Kind = "play began"
	PlayEnded Kind = "play ended"

	// RefusedHost: the Host is none of this server's names (403).
	RefusedHost Kind = "host refused"
	// RefusedOrigin: the request comes from a page that may not call (403), or,
	// without an Origin text, may come from one. Err says how that was seen.
	RefusedOrigin Kind = "origin refused"
	// RefusedToken: the token is missing or wrong (401).
	RefusedToken Kind = "token refused"
	// RefusedReconnect: a replaced session tried to come back (204).
	RefusedReconnect Kind = "reconnect refused"
	// RefusedSecond: under the policy Refuse, a further subscriber (409).
	RefusedSecond Kind = "second refused"
	// RefusedLimit: a subscriber too many, in all (503) or from one address (429);
	// or there is no memory for it, or for the scenario Title that it would be
	// played: then Err is hub.ErrMemoryFull.
	RefusedLimit Kind = "limit refused"
)

// Kinds returns every kind of notice.
func Kinds() []Kind {
	return []Kind{
		Subscribed, Replaced, Closed, Left, CutOff, Dropped, Faulted, Polled, Raced, Expired, FaultOn, FaultOff, PlayBegan, PlayEnded,
		RefusedHost, RefusedOrigin, RefusedToken, RefusedReconnect, RefusedSecond, RefusedLimit,
	}
}

// A Notice tells of something that happened to the server, for a log. Fields
// that do not apply are zero.
type Notice struct {
	Time     time.Time
	Kind     Kind
	ClientID string
	Mode     hub.Mode     // of the session
	Faults   []fault.Kind // that hit the connection
	Fault    string       // for FaultOn and FaultOff, as [fault.Parse] reads it
	Play     int          // of the player, [scenario.Status].ID
	Title    string       // of the scenario
	Session  string       // the part of the ids before the "-"
	Remote   string       // address and port of the peer
	Host     string       // as the request named it, for RefusedHost; not more than its beginning
	Origin   string       // as the request named it, for RefusedOrigin; not more than its beginning
	LostIDs  []string     // messages that were answered with success and not written out whole
	Err      error
}

// LogValue implements [slog.LogValuer] with the fields that are set, without
// Time.
func (n Notice) LogValue() slog.Value {
	attrs := []slog.Attr{slog.String("kind", string(n.Kind))}
	add := func(name, value string) {
		if value != "" {
			attrs = append(attrs, slog.String(name, value))
		}
	}
	add("clientId", n.ClientID)
	add("fault", n.Fault)
	if n.Play > 0 {
		attrs = append(attrs, slog.Int("play", n.Play))
	}
	add("title", n.Title)
	add("session", n.Session)
	if n.Mode != hub.Streaming {
		add("mode", string(n.Mode))
	}
	add("remote", n.Remote)
	add("host", n.Host)
	add("origin", n.Origin)
	if len(n.Faults) > 0 {
		attrs = append(attrs, slog.Any("faults", n.Faults))
	}
	if len(n.LostIDs) > 0 {
		attrs = append(attrs, slog.Int("lost", len(n.LostIDs)))
		add("lostIds", strings.Join(n.LostIDs, " "))
	}
	if n.Err != nil {
		add("err", n.Err.Error())
	}
	return slog.GroupValue(attrs...)
}
