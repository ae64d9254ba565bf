package client

import (
	"context"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

const eventStream = "text/event-stream"

// steer runs a script in simulated time while act controls the subscription, which is
// cancelled after a minute.
func steer(t *testing.T, e Call, o Options, steps []step, act func(*Subscription), want ...string) {
	t.Helper()
	if o.MaxReconnects == 0 { // otherwise a POST is made once
		o.MaxReconnects = 100
	}
	synctest.Test(t, func(t *testing.T) {
		t.Helper()
		log, start := newLog(), time.Now()
		c := Client{Record: log.add, Transport: &script{steps: steps}}
		s := c.Subscribe(t.Context(), as("alice", e), o)
		act(s)
		time.Sleep(time.Minute)
		s.Cancel(nil)
		<-s.Done()
		wantLines(t, log.lines(start), want)
	})
}

func nothing(*Subscription) {}

func TestTheReconnectionTimeOfTheTargetCountsUntilTheServerSetsOne(t *testing.T) {
	steer(t, there(), Options{ReconnectionTime: time.Second}, []step{stream(""), stream("retry: 20\n\n")}, nothing,
		"0s subscribe", "0s open 200", "0s end by server", "0s reconnect in 1s (target)",
		"1s subscribe", "1s open 200", "1s retry \"20\" in 20ms", "1s end by server", "1s reconnect in 20ms (retry)",
		"1.02s subscribe", "1.02s fail 204 no_content")
}

func TestASubscriptionFailsAfterTheLastReconnectThatIsAllowed(t *testing.T) {
	refused := fail(errRefused)
	steer(t, there(), Options{MaxReconnects: 1}, []step{refused, refused}, nothing,
		"0s subscribe", "0s end by network refused", "0s reconnect in 3s (default)",
		"3s subscribe", "3s end by network refused", "3s fail too_many_reconnects")
	steer(t, there(), Options{MaxReconnects: -1}, []step{stream("")}, nothing,
		"0s subscribe", "0s open 200", "0s end by server", "0s fail too_many_reconnects")
}

func TestGoSSEFailsAfterTheLastReconnectThatIsAllowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, server := newLog(), &script{steps: []step{stream(""), stream(""), stream("")}}
		c := Client{Record: log.add, Transport: server}
		s := c.Subscribe(t.Context(), as("alice", there()), Options{Engine: GoSSE, MaxReconnects: 1})
		<-s.Done()
		records := log.all()
		last, before := records[len(records)-1], records[len(records)-2]
		if last.Kind != record.Fail || last.Failure != record.TooManyReconnects || before.Kind != record.End || len(server.requests) != 2 {
			t.Errorf("%d requests, then %v, %+v", len(server.requests), before.Kind, last)
		}
	})
}

func TestReconnectsAreCountedInARowWithoutAnEventBetweenThem(t *testing.T) {
	good, idle, refused := stream("data: x\n\n"), stream(": idle\n\n"), fail(errRefused)
	for name, tt := range map[string]struct {
		limit       int
		steps       []step // 204 follows, which ends EventSource and go-sse
		connections int
		last        record.Failure
	}{
		"three good streams":           {2, []step{good, good, good}, 4, record.NoContent},
		"three without an event":       {2, []step{idle, idle, idle}, 3, record.TooManyReconnects},
		"three after a good one":       {2, []step{good, idle, refused, idle}, 3, record.TooManyReconnects},
		"an event between two and two": {2, []step{idle, idle, good, idle, refused, idle}, 5, record.TooManyReconnects},
		"an event in the last":         {1, []step{idle, good, good}, 4, record.NoContent},
		"none are allowed":             {-1, []step{good, good}, 1, record.TooManyReconnects},
	} {
		for _, engine := range []string{EventSource, GoSSE} {
			t.Run(engine+" "+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					log, server := newLog(), &script{steps: tt.steps}
					c := Client{Record: log.add, Transport: server}
					<-c.Subscribe(t.Context(), as("alice", there()), Options{Engine: engine, MaxReconnects: tt.limit}).Done()
					records := log.all()
					if last := records[len(records)-1]; len(server.requests) != tt.connections || last.Failure != tt.last {
						t.Errorf("%d connections, then %q; want %d, then %q", len(server.requests), last.Failure, tt.connections, tt.last)
					}
				})
			})
		}
	}
}

func TestAStreamThatIsSilentForTooLongIsEndedAndComesBack(t *testing.T) {
	e := there()
	e.Connection.IdleTimeout = endpoint.Duration(5 * time.Second)
	steer(t, e, Options{}, []step{endless(eventStream, ": hi\n\n", nil)}, nothing,
		"0s subscribe", "0s open 200", `0s comment "hi"`, "5s end by engine idle_timeout", "5s reconnect in 3s (default)",
		"8s subscribe", "8s fail 204 no_content")
}

func TestEveryEngineEndsASilentStream(t *testing.T) {
	for _, engine := range Engines() {
		synctest.Test(t, func(t *testing.T) {
			log, e := newLog(), there()
			e.Connection.IdleTimeout = endpoint.Duration(5 * time.Second)
			c := Client{Record: log.add, Transport: &script{steps: []step{endless(eventStream, "data: a\n\n", nil)}}}
			s := c.Subscribe(t.Context(), as("alice", e), Options{Engine: engine, MaxReconnects: -1})
			<-s.Done()
			for _, r := range log.all() {
				if r.Kind == record.End && (r.By != record.ByEngine || r.Failure != record.IdleTimeout || r.Took != 5*time.Second) {
					t.Errorf("%s: %+v", engine, r)
				}
			}
		})
	}
}

func TestDropLooksLikeANetworkFailure(t *testing.T) {
	drop := func(s *Subscription) {
		time.Sleep(time.Second)
		s.Drop()
	}
	steer(t, there(), Options{}, []step{endless(eventStream, "id: 1\ndata: x\n\n", nil)}, drop,
		"0s subscribe", "0s open 200", `0s event message id=1 "x"`, "1s end by network dropped", "1s reconnect id=1 in 3s (default)",
		"4s subscribe id=1", "4s fail 204 no_content")
	steer(t, there(), Options{}, []step{silence}, drop,
		"0s subscribe", "1s end by network dropped", "1s reconnect in 3s (default)", "4s subscribe", "4s fail 204 no_content")
	steer(t, there(), Options{}, []step{stream("")}, drop, // nothing to drop while it waits
		"0s subscribe", "0s open 200", "0s end by server", "0s reconnect in 3s (default)", "3s subscribe", "3s fail 204 no_content")
	steer(t, there(), Options{Engine: Stream}, []step{endless(eventStream, "x", nil)}, drop,
		"0s subscribe", "0s open 200", `0s text "x"`, "1s end by network dropped")
}

func TestReconnectFromAnIDIsImmediate(t *testing.T) {
	from := func(id string) func(*Subscription) {
		return func(s *Subscription) {
			time.Sleep(time.Second)
			s.ReconnectFrom(id)
		}
	}
	steer(t, there(), Options{}, []step{endless(eventStream, "id: 9\ndata: x\n\n", nil)}, from("4"),
		"0s subscribe", "0s open 200", `0s event message id=9 "x"`, "1s end by network dropped", "1s reconnect id=4 in 0s (person)",
		"1s subscribe id=4", "1s fail 204 no_content")
	steer(t, there(), Options{}, []step{stream("id: 9\n\n")}, from(""), // while it waits, and from the beginning
		"0s subscribe", "0s open 200", "0s cursor id=9", "0s end by server", "0s reconnect id=9 in 3s (default)",
		"1s reconnect in 0s (person)", "1s subscribe", "1s fail 204 no_content")
}

func TestGoSSEReconnectsFromAnIDWhenItWantsTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, server := newLog(), &script{steps: []step{endless(eventStream, "id: 9\ndata: x\n\n", nil), endless(eventStream, "", nil)}}
		c := Client{Record: log.add, Transport: server}
		s := c.Subscribe(t.Context(), as("alice", there()), Options{Engine: GoSSE})
		time.Sleep(time.Second)
		if !s.ReconnectFrom("4") {
			t.Error("it does not want to")
		}
		time.Sleep(time.Minute)
		s.Cancel(nil)
		<-s.Done()
		if len(server.requests) != 2 || server.requests[1].Header.Get("Last-Event-ID") != "4" {
			t.Errorf("%d requests", len(server.requests))
		}
	})
}

func TestEngineStreamDoesNotReconnectFromAnID(t *testing.T) {
	steer(t, there(), Options{Engine: Stream}, []step{stream("x")}, func(s *Subscription) {
		if s.ReconnectFrom("4") {
			t.Error("it does")
		}
	}, "0s subscribe", "0s open 200", `0s text "x"`, "0s end by server")
}

func TestEveryByteKeepsASilentStreamOpen(t *testing.T) {
	e := there()
	e.Connection.IdleTimeout = endpoint.Duration(5 * time.Second)
	for _, engine := range Engines() {
		synctest.Test(t, func(t *testing.T) {
			reader, writer := io.Pipe()
			log, start := newLog(), time.Now()
			c := Client{Record: log.add, Transport: &script{steps: []step{func(r *http.Request) (*http.Response, error) {
				context.AfterFunc(r.Context(), func() { writer.CloseWithError(r.Context().Err()) })
				return response(http.StatusOK, eventStream, reader), nil
			}}}}
			s := c.Subscribe(t.Context(), as("alice", e), Options{Engine: engine, MaxReconnects: -1})
			for range 3 {
				time.Sleep(4 * time.Second)
				io.WriteString(writer, ":")
			}
			<-s.Done()
			if took := time.Since(start); took != 17*time.Second {
				t.Errorf("%s: ended after %v", engine, took)
			}
		})
	}
}

func TestAPOSTIsNotRepeatedUnlessTheUserAllowsIt(t *testing.T) {
	for _, engine := range []string{EventSource, GoSSE} {
		for name, tt := range map[string]struct {
			first step
			act   func(*Subscription)
			most  int
			posts int
		}{
			"the stream ends":                {stream("data: x\n\n"), nothing, 0, 1},
			"the network breaks":             {endless(eventStream, "data: x\n\n", errReset), nothing, 0, 1},
			"nobody listens":                 {fail(errRefused), nothing, 0, 1},
			"so many reconnects are set":     {stream("data: x\n\n"), nothing, 1, 2},
			"the person wants another one":   {endless(eventStream, "data: x\n\n", nil), func(s *Subscription) { time.Sleep(time.Second); s.ReconnectFrom("7") }, 0, 2},
			"the person drops the first one": {endless(eventStream, "data: x\n\n", nil), func(s *Subscription) { time.Sleep(time.Second); s.Drop() }, 0, 1},
		} {
			synctest.Test(t, func(t *testing.T) {
				server := &script{steps: []step{tt.first, stream("")}}
				log := newLog()
				c := Client{Record: log.add, Transport: server}
				s := c.Subscribe(t.Context(), as("alice", there()), Options{Engine: engine, MaxReconnects: tt.most})
				tt.act(s)
				<-s.Done()
				if len(server.requests) != tt.posts || s.Status().ReadyState != Closed {
					t.Errorf("%s, %s: %d requests, %v\n%v", engine, name, len(server.requests), s.Status().ReadyState, log.lines(time.Time{}))
				}
			})
		}
	}
}
