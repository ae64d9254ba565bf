package console

import (
	"unicode"
	"unicode/utf8"

	"sseconsole/client"
)

// Can says which actions make sense on a pair now, and if one does not, why.
type Can struct {
	Subscribe, Send, Close, CloseServerOnly bool

	// Why is the code of the reason for the first action that is not
	// possible, or "" when all are.
	Why Obstacle
}

// Obstacle is the code of a reason why an action makes no sense.
type Obstacle string

// The obstacles.
const (
	NoClientID         Obstacle = "no_client_id"
	LongClientID       Obstacle = "long_client_id"
	ControlsInClientID Obstacle = "controls_in_client_id"
	NoAddress          Obstacle = "no_address"
	BadAddress         Obstacle = "bad_address"
	ServerStopped      Obstacle = "server_stopped"
	ServerStopping     Obstacle = "server_stopping"
)

// maxClientID is the most bytes that the embedded server takes; other servers
// may take more, but none of the demo's shape was seen to need it.
const maxClientID = 256

// CheckClientID returns what is wrong with a clientId, or "".
func CheckClientID(id string) Obstacle {
	if id == "" {
		return NoClientID
	}
	if len(id) > maxClientID {
		return LongClientID
	}
	for _, r := range id {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ControlsInClientID
		}
	}
	return ""
}

// Can returns what may be done with p. An address that is no good is the
// caller's to find: it has no Pair then.
func (c *Console) Can(p Pair) Can {
	if why := CheckClientID(p.ClientID); why != "" {
		return Can{Why: why}
	}
	sub, known := c.Subscription(p)
	ours := known && sub.ReadyState != client.Closed
	if p.Remote == "" {
		switch c.Server().State {
		case Stopped:
			return Can{Close: ours, Why: ServerStopped}
		case Stopping:
			return Can{Close: ours, Why: ServerStopping}
		}
	}
	return Can{Subscribe: true, Send: true, Close: true, CloseServerOnly: true}
}
