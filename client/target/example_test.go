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

func ExampleSpec_Request() {
	spec := target.Spec{
		Name: "Orders",
		Send: &target.Call{
			URL:  "{{base}}/orders/{clientId}",
			Body: &target.Body{Kind: target.BodyJSON, Text: `{"text":"{content}"}`},
		},
		Auth: target.Auth{Kind: target.AuthBearer, Value: "{{token}}"},
	}
	dev := target.Environment{Name: "dev", Variables: []target.Variable{{Name: "base", Value: "http://localhost:8080"}}}
	values := target.Values{ClientID: "a/b", Content: `say "hi"`, Environment: &dev}
	for _, p := range spec.Missing(target.Send, values) {
		fmt.Println(p.Field, p.Code, p.Value)
	}
	dev.Variables = append(dev.Variables, target.Variable{Name: "token", Value: "s3cret", Secret: true})
	r, err := spec.Request(target.Send, values)
	if err != nil {
		fmt.Println(err)
		return
	}
	r = spec.Masker(&dev).Request(r)
	fmt.Println(r.Method, r.URL)
	fmt.Println(r.Header.Get("Authorization"))
	fmt.Println(string(r.Body))
	// Output:
	// auth.value undefined {{token}}
	// POST http://localhost:8080/orders/a%2Fb
	// Bearer •••
	// {"text":"say \"hi\""}
}
