package visible_test

import (
	"fmt"

	"sseconsole/client/visible"
)

func Example() {
	const hostile = "price \x1b[2J\u202e 你好"
	fmt.Println(visible.Line(hostile))
	fmt.Println(visible.Quote(`say "hi"` + "\n"))
	// Output:
	// price \x1b[2J\u202e 你好
	// "say \"hi\"\n"
}
