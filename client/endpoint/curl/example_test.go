package curl_test

import (
	"fmt"

	"sseconsole/client/endpoint/curl"
)

func ExampleParse() {
	c, err := curl.Parse(`curl -N -H "Authorization: Bearer $TOKEN" --retry 3 'https://h.example/events?user={clientId}' | jq`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, note := range c.Notes {
		fmt.Println(note.Code, note.Flag, note.Value)
	}
	spec := c.Spec("events")
	fmt.Println(spec.Subscribe.URL)
	fmt.Println(spec.Auth.Kind, spec.Auth.Value)
	// Output:
	// trailing  | jq
	// not_honoured --retry 3
	// https://h.example/events?user={clientId}
	// bearer {{TOKEN}}
}
