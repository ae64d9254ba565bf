package rowset_test

import (
	"fmt"

	"sseconsole/ui/console/rowset"
)

func Example() {
	var shown rowset.Set // the numbers of the records that a log shows
	for _, number := range []int64{7, 3, 70_000} {
		shown.Add(number)
	}
	fmt.Println("rows:", shown.Len())
	fmt.Println("row 1 shows record", shown.Select(1))
	fmt.Println("record 70000 is in row", shown.Rank(70_000))
	// Output:
	// rows: 3
	// row 1 shows record 7
	// record 70000 is in row 2
}
