package server

import (
	"bytes"
	"log"
	"strings"
	"testing"
)

// Messages of net/http go to the standard logger without the token.
func TestWhatNetHTTPSaysIsWithoutTheToken(t *testing.T) {
	var said bytes.Buffer
	defer log.SetOutput(log.Writer())
	log.SetOutput(&said)
	s := New(Config{Token: "s3cret"})
	s.http.ErrorLog.Printf("http: panic serving %s: %s", "192.0.2.1:1", "/?token=s3cret")
	if text := said.String(); !strings.Contains(text, "panic serving 192.0.2.1:1") || strings.Contains(text, "s3cret") {
		t.Errorf("the log has %q", text)
	}
}
