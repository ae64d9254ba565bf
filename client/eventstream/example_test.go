package eventstream_test

import (
	"fmt"
	"io"
	"strings"

	"sseconsole/client/eventstream"
)

func Example() {
	body := strings.NewReader(": hello\n\nid: 7\nevent: tick\ndata: one\ndata: two\n\ndata: cut off")

	d := eventstream.Decoder{Handle: func(i *eventstream.Item) {
		switch i.Kind {
		case eventstream.Event:
			fmt.Printf("event %s %q, id %s, %d bytes at %d\n", i.Type, i.Data, i.ID, len(i.Raw), i.Offset)
		case eventstream.Comment:
			fmt.Printf("comment %q\n", i.Data)
		case eventstream.Discarded:
			fmt.Printf("never dispatched: %q\n", i.Raw)
		}
	}}
	if _, err := io.Copy(&d, body); err != nil {
		fmt.Println(err)
	}
	d.End()
	// Output:
	// comment "hello"
	// event tick "one\ntwo", id 7, 39 bytes at 9
	// never dispatched: "data: cut off"
}
