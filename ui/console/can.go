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

// Can says which actions make sense on a pair now, and if one does not, why.
type Can struct {
	Subscribe, Send, Close, CloseServerOnly bool

	// Why is the code of the reason for the first action that is not
	// possible, or "" when all are. About names what is missing.
	Why   Obstacle
	About string
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
	NoTarget           Obstacle = "no_target" // no saved target is chosen, or it is gone
	Undefined          Obstacle = "undefined" // variables or secrets of the target have no value
	NoSend             Obstacle = "no_send"   // the target has no such call
	NoClose            Obstacle = "no_close"  // the target has none: leaving the stream ends it
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

// canSaved is Can for a saved target.
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

// explain says why an action is not possible, unless another reason stands
// there already.
func (can *Can) explain(why Obstacle, about string) {
	if can.Why == "" && about != "" {
		can.Why, can.About = why, about
	}
}
