package server_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"sseconsole/server"
	"sseconsole/server/hub"
	"sseconsole/server/message"
)

func TestSendCallTakesMoreThanContent(t *testing.T) {
	const jsonCT = "Content-Type: application/json"
	f := start(t, server.Config{})
	s := f.subscribe("X")
	other := f.subscribe("Y")
	n := 0
	tests := []struct {
		name, method, query, body, answer string
		block                             string // what X receives, after the id
	}{
		{"type", "GET", "clientId=X&content=c&event=greeting", "", "null", "event: greeting\ndata: c"},
		{"retry", "GET", "clientId=X&content=c&retry=1500", "", "null", "retry: 1500\ndata: c"},
		{"comment", "GET", "clientId=X&content=c&comment=why%0Anot", "", "null", ": why\n: not\ndata: c"},
		{"comment alone", "GET", "clientId=X&comment=why", "", "null", ": why"},
		{"retry alone", "GET", "clientId=X&retry=1", "", "null", "retry: 1"},
		{"all in JSON", "POST", "", `{"clientId":"X","content":"c","event":"e","retry":"2","comment":"why"}`, "null", "event: e\nretry: 2\n: why\ndata: c"},
		{"to everybody", "GET", "to=*&content=c", "", `{"reached":2}`, "data: c"},
		{"to several", "GET", "to=X&to=Y&to=X&to=nobody&content=c", "", `{"reached":2}`, "data: c"},
		{"to several in JSON", "POST", "", `{"to":["X","nobody"],"content":"c"}`, `{"reached":1}`, "data: c"},
		{"to one", "GET", "to=X&content=c", "", `{"reached":1}`, "data: c"},
		{"to nobody", "GET", "to=nobody&content=c", "", `{"reached":0}`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var header []string
			if tt.body != "" {
				header = []string{jsonCT}
			}
			status, answer := f.call(tt.method, f.url("send", tt.query), tt.body, header...)
			if want := `{"code":200,"msg":"success","data":` + tt.answer + `}`; status != 200 || answer != want {
				t.Fatalf("got %d %s, want %s", status, answer, want)
			}
			if tt.block == "" {
				return
			}
			n++
			if got, want := s.raw(), fmt.Sprintf("id: %s-%d\n%s\n\n", s.session(), n, tt.block); got != want {
				t.Errorf("X got %q, want %q", got, want)
			}
		})
	}
	for range 2 {
		if b := other.message(); b.text() != "c" {
			t.Errorf("Y got %+v", b)
		}
	}
}

func TestSendCallRefusesWhatIsNoMessage(t *testing.T) {
	f := start(t, server.Config{})
	f.subscribe("X")
	for _, query := range []string{
		"clientId=X&content=c&event=a%0Ab", "clientId=X&content=c&event=a%0Ddata:", "clientId=X&content=c&id=a%00b", "clientId=X&content=c&id=a%0Ab",
		"clientId=X&content=c&retry=-1", "clientId=X&content=c&retry=0", "clientId=X&content=c&retry=1s", "clientId=X&content=c&retry=86400001",
		"clientId=X&to=*&content=c", "to=a&to=&content=c", "to=" + strings.Repeat("x", 257) + "&content=c", "to=*", "content=c&event=e", "clientId=X&event=e",
	} {
		if status, answer := f.call("GET", f.url("send", query), ""); status != 400 {
			t.Errorf("%s: %d %s", query, status, answer)
		}
	}
	if status, _ := f.call("GET", f.url("subscribe", "to=*"), ""); status != 400 {
		t.Errorf("subscribe without clientId: %d", status)
	}
}

func TestSendTellsWhomItReached(t *testing.T) {
	f := start(t, server.Config{})
	x, y := f.subscribe("X"), f.subscribe("Y")
	tests := []struct {
		to      []string
		reached int
		err     error
	}{
		{nil, 2, nil},
		{[]string{"X", "Y"}, 2, nil},
		{[]string{"X", "nobody"}, 1, nil},
		{[]string{"X"}, 1, nil},
		{[]string{"nobody"}, 0, hub.ErrUnknown},
	}
	for _, tt := range tests {
		m := message.Message{To: tt.to, Data: strings.Join(tt.to, " "), Type: "t", Retry: time.Second, Comment: "c"}
		if reached, err := f.server.Send(m); reached != tt.reached || !errors.Is(err, tt.err) {
			t.Errorf("to %v: %d, %v", tt.to, reached, err)
		}
	}
	for i, want := range []string{"", "X Y", "X nobody", "X"} {
		if b := x.message(); b.text() != want || b.id != fmt.Sprintf("%s-%d", x.session(), i+1) || len(b.other) != 2 || len(b.comments) != 1 {
			t.Errorf("X got %+v, want %q", b, want)
		}
	}
	for _, want := range []string{"", "X Y"} {
		if b := y.message(); b.text() != want {
			t.Errorf("Y got %q, want %q", b.text(), want)
		}
	}
	f.server.Send(message.Message{To: []string{"X"}, NoData: true, ID: "my own"})
	if got := x.raw(); got != "id: my own\n\n" {
		t.Errorf("an id alone arrives as %q", got)
	}
	for _, m := range []message.Message{{Type: "a\nb"}, {ID: "a\x00"}, {Retry: -1}, {Retry: time.Microsecond}, {Retry: 25 * time.Hour}} {
		if _, err := f.server.Send(m); err == nil {
			t.Errorf("%+v was sent", m)
		}
	}
}
