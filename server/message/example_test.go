package message_test

import (
	"log"
	"os"

	"sseconsole/server/message"
)

func ExampleMessage_Encode() {
	m := message.Message{Type: "greeting", Data: "hello\nworld"}
	if err := m.Check(); err != nil {
		log.Fatal(err)
	}
	if err := m.Encode(os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// event: greeting
	// data: hello
	// data: world
}
