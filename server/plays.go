package server

import (
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
)

// Play plays a scenario until its end, Player.Stop or Shutdown. A send waits until the
// subscriber's queue has room; the write timeout cuts off a subscriber that does not
// read.
func (s *Server) Play(sc *scenario.Scenario, p scenario.Play) *scenario.Player {
	return s.players.Play(sc, p)
}

// PlayForEach plays a scenario from its beginning to every clientId that subscribes
// from now on, while it is subscribed. If a clientId reconnects within 30 s, the
// scenario continues.
func (s *Server) PlayForEach(sc *scenario.Scenario, speed float64) *scenario.ForEach {
	return s.players.ForEach(sc, speed)
}

// Repeat sends m at this interval, count times or, if count is 0, until it is stopped.
// The data, ID, type and comment of m may contain the placeholders of scenarios.
func (s *Server) Repeat(m message.Message, every time.Duration, count int) (*scenario.Player, error) {
	sc, err := scenario.Repeat(m, every, count)
	if err != nil {
		return nil, err
	}
	return s.Play(sc, scenario.Play{To: m.To}), nil
}

// Players returns the players that have not ended, the oldest first.
func (s *Server) Players() []*scenario.Player { return s.players.List() }

// stage implements [scenario.Stage].
type stage struct{ server *Server }

func (st stage) WithRoom(m message.Message) (message.Sending, error) {
	return st.server.hub.WithRoom(m)
}
func (st stage) RawWithRoom(text []byte) message.Sending    { return st.server.hub.RawWithRoom(text) }
func (st stage) SetFault(f fault.Fault) (id int, err error) { return st.server.SetFault(f) }
func (st stage) ClearFault(id int) bool                     { return st.server.ClearFault(id) }
func (st stage) Known(clientIDs []string) []string          { return st.server.hub.Known(clientIDs) }
func (st stage) Close(clientID string) bool                 { return st.server.hub.Close(clientID) }
func (st stage) Drop(clientIDs []string)                    { st.server.hub.Drop(clientIDs) }
func (st stage) Reserve(n int) bool                         { return st.server.hub.Reserve(n) }
func (st stage) Charge(n int)                               { st.server.hub.Charge(n) }

func (st stage) PlayBegan(player int, title, clientID string) {
	st.server.observe(Notice{Kind: PlayBegan, Play: player, Title: title, ClientID: clientID})
}

func (st stage) PlayEnded(player int, title, clientID string) {
	st.server.observe(Notice{Kind: PlayEnded, Play: player, Title: title, ClientID: clientID})
}

func (st stage) NoMemory(title, clientID string) {
	st.server.observe(Notice{Kind: RefusedLimit, ClientID: clientID, Title: title, Err: hub.ErrMemoryFull})
}
