package hub_test

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"sseconsole/server/hub"
	"sseconsole/server/message"
)

func Example() {
	h := hub.New(hub.Config{})
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s := hub.NewSession(hub.Subscribe{
			ClientID: r.FormValue("clientId"), Remote: r.RemoteAddr,
			Response: w, WriteTimeout: 10 * time.Second,
		})
		if err := h.Join(s, r.Header.Get("Last-Event-ID")); err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
		defer h.Forget(s)
		w.Header().Set("Content-Type", "text/event-stream")
		s.WriteHeader(r.Context())
		s.Serve(r.Context(), nil)
		h.Leave(s)
	}))
	defer srv.Close()

	stream, err := http.Get(srv.URL + "?clientId=demo")
	if err != nil {
		log.Fatal(err)
	}
	defer stream.Body.Close()
	reached, err := h.Send(context.Background(), message.Message{To: []string{"demo"}, Data: "hello"})
	fmt.Println("reached:", reached, err)
	h.Close("demo")
	for lines := bufio.NewScanner(stream.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			fmt.Println("data:", data)
		}
	}
	// Output:
	// reached: 1 <nil>
	// data: hello
}
