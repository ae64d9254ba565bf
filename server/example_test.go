package server_test

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"strings"

	"sseconsole/server"
)

func Example() {
	ctx := context.Background()
	s := server.New(server.Config{Observe: func(n server.Notice) { slog.Debug("server", "", n) }})
	l, err := s.Listen(ctx, "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	served := make(chan error)
	go func() { served <- s.Serve(l) }()

	base := "http://" + l.Addr().String() + "/demo/sse/"
	stream, err := http.Get(base + "subscribe?clientId=demo")
	if err != nil {
		log.Fatal(err)
	}
	defer stream.Body.Close()
	for _, call := range []string{"send?clientId=demo&content=hello", "close?clientId=demo"} {
		answer, err := http.Get(base + call)
		if err != nil {
			log.Fatal(err)
		}
		answer.Body.Close()
	}
	for lines := bufio.NewScanner(stream.Body); lines.Scan(); {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			fmt.Println("data:", data)
		}
	}
	fmt.Println("the stream ended")
	s.Shutdown(ctx)
	<-served
	http.DefaultClient.CloseIdleConnections()
	// Output:
	// data: hello
	// the stream ended
}
