package scenario_test

import (
	"context"
	"fmt"
	"log"
	"math"
	"strings"

	"sseconsole/server"
	"sseconsole/server/scenario"
)

func Example() {
	sc, err := scenario.Parse(strings.NewReader(`
		title: Countdown
		repeat 3
			send "{n}" type=tick
			wait 1s
		end
		close
	`))
	if err != nil {
		log.Fatal(err)
	}
	s := server.New(server.Config{})
	defer s.Shutdown(context.Background())
	player := s.Play(sc, scenario.Play{Speed: math.Inf(1)}) // without waits
	<-player.Done()
	st := player.Status()
	fmt.Println(st.Title, st.State, "after", st.Sends, "sends")
	// Output:
	// Countdown ended after 3 sends
}

func ExampleParse() {
	_, err := scenario.Parse(strings.NewReader("send hello\nsned again"))
	fmt.Println(err)
	// Output:
	// server: scenario: line 2: step: sned
}
