package client

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"sseconsole/client/record"
)

// arrive is a stream whose body arrives in the given chunks, a second apart.
func arrive(chunks ...string) step {
	return func(*http.Request) (*http.Response, error) {
		reader, writer := io.Pipe()
		go func() {
			for _, chunk := range chunks {
				time.Sleep(time.Second)
				io.WriteString(writer, chunk)
			}
			writer.Close()
		}()
		return response(http.StatusOK, "text/event-stream", reader), nil
	}
}

// places describes the place and the bytes of each record that has some.
func places(records []record.Record, start time.Time) (lines []string) {
	for _, r := range records {
		if r.Raw != nil {
			lines = append(lines, fmt.Sprintf("%v %v %d in %d-%d %q", r.Time.Sub(start), r.Kind, r.Offset, r.FirstChunk, r.LastChunk, r.Raw))
		}
	}
	return lines
}

func TestEveryReadIsAChunkBeforeWhatItCompletes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, start := newLog(), time.Now()
		c := Client{Record: log.add, Transport: &script{steps: []step{
			arrive("data: a\n\ndata: b\n\nda", "ta", ": c\nretr", "y: 9\n\nid: 1\n\n: x", "\ndata: cut"),
			arrive("data: d\n\n"),
		}}}
		<-c.Subscribe(t.Context(), here.stream("alice"), Options{}).Done()
		wantLines(t, places(log.all(), start), []string{
			`1s chunk 0 in 1-1 "data: a\n\ndata: b\n\nda"`,
			`1s event 0 in 1-1 "data: a\n\n"`,
			`1s event 9 in 1-1 "data: b\n\n"`,
			`2s chunk 20 in 2-2 "ta"`,
			`3s chunk 22 in 3-3 ": c\nretr"`,
			`4s chunk 30 in 4-4 "y: 9\n\nid: 1\n\n: x"`,
			`4s retry 26 in 3-4 "retry: 9\n"`,
			`4s event 18 in 1-4 "data: c\nretry: 9\n\n"`,
			`4s cursor 36 in 4-4 "id: 1\n\n"`,
			`5s chunk 46 in 5-5 "\ndata: cut"`,
			`5s comment 43 in 4-5 ": x\n"`,
			`5s discarded 47 in 5-5 "data: cut"`,
			`6.009s chunk 0 in 1-1 "data: d\n\n"`,
			`6.009s event 0 in 1-1 "data: d\n\n"`,
		})
	})
}

func TestRawBytesOfAnEventAreThoseOfItsChunk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := newLog()
		c := Client{Record: log.add, Transport: &script{steps: []step{stream("data: a\n\ndata: b\n\n")}}}
		<-c.Subscribe(t.Context(), here.stream("alice"), Options{}).Done()
		var chunk []byte
		for _, r := range log.all() {
			switch r.Kind {
			case record.Chunk:
				if chunk = r.Raw; cap(chunk) != len(chunk) {
					t.Error("a chunk may grow into the next one")
				}
			case record.Event:
				if &r.Raw[0] != &chunk[r.Offset] || cap(r.Raw) != len(r.Raw) {
					t.Errorf("%q is a copy or may grow into what follows", r.Raw)
				}
			}
		}
		if !bytes.Equal(chunk, []byte("data: a\n\ndata: b\n\n")) {
			t.Errorf("chunk is %q", chunk)
		}
	})
}

func TestAnEndSaysHowLongTheStreamWasSilent(t *testing.T) {
	// quiet is silent, sends something unless it is empty, and is silent again.
	quiet := func(before time.Duration, text string, behind time.Duration) step {
		return func(*http.Request) (*http.Response, error) {
			body, server := io.Pipe()
			go func() {
				time.Sleep(before)
				io.WriteString(server, text)
				time.Sleep(behind)
				server.Close()
			}()
			return response(http.StatusOK, "text/event-stream", body), nil
		}
	}
	synctest.Test(t, func(t *testing.T) {
		log := newLog()
		c := Client{Record: log.add, Transport: &script{steps: []step{quiet(2*time.Second, ":\n", 5*time.Second), quiet(3*time.Second, "", 4*time.Second)}}}
		<-c.Subscribe(t.Context(), here.stream("alice"), Options{}).Done()
		var silent []string
		for _, r := range log.all() {
			if r.Kind == record.End {
				silent = append(silent, r.Silent.String())
			}
		}
		wantLines(t, silent, []string{"5s", "7s"})
	})
}
