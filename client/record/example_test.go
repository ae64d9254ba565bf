package record_test

import (
	"fmt"
	"strings"

	"sseconsole/client/record"
)

func Example() {
	in := record.NewReader(strings.NewReader(`{"kind":"event","type":"price","data":"12.5"}`), 0)
	r, err := in.Read()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Kind, r.Type, r.Data)
	fmt.Printf("%s", r.AppendNDJSON(nil))
	// Output:
	// event price 12.5
	// {"seq":0,"time":"0001-01-01T00:00:00Z","kind":"event","type":"price","data":"12.5"}
}
