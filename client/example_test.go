package client_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"sseconsole/client"
	"sseconsole/client/endpoint"
	"sseconsole/client/record"
)

func Example() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, "id: 1\ndata: hello "+r.FormValue("clientId")+"\n\n")
		w.(http.Flusher).Flush()
		<-r.Context().Done()
	}))
	defer server.Close()
	base, err := endpoint.Parse(server.URL + "/demo/sse")
	if err != nil {
		fmt.Println(err)
		return
	}
	demo := endpoint.Demo(base, endpoint.Auto)

	records := make(chan record.Record, 100)
	c := client.Client{Record: func(r record.Record) { records <- r }}
	defer c.CloseIdleConnections()
	call, err := c.Resolve(&demo, record.Subscribe, endpoint.Values{ClientID: "alice"})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := c.Subscribe(context.Background(), call, client.Options{})
	for r := range records {
		fmt.Printf("%v %q\n", r.Kind, r.Data)
		if r.Kind == record.Event {
			break
		}
	}
	s.Cancel(nil)
	<-s.Done()
	fmt.Println(s.Status().ReadyState, "by the", (<-records).By)
	// Output:
	// subscribe ""
	// open ""
	// chunk ""
	// event "hello alice"
	// closed by the person
}
