package endpoint_test

import (
	"fmt"

	"sseconsole/client/endpoint"
)

func ExampleDemo() {
	base, err := endpoint.Parse("10.0.0.7:8080/demo/sse/subscribe?clientId=old&token=s3cret")
	if err != nil {
		fmt.Println(err)
		return
	}
	demo := endpoint.Demo(base, endpoint.Auto)
	fmt.Println(demo.Name)
	fmt.Println(endpoint.Mask(base))
	r, err := demo.Request(endpoint.Send, endpoint.Values{ClientID: "alice", Content: "1 + 1 = 2"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(endpoint.Mask(r.URL))
	// Output:
	// 10.0.0.7:8080
	// http://10.0.0.7:8080/demo/sse?token=•••
	// http://10.0.0.7:8080/demo/sse/send?token=•••&clientId=alice&content=1%20%2B%201%20%3D%202
}

func ExampleSpec_Request() {
	spec := endpoint.Spec{
		Name: "Orders",
		Send: &endpoint.Call{
			URL:  "{{base}}/orders/{clientId}",
			Body: &endpoint.Body{Kind: endpoint.BodyJSON, Text: `{"text":"{content}"}`},
		},
		Auth: endpoint.Auth{Kind: endpoint.AuthBearer, Value: "{{token}}"},
	}
	dev := endpoint.Environment{Name: "dev", Variables: []endpoint.Variable{{Name: "base", Value: "http://localhost:8080"}}}
	values := endpoint.Values{ClientID: "a/b", Content: `say "hi"`, Environment: &dev}
	for _, p := range spec.Missing(endpoint.Send, values) {
		fmt.Println(p.Field, p.Code, p.Value)
	}
	dev.Variables = append(dev.Variables, endpoint.Variable{Name: "token", Value: "s3cret", Secret: true})
	r, err := spec.Request(endpoint.Send, values)
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
