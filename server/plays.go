package server

import (
	"time"

	"sseconsole/server/fault"
	"sseconsole/server/hub"
	"sseconsole/server/message"
	"sseconsole/server/scenario"
)

// Play plays a scenario until its end, Player.Stop or Shutdown. Where a send
// would overflow the queue of a subscriber, it waits for room instead; a
// subscriber that does not read is cut off by its write timeout.
func (s *Server) Play(sc *scenario.Scenario, p scenario.Play) *scenario.Player {
	return s.players.Play(sc, p)
}

// PlayForEach plays a scenario to every clientId that subscribes from now on,
// from its beginning, for as long as it is subscribed; it goes on where it is for
// one that comes back within half a minute.
func (s *Server) PlayForEach(sc *scenario.Scenario, speed float64) *scenario.ForEach {
	return s.players.ForEach(sc, speed)
}

// Repeat sends m again and again, every so often, count times or with 0 until it
// is stopped. Its data, ID, type and comment may have the placeholders of a
// scenario.
func (s *Server) Repeat(m message.Message, every time.Duration, count int) (*scenario.Player, error) {
	sc, err := scenario.Repeat(m, every, count)
	if err != nil {
		return nil, err
	}
	return s.Play(sc, scenario.Play{To: m.To}), nil
}

// Players returns those that play or are paused, the oldest first.
func (s *Server) Players() []*scenario.Player { return s.players.List() }

// stage is the server as scenarios see it.
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

func (st stage) Begun(player int, title, clientID string) {
	st.server.observe(Notice{Kind: PlayBegan, Play: player, Title: title, ClientID: clientID})
}

func (st stage) Ended(player int, title, clientID string) {
	st.server.observe(Notice{Kind: PlayEnded, Play: player, Title: title, ClientID: clientID})
}

func (st stage) Crowded(title, clientID string) {
	st.server.observe(Notice{Kind: RefusedLimit, ClientID: clientID, Title: title, Err: hub.ErrMemoryFull})
}
