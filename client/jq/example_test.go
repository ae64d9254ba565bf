package jq_test

import (
	"context"
	"fmt"
	"time"

	"sseconsole/client/jq"
)

func Example() {
	q, err := jq.Compile(".price * 2")
	if err != nil {
		fmt.Println(err)
		return
	}
	for result, err := range q.Run(context.Background(), time.Second, `{"price": 21}`) {
		fmt.Println(result, err)
	}
	// Output: 42 <nil>
}
