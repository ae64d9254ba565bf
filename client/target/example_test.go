package target_test

import (
	"fmt"

	"sseconsole/client/target"
)

func ExampleParse() {
	t, err := target.Parse("10.0.0.7:8080/demo/sse/subscribe?clientId=old&token=s3cret")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(t.Name)
	fmt.Println(t)
	fmt.Println(target.Mask(t.SendURL("alice", "1 + 1 = 2")))
	// Output:
	// 10.0.0.7:8080
	// http://10.0.0.7:8080/demo/sse?token=•••
	// http://10.0.0.7:8080/demo/sse/send?token=•••&clientId=alice&content=1%20%2B%201%20%3D%202
}
