package client

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/record"
)

func TestCancelIsImmediateInEveryState(t *testing.T) {
	const stream = "text/event-stream"
	tests := []struct {
		name  string
		steps []step
		want  []string // after the start
	}{
		{"while connecting", []step{silence}, []string{"0s subscribe", "1s end by person"}},
		{"while open", []step{endless(stream, "data: x\n\ndata: cut", nil)},
			[]string{"0s subscribe", "0s open 200", `0s event message "x"`, "1s discarded", "1s end by person"}},
		{"while waiting", []step{fail(errRefused)},
			[]string{"0s subscribe", "0s end by network refused", "0s reconnect in 3s (default)", "1s end by person"}},
		{"while a refusal's body is awaited", []step{endless("text/html", "<p>", nil)},
			[]string{"0s subscribe", `0s fail "<p>" 200 not_a_stream`}},
	}
	for _, tt := range tests {
		for name, end := range map[string]func(*Subscription, context.CancelCauseFunc){
			" by Cancel":  func(s *Subscription, _ context.CancelCauseFunc) { s.Cancel(errPerson) },
			" by context": func(_ *Subscription, cancel context.CancelCauseFunc) { cancel(errPerson) },
		} {
			t.Run(tt.name+name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancelCause(t.Context())
					defer cancel(nil)
					log, start := newLog(), time.Now()
					c := Client{Record: log.add, Transport: &script{steps: tt.steps}}
					s := c.Subscribe(ctx, here.stream("alice"), Options{})
					time.Sleep(time.Second)
					end(s, cancel)
					<-s.Done()
					if took := time.Since(start); took != time.Second {
						t.Errorf("ended after %v", took)
					}
					wantLines(t, log.lines(start), tt.want)
					records := log.all()
					last := records[len(records)-1]
					if last.By == record.ByPerson && last.Detail != errPerson.Error() {
						t.Errorf("detail is %q", last.Detail)
					}
					if st := s.Status(); st.ReadyState != Closed || !st.RetryAt.IsZero() || st.Last.Kind != last.Kind {
						t.Errorf("status is %+v", st)
					}
				})
			})
		}
	}
}

func TestStatusFollowsTheSubscription(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		slowly := func(next step) step { return silenceFor(time.Second, next) }
		reader, writer := io.Pipe()
		c := Client{Record: newLog().add, Transport: &script{steps: []step{
			slowly(func(*http.Request) (*http.Response, error) {
				return response(http.StatusOK, "text/event-stream", reader), nil
			}),
			slowly(fail(errRefused)),
			slowly(endless("text/event-stream", "data: y\n\n", nil)),
		}}}
		s := c.Subscribe(t.Context(), here.stream("alice"), Options{})
		check := func(at time.Duration, want string) {
			t.Helper()
			time.Sleep(time.Until(start.Add(at)))
			synctest.Wait()
			st := s.Status()
			got := fmt.Sprintf("%v since %v, conn %d, %d reconnects, %d events, %d bytes, id %q", st.ReadyState,
				st.Since.Sub(start), st.Conn, st.Reconnects, st.Events, st.Bytes, st.LastEventID)
			if !st.RetryAt.IsZero() {
				got += fmt.Sprintf(", retry at %v", st.RetryAt.Sub(start))
			}
			if st.Last.Kind != 0 {
				got += fmt.Sprintf(", after %v by %s %s", st.Last.Kind, st.Last.By, st.Last.Failure)
			}
			if got != want {
				t.Errorf("after %v:\ngot  %s\nwant %s", at, got, want)
			}
		}
		check(0, `connecting since 0s, conn 1, 0 reconnects, 0 events, 0 bytes, id ""`)
		check(1*time.Second, `open since 1s, conn 1, 0 reconnects, 0 events, 0 bytes, id ""`)
		io.WriteString(writer, "id: 1\ndata: x\n\n: c")
		check(2*time.Second, `open since 1s, conn 1, 0 reconnects, 1 events, 18 bytes, id "1"`)
		writer.Close()
		check(2*time.Second, `connecting since 2s, conn 1, 0 reconnects, 1 events, 18 bytes, id "1", retry at 5s, after end by server `)
		check(5*time.Second, `connecting since 2s, conn 2, 1 reconnects, 1 events, 18 bytes, id "1", after end by server `)
		check(6*time.Second, `connecting since 2s, conn 2, 1 reconnects, 1 events, 18 bytes, id "1", retry at 9s, after end by network refused`)
		check(10*time.Second, `open since 10s, conn 3, 2 reconnects, 2 events, 27 bytes, id "1"`)
		s.Cancel(nil)
		check(11*time.Second, `closed since 10s, conn 3, 2 reconnects, 2 events, 27 bytes, id "1", after end by person `)
	})
}

func TestEndCountsItsOwnConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newLog()
		c := Client{Record: log.add, Transport: &script{steps: []step{
			stream("data: x\n\n"), stream("data: x\n\ndata: y\n\n"),
		}}}
		<-c.Subscribe(t.Context(), here.stream("alice"), Options{}).Done()
		var counts [][3]int64
		for _, r := range log.all() {
			if r.Kind == record.End {
				counts = append(counts, [3]int64{int64(r.Conn), r.Events, r.Bytes})
			}
		}
		if want := [][3]int64{{1, 1, 9}, {2, 2, 18}}; !reflect.DeepEqual(counts, want) {
			t.Errorf("got %v, want %v", counts, want)
		}
	})
}

func TestRawBytesAreTheRecordsOwn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newLog()
		reader, writer := io.Pipe()
		c := Client{Record: log.add, Transport: &script{steps: []step{
			func(*http.Request) (*http.Response, error) {
				return response(http.StatusOK, "text/event-stream", reader), nil
			},
		}}}
		s := c.Subscribe(t.Context(), here.stream("alice"), Options{})
		io.WriteString(writer, ":one\ndata:1\r\n\r\n")
		io.WriteString(writer, ":two\ndata:2\r\n\r\n")
		writer.Close()
		synctest.Wait()
		s.Cancel(nil)
		<-s.Done()
		var raw []string
		for _, r := range log.all() {
			if r.Raw != nil && r.Kind != record.Chunk {
				raw = append(raw, string(r.Raw))
			}
		}
		if want := []string{":one\n", "data:1\r\n\r\n", ":two\n", "data:2\r\n\r\n"}; !reflect.DeepEqual(raw, want) {
			t.Errorf("got %q, want %q", raw, want)
		}
	})
}

func TestCancelDoesNotWaitForRecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		c := Client{Record: func(record.Record) { <-stuck }, Transport: &script{}}
		s := c.Subscribe(t.Context(), here.stream("alice"), Options{})
		synctest.Wait()
		s.Cancel(nil)
		s.Cancel(nil)
		_ = s.Status()
		select {
		case <-s.Done():
			t.Error("done before its records were handed over")
		default:
		}
		close(stuck)
		<-s.Done()
	})
}

func TestSettledWhenTheFirstConnectionIsOpenOrEnds(t *testing.T) {
	for name, tt := range map[string]struct {
		first step
		want  ReadyState
		wait  bool
	}{
		"open":      {first: endless("text/event-stream", "", nil), want: Open},
		"waiting":   {first: fail(errRefused), want: Connecting, wait: true},
		"failed":    {first: answer(404, "", ""), want: Closed},
		"cancelled": {first: silence, want: Closed},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := Client{Record: newLog().add, Transport: &script{steps: []step{silenceFor(time.Second, tt.first)}}}
				s := c.Subscribe(t.Context(), here.stream("alice"), Options{})
				time.AfterFunc(2*time.Second, func() { s.Cancel(nil) })
				synctest.Wait()
				select {
				case <-s.Settled():
					t.Error("settled before there was an answer")
				default:
				}
				<-s.Settled()
				if st := s.Status(); st.ReadyState != tt.want || st.RetryAt.IsZero() == tt.wait {
					t.Errorf("status is %+v", st)
				}
				<-s.Done()
			})
		})
	}
}
