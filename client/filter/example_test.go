package filter_test

import (
	"fmt"

	"sseconsole/client/filter"
	"sseconsole/client/record"
)

func Example() {
	f, err := filter.Parse("type:price -client:bob jq:.price > 100")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, price := range []int{90, 110} {
		r := record.Record{Kind: record.Event, Type: "price", ClientID: "alice", Data: fmt.Sprintf(`{"price":%d}`, price)}
		fmt.Println(price, f.Match(&r))
	}
	// Output:
	// 90 false
	// 110 true
}
