package pretty_test

import (
	"context"
	"fmt"

	"sseconsole/client/pretty"
)

func ExampleJSON() {
	text, err := pretty.JSON(context.Background(), `{"price":1.50,"tags":["a","b"]}`)
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
