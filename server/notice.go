package server

import (
	"log/slog"
	"strings"
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
)

// Kind is the kind of a Notice.
type Kind string

const (
	// Subscribed means that a session has begun.
	Subscribed Kind = "subscribed"

	// Every session ends with one of the next eight.

	// Replaced means that another subscriber with the clientId took over.
	Replaced Kind = Kind(hub.Replaced)
	// Closed means that a close call or the server's shutdown ended the session.
	Closed Kind = Kind(hub.Closed)
	// Left means that the subscriber ended the connection, or vanished.
	Left Kind = Kind(hub.Left)
	// CutOff means that the subscriber did not keep up. Err says what was exceeded; if
	// it is hub.ErrMemoryFull, the subscriber had the most unread bytes when memory was
	// needed.
	CutOff Kind = Kind(hub.CutOff)
	// Dropped means that the connection was cut on purpose, as by
	// [hub.Hub.DropSession].
	Dropped Kind = Kind(hub.Dropped)
	// Faulted means that a fault ended the stream, or replaced it; then Session is
	// empty.
	Faulted Kind = Kind(hub.Faulted)
	// Polled means that the response to a poll is complete.
	Polled Kind = Kind(hub.Polled)
	// Raced means that, under the policy Spring, the end of the previous session ended
	// this one.
	Raced Kind = Kind(hub.Raced)

	// Expired means that the next poll of a clientId did not come in time, so that the
	// clientId is no longer known.
	Expired Kind = "expired"

	// FaultOn means that a fault was turned on. FaultOff means that it was turned off,
	// or that the last connection that it hit has ended.
	FaultOn  Kind = "fault on"
	FaultOff Kind = "fault off"
	// PlayBegan and PlayEnded mean that a scenario, or a repeat, which has no Title,
	// has begun or ended.
	PlayBegan Kind = "play began"
	PlayEnded Kind = "play ended"

	// RefusedHost means that the Host is not a name of this server (403).
	RefusedHost Kind = "host refused"
	// RefusedOrigin means that the request comes from a page that may not call (403)
	// or, if Origin is empty, may come from one. Err says why.
	RefusedOrigin Kind = "origin refused"
	// RefusedToken means that the token is missing or wrong (401).
	RefusedToken Kind = "token refused"
	// RefusedReconnect means that a replaced session tried to reconnect (204).
	RefusedReconnect Kind = "reconnect refused"
	// RefusedSecond means that, under the policy Refuse, somebody else is subscribed
	// (409).
	RefusedSecond Kind = "second refused"
	// RefusedLimit means that the number of sessions is at its limit, in total (503) or
	// for one address (429). If Err is hub.ErrMemoryFull, there is no memory for the
	// subscriber or, with a Title, for playing that scenario to it.
	RefusedLimit Kind = "limit refused"
)

// Kinds returns every kind of notice.
func Kinds() []Kind {
	return []Kind{
		Subscribed, Replaced, Closed, Left, CutOff, Dropped, Faulted, Polled, Raced, Expired, FaultOn, FaultOff, PlayBegan, PlayEnded,
		RefusedHost, RefusedOrigin, RefusedToken, RefusedReconnect, RefusedSecond, RefusedLimit,
	}
}

// A Notice reports something that happened to the server, for a log. Fields that do
// not apply are zero.
type Notice struct {
	Time     time.Time
	Kind     Kind
	ClientID string
	Mode     hub.Mode     // of the session
	Faults   []fault.Kind // that hit the connection
	Fault    string       // of FaultOn and FaultOff, in the form that [fault.Parse] reads
	Play     int          // the player's [scenario.Status].ID
	Title    string       // of the scenario
	Session  string       // the part of the ids before the "-"
	Remote   string       // address and port of the peer
	Host     string       // of the request, for RefusedHost; shortened
	Origin   string       // of the request, for RefusedOrigin; shortened
	LostIDs  []string     // messages that were accepted but not completely written
	Err      error
}

// LogValue implements [slog.LogValuer]. It returns the fields that are set, except
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
