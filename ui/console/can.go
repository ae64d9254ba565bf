package console

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/ui/console/embedded"
)

// Can says which actions are possible on a pair now, and why one is not.
type Can struct {
	Subscribe, Send, Close, CloseServerOnly bool

	// Why is the reason why the first impossible action is so, "" if all are
	// possible. About names what is missing.
	Why   Obstacle
	About string
}

// Obstacle is a code for why an action is not possible.
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
	NoTarget           Obstacle = "no_target" // no saved target is chosen, or it was deleted
	Undefined          Obstacle = "undefined" // variables or secrets of the target have no value
	NoSend             Obstacle = "no_send"   // the target has no Send call
	NoClose            Obstacle = "no_close"  // the target has no Close call: ending the stream on our side is all
)

// maxClientID is the limit of the embedded server, in bytes. Other servers may accept
// more.
const maxClientID = 256

// CheckClientID returns what is wrong with a clientId, "" if nothing is.
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

// Can returns which actions are possible on p. The caller must have checked the
// address in p.
func (c *Console) Can(p Pair) Can {
	if why := CheckClientID(p.ClientID); why != "" {
		return Can{Why: why}
	}
	sub, known := c.Subscription(p)
	ours := known && sub.Status.ReadyState != client.Closed
	if p.Saved != "" {
		return c.canSaved(p, ours)
	}
	if p.Embedded() {
		switch c.Embedded.Status().State {
		case embedded.Stopped:
			return Can{Close: ours, Why: ServerStopped}
		case embedded.Stopping:
			return Can{Close: ours, Why: ServerStopping}
		}
	}
	return Can{Subscribe: true, Send: true, Close: true, CloseServerOnly: true}
}

// canSaved implements Can for a saved target.
func (c *Console) canSaved(p Pair, ours bool) Can {
	spec, environment, err := c.Targets.Spec(p.Saved)
	if err != nil {
		return Can{Close: ours, Why: NoTarget}
	}
	missing := func(call string) string {
		var names []string
		for _, problem := range spec.Missing(call, endpoint.Values{ClientID: p.ClientID, Environment: environment}) {
			if !slices.Contains(names, problem.Value) {
				names = append(names, problem.Value)
			}
		}
		return strings.Join(names, ", ")
	}
	can := Can{Close: ours}
	lacks := missing(endpoint.Subscribe)
	can.Subscribe = lacks == ""
	can.explain(Undefined, lacks)
	if spec.Send == nil {
		can.explain(NoSend, spec.Name)
	} else {
		lacks = missing(endpoint.Send)
		can.Send = lacks == ""
		can.explain(Undefined, lacks)
	}
	if spec.Close == nil {
		can.explain(NoClose, spec.Name)
	} else if lacks = missing(endpoint.Close); lacks == "" {
		can.Close, can.CloseServerOnly = true, true
	}
	return can
}

// explain sets the reason, unless one is set or about is empty.
func (can *Can) explain(why Obstacle, about string) {
	if can.Why == "" && about != "" {
		can.Why, can.About = why, about
	}
}
