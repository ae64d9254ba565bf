package hub

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	"sseconsole/server/fault"
	"sseconsole/server/message"
)

const mebibyte = 1 << 20

// reader returns a joined session that writes only when the test calls read.
func (h *Hub) reader(t *testing.T, clientID string) *Session {
	t.Helper()
	w := quiet{io.Discard}
	s := &Session{clientID: clientID, w: w, rc: http.NewResponseController(w), wake: make(chan struct{}, 1)}
	if err := h.Join(s, ""); err != nil {
		t.Fatal(err)
	}
	return s
}

// read writes everything that is queued for s.
func (s *Session) read() {
	for s.take(); len(s.writing) > 0; s.take() {
		s.writeTaken()
	}
}

func (h *Hub) gone(s *Session) {
	h.Leave(s)
	h.Forget(s)
}

func large(size int) *payload { return &payload{body: make([]byte, size)} }

func (h *Hub) mustSend(t *testing.T, clientID string, size int) {
	t.Helper()
	if _, err := h.sendOne(clientID, large(size)); err != nil {
		t.Fatalf("to %s: %v", clientID, err)
	}
}

// boundedHub returns a hub with memory for this many messages of 1 MiB and their
// overhead.
func boundedHub(messages int) *Hub {
	h := newHub()
	h.replayBytes = 4 * mebibyte
	h.memory.max = int64(messages)*mebibyte + mebibyte/2
	return h
}

func (h *Hub) retainedFor(clientID string) int { return h.subs[clientID].replay.length }

// The messages stored for the longest absent are dropped first, and nothing else while that
// suffices.
func TestAtTheBoundTheLongestAbsentLosesItsReplayFirst(t *testing.T) {
	h := boundedHub(4)
	for _, clientID := range []string{"first", "second"} {
		s := h.reader(t, clientID)
		h.mustSend(t, clientID, mebibyte)
		s.read()
		h.gone(s)
	}
	present, slow := h.reader(t, "present"), h.reader(t, "slow")
	h.mustSend(t, "present", mebibyte)
	present.read()
	h.mustSend(t, "slow", mebibyte)
	for i, want := range []string{"0 1 2 1", "0 0 2 2"} {
		h.mustSend(t, []string{"slow", "present"}[i], mebibyte)
		present.read()
		if got := fmt.Sprint(h.retainedFor("first"), h.retainedFor("second"), h.retainedFor("slow"), h.retainedFor("present")); got != want {
			t.Errorf("after %d more, the numbers of stored messages are %s, want %s", i+1, got, want)
		}
		h.check(t)
	}
	if slow.cause != nil || present.cause != nil {
		t.Error("somebody was cut off")
	}
}

// Next, messages are dropped that their subscribers have read. Nobody is cut off for them.
func TestAtTheBoundNobodyIsCutOffForWhatWasRead(t *testing.T) {
	h := boundedHub(8)
	var sessions []*Session
	for i := range 20 {
		s := h.reader(t, fmt.Sprint(i))
		for range 3 {
			h.mustSend(t, s.clientID, mebibyte)
			s.read()
		}
		sessions = append(sessions, s)
	}
	h.check(t)
	for _, s := range sessions {
		if s.cause != nil {
			t.Errorf("%s was cut off: %v", s.clientID, s.cause)
		}
	}
	h.mu.Lock()
	first, missing := h.subs["0"].resume(sessions[0].id(1), 1, true)
	h.mu.Unlock()
	if first != 3 || !strings.Contains(missing, "messages 2 to 3 are missing") {
		t.Errorf("a reconnect continues after %d: %q", first, missing)
	}
}

// Next, the subscriber with the most unread bytes is cut off, and no other.
func TestAtTheBoundTheMostUnreadIsCutOff(t *testing.T) {
	h := boundedHub(6)
	little, most, held := h.reader(t, "little"), h.reader(t, "most"), h.reader(t, "held")
	held.hold(true)
	h.mustSend(t, "little", mebibyte)
	h.mustSend(t, "held", mebibyte)
	h.mustSend(t, "held", mebibyte)
	for range 3 {
		h.mustSend(t, "most", mebibyte)
	}
	most.take() // a part is being written
	h.mustSend(t, "little", mebibyte)
	if most.cause != ErrMemoryFull || most.reason != CutOff || held.cause != nil || little.cause != nil {
		t.Errorf("most: %v, held: %v, little: %v", most.cause, held.cause, little.cause)
	}
	h.check(t)
	if lost := h.Leave(most); len(lost) != 3 {
		t.Errorf("%v are lost", lost)
	}
	h.Forget(most)
	h.check(t)
	// If the recipient itself is cut off, nobody is left.
	if _, err := h.sendOne("held", large(5*mebibyte+100_000)); err != ErrQueueFull {
		t.Errorf("a message that cuts off its recipient: %v", err)
	}
}

// At last a send finds no room, reaches nobody, and changes nothing.
func TestASendThatFindsNoRoomReachesNobody(t *testing.T) {
	h := boundedHub(4)
	s := h.reader(t, "X")
	absent := h.reader(t, "absent")
	h.mustSend(t, "absent", mebibyte)
	absent.read()
	h.gone(absent)
	slow := h.reader(t, "slow")
	h.mustSend(t, "slow", mebibyte)
	for name, send := range map[string]func(p *payload) (int, error){
		"to one":       func(p *payload) (int, error) { return h.sendOne("X", p) },
		"to several":   func(p *payload) (int, error) { return h.sendEach(t.Context(), []string{"X", "Y"}, p) },
		"to everybody": h.broadcast,
	} {
		if n, err := send(large(5 * mebibyte)); n != 0 || err != ErrMemoryFull {
			t.Errorf("%s: it reached %d, %v", name, n, err)
		}
	}
	if _, room := h.sendWithRoom("X", large(5*mebibyte)); room {
		t.Error("sendWithRoom finds room")
	}
	if s.cause != nil || slow.cause != nil || h.subs["X"].messages != 0 || h.retainedFor("absent") != 1 {
		t.Errorf("%v, %v, %d messages, %d stored", s.cause, slow.cause, h.subs["X"].messages, h.retainedFor("absent"))
	}
	h.memory.used.Add(3 * mebibyte) // cannot be freed
	if _, err := h.sendOne("X", large(2*mebibyte)); err != ErrMemoryFull || slow.cause != nil {
		t.Errorf("%v; the slow one is cut off in vain: %v", err, slow.cause)
	}
	h.memory.give(3 * mebibyte)
	h.check(t)
}

// A message to many counts once, plus a slot for each.
func TestAMessageToManyCountsOnce(t *testing.T) {
	const clients, messages, size = 3000, 300, 10_000
	h := newHub()
	var sessions []*Session
	for i := range clients {
		s := h.reader(t, fmt.Sprint(i))
		sessions = append(sessions, s)
	}
	before := h.memory.used.Load()
	for range messages {
		if n, err := h.broadcast(large(size)); n != clients || err != nil {
			t.Fatalf("it reached %d, %v", n, err)
		}
		for _, s := range sessions {
			s.read()
		}
	}
	h.check(t)
	kept := h.replayBytes / size // of each clientId
	least, most := int64(kept*(clients*slotCost+size)), int64(kept*(clients*slotCost+size+payloadCost))
	if got := h.memory.used.Load() - before; got < least || got > most {
		t.Errorf("%d bytes are counted, want %d to %d", got, least, most)
	}
	for _, s := range sessions {
		h.gone(s)
	}
	h.checkNothingLeft(t)
}

// Held sessions that fill their queues stay below the bound together.
func TestManyHeldSessionsStayBelowTheBound(t *testing.T) {
	h := boundedHub(8)
	for i := range 200 {
		h.reader(t, fmt.Sprint(i)).hold(true)
	}
	for range 300 {
		for i := range 200 {
			h.sendOne(fmt.Sprint(i), large(1000))
		}
		if used := h.memory.used.Load(); used > h.memory.max {
			t.Fatalf("%d bytes of %d", used, h.memory.max)
		}
	}
	h.check(t)
	cut := 0
	for s := range h.sessions {
		if s.cause == ErrMemoryFull {
			cut++
		}
		h.gone(s)
	}
	if cut == 0 || cut == 200 {
		t.Errorf("%d of 200 were cut off", cut)
	}
	h.checkNothingLeft(t)
}

// checkNothingLeft forgets the absent and checks that no memory is in use.
func (h *Hub) checkNothingLeft(t *testing.T) {
	t.Helper()
	h.check(t)
	h.mu.Lock()
	defer h.mu.Unlock()
	for h.absent.Len() > 0 {
		h.forgetLongestAbsent()
	}
	if n := h.memory.used.Load(); n != 0 || len(h.subs) != 0 {
		t.Errorf("%d clientIds and %d bytes are left", len(h.subs), n)
	}
}

// Under concurrent use the counter of memory matches a recount, and is 0 in the end.
func TestCountOfMemoryDoesNotDrift(t *testing.T) {
	for name, most := range map[string]int64{"roomy": defaultMaxMemory, "narrow": 300_000} {
		t.Run(name, func(t *testing.T) {
			h := newHub()
			h.memory.max, h.replayEvents = most, 20
			h.expired = func(*Session, []string) {}
			stop := make(chan struct{})
			var senders, readers sync.WaitGroup
			for range 3 {
				senders.Go(func() {
					for {
						select {
						case <-stop:
							return
						default:
						}
						clientID := fmt.Sprint(rand.N(8))
						switch rand.N(8) {
						case 0:
							h.broadcast(large(rand.N(5000) + 1))
						case 1:
							h.sendEach(t.Context(), []string{"0", "1", "2"}, large(rand.N(5000)+1))
						case 2:
							h.sendWithRoom(message.Everybody, &payload{body: make([]byte, 9), raw: true})
						case 3:
							h.Close(clientID)
						case 4:
							h.mu.Lock()
							h.policy = Policies()[rand.N(4)]
							h.mu.Unlock()
						default:
							h.sendOne(clientID, large(rand.N(5000)+1))
						}
					}
				})
			}
			for range 8 {
				readers.Go(func() {
					for range 300 {
						w := quiet{io.Discard}
						s := &Session{clientID: fmt.Sprint(rand.N(8)), mode: Modes()[rand.N(3)], cost: rand.N(1000), w: w, rc: http.NewResponseController(w), wake: make(chan struct{}, 1)}
						if h.Join(s, fmt.Sprint(h.run, ".1.1-", rand.N(9))) != nil {
							continue
						}
						s.hold(rand.N(2) == 0)
						for range rand.N(30) {
							if _, cause := s.take(); cause != nil {
								break
							}
							if len(s.writing) > 0 && (rand.N(10) == 0 || s.writeTaken() != nil) {
								break
							}
						}
						if rand.N(3) == 0 {
							s.cut(Dropped, errDropped)
						}
						h.gone(s)
					}
				})
			}
			readers.Wait()
			close(stop)
			senders.Wait()
			h.check(t)
			for clientID := range h.subs {
				h.Close(clientID)
			}
			h.checkNothingLeft(t)
		})
	}
}

// Bytes that a fault holds back count. Without room for them they are passed on.
func TestWhatAFaultHoldsBackIsBounded(t *testing.T) {
	h := newHub()
	s := h.reader(t, "X")
	var written strings.Builder
	s.w = quiet{&written}
	s.rc = http.NewResponseController(s.w)
	s.faulty = newFaultWriter(t.Context(), s, []*fault.Active{{Fault: fault.Fault{Kind: fault.Beats, Delay: time.Hour}}})
	before := h.memory.used.Load()
	h.memory.max = before + 100
	for range 3 {
		if err := s.write(make([]byte, 40)); err != nil {
			t.Fatal(err)
		}
	}
	if written.Len() != 120 || h.memory.used.Load() != before {
		t.Errorf("%d bytes went out, %d are counted", written.Len(), h.memory.used.Load()-before)
	}
	if err := s.write(make([]byte, 40)); err != nil || written.Len() != 120 || h.memory.used.Load() != before+40 {
		t.Errorf("%v; %d bytes went out, %d are counted", err, written.Len(), h.memory.used.Load()-before)
	}
	h.gone(s)
	h.checkNothingLeft(t)
}

// A stored id does not prevent a large body from being freed.
func TestWhatIsKeptOfAnIDIsACopy(t *testing.T) {
	given := "own"
	p, err := newPayload(message.Message{ID: given, Data: "c"})
	if err != nil {
		t.Fatal(err)
	}
	if p.id != given || unsafe.StringData(p.id) == unsafe.StringData(given) {
		t.Errorf("%q is not a copy", p.id)
	}
}
