package text_test

import (
	"fmt"

	"sseconsole/ui/widgets/text"
)

func ExampleWrap() {
	const s = "订阅 hello"
	rows := text.Wrap(s, 6)
	for i := range rows {
		fmt.Printf("%q\n", text.RowText(s, rows, i))
	}
	// Output:
	// "订阅 h"
	// "ello"
}
