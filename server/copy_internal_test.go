package server

import (
	"net/http/httptest"
	"testing"
	"unsafe"
)

// A stored clientId does not prevent a large body from being freed.
func TestWhatIsKeptOfARequestIsACopy(t *testing.T) {
	text := "clientId=X"
	r := httptest.NewRequest("GET", "/demo/sse/subscribe?"+text, nil)
	p := params{}
	if bad := p.addForm(t.Context(), text); bad != nil {
		t.Fatal(bad)
	}
	s := New(Config{})
	sess := s.admit(httptest.NewRecorder(), r, p)
	kept, given := sess.ClientID(), p.first("clientId")
	if kept != given || unsafe.StringData(kept) == unsafe.StringData(given) {
		t.Errorf("%q is a substring of the request", kept)
	}
}
