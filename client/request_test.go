package client

import (
	"bufio"
	"io"
	"net"
	"net/textproto"
	"strings"
	"testing"

	"sseconsole/client/http1"
	"sseconsole/client/record"
)

func TestTheWholeRequestOfASubscription(t *testing.T) {
	heads := make(chan string, 2)
	streams := []string{"retry: 1\nid: 订 1\ndata: x\n\n", "retry: 60000\n\n"}
	address := listen(t, func(conn *net.TCPConn) {
		reader := textproto.NewReader(bufio.NewReader(conn))
		var lines []string
		for {
			line, err := reader.ReadLine()
			if err != nil || line == "" {
				break
			}
			lines = append(lines, line)
		}
		heads <- strings.Join(lines, "\n")
		io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"+streams[0])
		streams = streams[1:]
	})
	c, log := newClient(t)
	s := c.Subscribe(t.Context(), place{Base: "http://" + address + "/sse?token=t"}.stream("a b"), Options{})
	log.await(t, record.End, 2)
	s.Cancel(nil)
	<-s.Done()
	want := "GET /sse/subscribe?token=t&clientId=a%20b HTTP/1.1\nHost: " + address +
		"\nUser-Agent: SSEConsole/1\nAccept: text/event-stream\nCache-Control: no-cache"
	for _, want := range []string{want, want + "\nLast-Event-Id: 订 1"} {
		if got := <-heads; got != want {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	}
	if r := log.all()[0]; r.Kind != record.Subscribe || r.Method != "GET" || r.URL != "http://"+address+"/sse/subscribe?token=•••&clientId=a%20b" {
		t.Errorf("record is %+v", r)
	}
}

func TestContentTypesOfStreams(t *testing.T) {
	for value, want := range map[string]bool{
		"text/event-stream":                        true,
		"Text/Event-Stream":                        true,
		" \ttext/event-stream \t":                  true,
		"text/event-stream;":                       true,
		"text/event-stream ; charset=windows-1252": true,
		`text/event-stream; a="x, text/html"`:      true,
		`text/event-stream; a="\", text/html,"`:    true,
		"text/html, text/event-stream":             true,
		"text/event-stream, bogus":                 true,
		"text/event-stream, */*":                   true,
		"text/event-stream, text/html":             false,
		"text/event-stream foo":                    true,
		"x bogus":                                  false,
		"text/event-streams":                       false,
		"text/event-stream/x":                      false,
		"text":                                     false,
		"/":                                        false,
		"":                                         false,
		`"text/event-stream"`:                      false,
		"application/json; x=text/event-stream":    false,
		"text /event-stream":                       false,
		"text/event-stream\x00":                    false,
	} {
		if essence, _ := http1.MediaType([]string{value}); (essence == "text/event-stream") != want {
			t.Errorf("%q: want %v", value, want)
		}
	}
	if essence, _ := http1.MediaType([]string{"text/html", "text/event-stream"}); essence != "text/event-stream" {
		t.Error("several headers count as one list")
	}
}
