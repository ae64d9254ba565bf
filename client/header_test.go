package client

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"reflect"
	"slices"
	"testing"
	"time"

	"sseconsole/client/record"
)

func TestTheRecordedHeaderOfARequestIsTheOneThatWasSent(t *testing.T) {
	for engine, names := range map[string][]string{
		EventSource: {"Accept", "Authorization", "Cache-Control", "Host", "Last-Event-Id", "User-Agent"},
		Stream:      {"Accept", "Authorization", "Host", "User-Agent"},
		GoSSE:       {"Accept", "Accept-Encoding", "Authorization", "Cache", "Connection", "Host", "Last-Event-Id", "User-Agent"},
	} {
		t.Run(engine, func(t *testing.T) {
			sent := make(chan textproto.MIMEHeader, 10)
			address := listen(t, func(conn *net.TCPConn) {
				reader := textproto.NewReader(bufio.NewReader(conn))
				reader.ReadLine()
				header, _ := reader.ReadMIMEHeader()
				sent <- header
				io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\nretry: 1\nid: 订\ndata: x\n\n")
			})
			c, log := newClient(t)
			s := c.Subscribe(t.Context(), place{Base: "http://user:password@" + address}.stream("alice"), Options{Engine: engine})
			connections := 2
			if engine == Stream {
				connections = 1
			}
			log.await(t, record.End, connections)
			s.Cancel(nil)
			<-s.Done()
			all := make(map[string]bool)
			for _, r := range log.all() {
				if r.Kind != record.Subscribe || r.Conn > connections {
					continue
				}
				want := <-sent
				if want.Get("Authorization") == "" {
					t.Error("no password was sent")
				}
				want.Set("Authorization", "Basic •••")
				if !reflect.DeepEqual(r.Header, map[string][]string(want)) {
					t.Errorf("header is %v, sent was %v", r.Header, want)
				}
				for name := range r.Header {
					all[name] = true
				}
			}
			if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, names) {
				t.Errorf("names are %v, want %v", got, names)
			}
		})
	}
}

func TestAResponseIsRecordedWithItsHeader(t *testing.T) {
	for status, kind := range map[int]record.Kind{200: record.Open, 503: record.Fail} {
		for _, engine := range Engines() {
			t.Run(fmt.Sprint(engine, status), func(t *testing.T) {
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Set("Content-Type", "text/event-stream")
					w.Header().Set("Set-Cookie", "session=12345; Path=/; HttpOnly")
					w.Header().Add("Vary", "Accept")
					w.Header().Add("Vary", "Origin")
					w.Header()["Date"] = nil
					w.WriteHeader(status)
					w.(http.Flusher).Flush()
				}))
				defer server.Close()
				c, log := newClient(t)
				s := c.Subscribe(t.Context(), place{Base: server.URL}.stream("alice"), Options{Engine: engine})
				log.await(t, kind, 1)
				s.Cancel(nil)
				<-s.Done()
				want := map[string][]string{
					"Content-Type": {"text/event-stream"}, "Set-Cookie": {"session=•••; Path=/; HttpOnly"},
					"Vary": {"Accept", "Origin"}, "Transfer-Encoding": {"chunked"},
				}
				if r := log.all()[1]; r.Kind != kind || !reflect.DeepEqual(r.Header, want) || r.Proto != "HTTP/1.1" || r.TLS != "" {
					t.Errorf("record is %+v", r)
				}
			})
		}
	}
}

func TestOverTLSTheVersionAndTheCertificatesEndAreRecorded(t *testing.T) {
	end := time.Now().Add(40 * time.Minute).UTC().Truncate(time.Second)
	address, transport := tlsServer(t, "localhost", end, nil)
	for path, kind := range map[string]record.Kind{"": record.Open, "/gone": record.Fail} {
		log := newLog()
		c := Client{Record: log.add, Transport: transport}
		s := c.Subscribe(t.Context(), place{Base: address + path}.stream("alice"), Options{})
		<-s.Settled()
		s.Cancel(nil)
		<-s.Done()
		if r := log.all()[1]; r.Kind != kind || r.Proto != "HTTP/2.0" || r.TLS != "TLS 1.3" || !r.CertExpiry.Equal(end) {
			t.Errorf("record is %+v", r)
		}
	}
}
