package client

import (
	"bytes"
	"crypto/tls"
	"io"
	"net"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

// serveHTTP2 starts a stream over HTTP/2 and ends it with the given function.
func serveHTTP2(t *testing.T, pair tls.Certificate, end func(f *http2.Framer, stream uint32)) string {
	t.Helper()
	address := listen(t, func(c *net.TCPConn) {
		secured := tls.Server(c, &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"h2"}})
		if _, err := io.ReadFull(secured, make([]byte, len(http2.ClientPreface))); err != nil {
			t.Error(err)
			return
		}
		f := http2.NewFramer(secured, secured)
		f.WriteSettings()
		for {
			frame, err := f.ReadFrame()
			if err != nil {
				return
			}
			asked, ok := frame.(*http2.HeadersFrame)
			if !ok {
				continue
			}
			var head bytes.Buffer
			encoder := hpack.NewEncoder(&head)
			encoder.WriteField(hpack.HeaderField{Name: ":status", Value: "200"})
			encoder.WriteField(hpack.HeaderField{Name: "content-type", Value: "text/event-stream"})
			f.WriteHeaders(http2.HeadersFrameParam{StreamID: asked.StreamID, BlockFragment: head.Bytes(), EndHeaders: true})
			f.WriteData(asked.StreamID, false, []byte("data: x\n\n"))
			end(f, asked.StreamID)
			return
		}
	})
	_, port, _ := net.SplitHostPort(address)
	return "https://localhost:" + port
}

func TestEachWayThatHTTP2EndsHasItsOwnCause(t *testing.T) {
	authority := newAuthority(t)
	pair, _, _ := authority.issue(t, "localhost", -time.Hour, time.Hour)
	for name, tt := range map[string]struct {
		end  func(f *http2.Framer, stream uint32)
		by   record.Party
		want record.Failure
	}{
		"the stream ends":          {func(f *http2.Framer, stream uint32) { f.WriteData(stream, true, nil) }, record.ByServer, ""},
		"RST_STREAM":               {func(f *http2.Framer, stream uint32) { f.WriteRSTStream(stream, http2.ErrCodeInternal) }, record.ByNetwork, record.StreamReset},
		"GOAWAY":                   {func(f *http2.Framer, _ uint32) { f.WriteGoAway(0, http2.ErrCodeEnhanceYourCalm, []byte("slow down")) }, record.ByNetwork, record.GoAway},
		"GOAWAY, and it ended":     {func(f *http2.Framer, stream uint32) { f.WriteGoAway(stream, http2.ErrCodeNo, nil) }, record.ByNetwork, record.GoAway},
		"the connection is closed": {func(*http2.Framer, uint32) {}, record.ByNetwork, record.Reset},
	} {
		opened, ended, _ := first(t, at(serveHTTP2(t, pair, tt.end), endpoint.Connection{CAFile: authority.file}), Options{})
		if opened.Proto != "HTTP/2.0" || ended.By != tt.by || ended.Failure != tt.want {
			t.Errorf("%s over %q: ended by %s, %q (%s), want %q", name, opened.Proto, ended.By, ended.Failure, ended.Detail, tt.want)
		}
	}
}
