package pretty_test

import (
	"context"
	"fmt"
	"strings"

	"sseconsole/client/pretty"
)

func ExampleText() {
	text, err := pretty.Text(context.Background(), pretty.JSON, `{"price":1.50,"tags":["a","b"]}`)
	fmt.Println(text, err)
	// Output:
	// {
	//   "price": 1.50,
	//   "tags": [
	//     "a",
	//     "b"
	//   ]
	// } <nil>
}

func ExampleValueAt() {
	text, _ := pretty.Text(context.Background(), pretty.JSON, `{"a":{"b c":[1.50,"x"]}}`)
	value, ok := pretty.ValueAt(text, strings.Index(text, "1.50"))
	fmt.Println(value.Path, value.Source(text), ok)
	// Output: .a["b c"][0] 1.50 true
}
