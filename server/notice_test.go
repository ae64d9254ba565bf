package server_test

import (
	"bytes"
	"errors"
	"log/slog"
	"testing"

	"sseconsole/server"
)

func TestNoticeIsLoggedWithItsFields(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
	log.Info("server", "", server.Notice{Kind: server.CutOff, ClientID: "X", Session: "r.1.2", Remote: "10.0.0.7:1",
		LostIDs: []string{"r.1.2-3", "r.1.2-4"}, Err: errors.New("too slow")})
	log.Info("server", "", server.Notice{Kind: server.RefusedOrigin, Origin: "http://evil.test", Host: "h"})
	want := `level=INFO msg=server kind="cut off" clientId=X session=r.1.2 remote=10.0.0.7:1 lost=2 lostIds="r.1.2-3 r.1.2-4" err="too slow"
level=INFO msg=server kind="origin refused" host=h origin=http://evil.test
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
