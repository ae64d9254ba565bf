package http1_test

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"

	"sseconsole/client/http1"
)

func ExampleReader() {
	const wire = "HTTP/1.1 200 OK\nContent-Type : text/event-stream\n\ndata: hello\n\n"
	r := http1.NewReader(strings.NewReader(wire))
	response, err := http.ReadResponse(bufio.NewReader(r), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(response.Header.Get("Content-Type"))
	fmt.Println(r.Head().Odd)
	// Output:
	// text/event-stream
	// [whitespace before the colon of Content-Type]
}
